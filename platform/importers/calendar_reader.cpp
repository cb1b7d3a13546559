// What calendars really hold, each line with its test in
// tests/platform/importers/icalendar_test.cpp:
//   one meeting of a series moved or cancelled: ChangedOccurrencesReplaceTheirs
//   a zone that is named and not described: ZonesOfTheSystemAreKnown
//   a rule that repeats every second for ever: RulesThatRepeatWithoutEndAreBounded

#include "platform/importers/calendar_reader.h"

#include <libical/ical.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "middleware/base/local_time.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

using namespace std::chrono;
using content::Message;

constexpr int kMostNesting = 8;
/// A day's event since 1880.
constexpr int kMostSteps = 54'000;

struct ComponentDeleter {
    void operator()(icalcomponent* component) const { ::icalcomponent_free(component); }
};
struct IteratorDeleter {
    void operator()(icalrecur_iterator* iterator) const { ::icalrecur_iterator_free(iterator); }
};
using Component = std::unique_ptr<icalcomponent, ComponentDeleter>;

std::string to_string(const char* text) {
    return text ? text : "";
}

/// A line begins with a word: "BEGIN:VEVENT".
bool is_line(std::string_view line, std::string_view word) {
    return lower_case(trim(line)) == word;
}

/// The lines at which events begin; nothing when the parts are nested more deeply than any calendar
/// is.
std::optional<std::vector<std::size_t>> lines_of_events(std::string_view text) {
    std::vector<std::size_t> lines;
    int depth = 0;
    for (std::size_t number = 1; !text.empty(); ++number) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (begins_with_no_case(line, "begin:") && ++depth > kMostNesting) return std::nullopt;
        if (begins_with_no_case(line, "end:")) --depth;
        if (is_line(line, "begin:vevent")) lines.push_back(number);
    }
    return lines;
}

/// A point of time, or a day, as sys_seconds; nothing for what is none.
std::optional<sys_seconds> to_instant(icaltimetype time) {
    if (::icaltime_is_null_time(time) || !::icaltime_is_valid_time(time)) return std::nullopt;
    year_month_day date = year(time.year) / time.month / time.day;
    if (!date.ok() || time.year < 1900 || time.year > 2200) return std::nullopt;
    if (time.is_date) return base::from_local(date, 0, 0);
    if (time.zone == nullptr && !time.is_date)
        return base::from_local(date, time.hour, time.minute) + seconds(time.second);
    return sys_seconds(seconds(::icaltime_as_timet_with_zone(time, time.zone)));
}

/// One VEVENT: an event, or an occurrence of one that differs.
class EventReader {
  public:
    EventReader(icalcomponent* component, std::size_t line) : component_(component) {
        event.line = line;
        event.uid = text(ICAL_UID_PROPERTY);
        event.title = text(ICAL_SUMMARY_PROPERTY);
        event.description = text(ICAL_DESCRIPTION_PROPERTY);
        event.location = text(ICAL_LOCATION_PROPERTY);
        event.is_cancelled = ::icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED;
        std::string access = lower_case(text(ICAL_CLASS_PROPERTY));
        event.is_private = access == "private" || access == "confidential";
        if (icalproperty* organizer = first(ICAL_ORGANIZER_PROPERTY))
            event.organizer = to_string(::icalproperty_get_parameter_as_string(organizer, "CN"));
        tell_of_unknown_zone();
        if (first(ICAL_ATTACH_PROPERTY)) event.left_out.push_back({N_("an attachment"), {}});
        for (auto kind : {ICAL_LASTMODIFIED_PROPERTY, ICAL_CREATED_PROPERTY, ICAL_DTSTAMP_PROPERTY})
            if (!event.changed) event.changed = instant(kind);
    }

    CalendarEvent event;

    /// Which occurrence this one replaces.
    std::optional<sys_seconds> replaces() const { return instant(ICAL_RECURRENCEID_PROPERTY); }

    std::optional<Occurrence> first_occurrence() const {
        icaltimetype begins = time(ICAL_DTSTART_PROPERTY);
        auto begin = to_instant(begins);
        if (!begin) return std::nullopt;
        return at(*begin, begins.is_date);
    }

    /// When the occurrences begin, as far as `until` and the bounds go; nothing where there is no
    /// first.
    std::set<sys_seconds> begins(const CalendarWindow& window) {
        std::set<sys_seconds> found;
        icaltimetype start = time(ICAL_DTSTART_PROPERTY);
        if (auto begin = to_instant(start)) found.insert(*begin);
        for_each(ICAL_RRULE_PROPERTY, [&](icalproperty* rule) {
            follow(::icalproperty_get_rrule(rule), start, window, found);
        });
        for_each(ICAL_RDATE_PROPERTY, [&](icalproperty* date) {
            icaldatetimeperiodtype value = ::icalproperty_get_rdate(date);
            icaltimetype begin =
                ::icaltime_is_null_time(value.time) ? value.period.start : value.time;
            if (begin.zone == nullptr) begin.zone = start.zone;
            if (auto more = to_instant(begin)) found.insert(*more);
        });
        for_each(ICAL_EXDATE_PROPERTY, [&](icalproperty* date) {
            icaltimetype given = ::icalproperty_get_datetime_with_component(date, component_);
            auto gone = to_instant(given);
            if (!gone) return;
            found.erase(*gone);
            if (given.is_date && !start.is_date)
                std::erase_if(found, [&](sys_seconds begin) {
                    return base::to_local(begin).date == base::to_local(*gone).date;
                });
        });
        return found;
    }

    /// An occurrence that begins at a time, as long as the first one.
    Occurrence at(sys_seconds begin, bool is_all_day) const {
        if (is_all_day) {
            auto day = sys_days(base::to_local(begin).date) + days(length_in_days());
            return {begin, base::from_local(year_month_day(day), 0, 0), true};
        }
        return {begin, begin + length(), false};
    }

    bool is_all_day() const { return time(ICAL_DTSTART_PROPERTY).is_date; }

  private:
    icalproperty* first(icalproperty_kind kind) const {
        return ::icalcomponent_get_first_property(component_, kind);
    }

    void tell_of_unknown_zone() {
        icaltimetype start = time(ICAL_DTSTART_PROPERTY);
        icalproperty* property = first(ICAL_DTSTART_PROPERTY);
        const char* zone =
            property ? ::icalproperty_get_parameter_as_string(property, "TZID") : nullptr;
        if (zone != nullptr && start.zone == nullptr && !start.is_date)
            event.left_out.push_back(
                {N_("the time zone {}, which is not known: the times are taken as local ones"),
                 {zone}});
    }

    template <typename Visit>
    void for_each(icalproperty_kind kind, Visit visit) const {
        for (icalproperty* property = first(kind); property;
             property = ::icalcomponent_get_next_property(component_, kind))
            visit(property);
    }

    std::string text(icalproperty_kind kind) const {
        icalproperty* property = first(kind);
        icalvalue* value = property ? ::icalproperty_get_value(property) : nullptr;
        if (value == nullptr) return {};
        if (::icalvalue_isa(value) == ICAL_TEXT_VALUE)
            return to_string(::icalvalue_get_text(value));
        char* given = ::icalvalue_as_ical_string_r(value);
        std::string out = to_string(given);
        ::icalmemory_free_buffer(given);
        return out;
    }

    icaltimetype time(icalproperty_kind kind) const {
        icalproperty* property = first(kind);
        return property ? ::icalproperty_get_datetime_with_component(property, component_)
                        : ::icaltime_null_time();
    }
    std::optional<sys_seconds> instant(icalproperty_kind kind) const {
        return to_instant(time(kind));
    }

    seconds duration() const {
        icalproperty* property = first(ICAL_DURATION_PROPERTY);
        if (property == nullptr) return seconds(0);
        return std::clamp(seconds(::icaldurationtype_as_int(::icalproperty_get_duration(property))),
                          seconds(0), seconds(days(366)));
    }

    seconds length() const {
        auto end = instant(ICAL_DTEND_PROPERTY);
        auto start = instant(ICAL_DTSTART_PROPERTY);
        if (end && start) return std::clamp(*end - *start, seconds(0), seconds(days(3660)));
        return duration();
    }

    int length_in_days() const {
        icaltimetype end = time(ICAL_DTEND_PROPERTY), start = time(ICAL_DTSTART_PROPERTY);
        if (to_instant(end) && to_instant(start)) {
            auto day_of = [](icaltimetype t) { return sys_days(year(t.year) / t.month / t.day); };
            return static_cast<int>(
                std::clamp<long>((day_of(end) - day_of(start)).count(), 1, 3660));
        }
        return static_cast<int>(std::max<long>(ceil<days>(duration()).count(), 1));
    }

    void follow(icalrecurrencetype rule, icaltimetype start, const CalendarWindow& window,
                std::set<sys_seconds>& found) {
        bool is_a_date =
            rule.freq == ICAL_DAILY_RECURRENCE || rule.freq == ICAL_WEEKLY_RECURRENCE ||
            rule.freq == ICAL_MONTHLY_RECURRENCE || rule.freq == ICAL_YEARLY_RECURRENCE;
        if (!is_a_date) {
            event.left_out.push_back({N_("a rule that repeats it more often than daily"), {}});
            return;
        }
        std::unique_ptr<icalrecur_iterator, IteratorDeleter> iterator(
            ::icalrecur_iterator_new(rule, start));
        if (!iterator) {
            event.left_out.push_back({N_("a rule of repetition that cannot be read"), {}});
            return;
        }
        // One that has been left out or moved must not be missed: twice as many as are asked for,
        // and some.
        std::size_t in_window = 0;
        for (int step = 0; step < kMostSteps && in_window < 2 * window.most + 100; ++step) {
            icaltimetype next = ::icalrecur_iterator_next(iterator.get());
            next.zone = start.zone;
            auto begin = to_instant(next);
            if (!begin || (window.until && *begin > *window.until)) return;
            if (window.since && *begin + days(31) < *window.since) continue;
            found.insert(*begin);
            if (!window.since || *begin >= *window.since) ++in_window;
        }
    }

    icalcomponent* component_;
};

void collect_events(icalcomponent* component, std::vector<icalcomponent*>& events) {
    if (::icalcomponent_isa(component) == ICAL_VEVENT_COMPONENT) events.push_back(component);
    for (icalcomponent* child = ::icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
         child; child = ::icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        collect_events(child, events);
}

std::string name_of(icalcomponent* calendar) {
    if (::icalcomponent_isa(calendar) == ICAL_XROOT_COMPONENT) {
        icalcomponent* first =
            ::icalcomponent_get_first_component(calendar, ICAL_VCALENDAR_COMPONENT);
        return first ? name_of(first) : std::string();
    }
    for (icalproperty* property = ::icalcomponent_get_first_property(calendar, ICAL_X_PROPERTY);
         property; property = ::icalcomponent_get_next_property(calendar, ICAL_X_PROPERTY))
        if (to_string(::icalproperty_get_x_name(property)) == "X-WR-CALNAME")
            return to_string(::icalproperty_get_x(property));
    return {};
}

/// An event and the occurrences of it that differ.
struct Series {
    std::optional<EventReader> event;
    std::vector<EventReader> changed;
};

bool is_in(const Occurrence& occurrence, const CalendarWindow& window) {
    return (!window.since || occurrence.end > *window.since) &&
           (!window.until || occurrence.begin <= *window.until);
}

CalendarEvent finish(Series series, const CalendarWindow& window) {
    if (!series.event) {
        series.event = std::move(series.changed.front());
        series.changed.erase(series.changed.begin());
    }
    EventReader& main = *series.event;
    std::set<sys_seconds> begins = main.begins(window);
    main.event.has_date = !begins.empty();
    std::set<Occurrence> occurrences;
    for (const EventReader& other : series.changed) {
        if (auto replaced = other.replaces()) begins.erase(*replaced);
        if (auto moved = other.first_occurrence(); moved && !other.event.is_cancelled)
            occurrences.insert(*moved);
    }
    for (sys_seconds begin : begins)
        occurrences.insert(main.at(begin, main.is_all_day()));
    std::erase_if(occurrences,
                  [&](const Occurrence& occurrence) { return !is_in(occurrence, window); });
    CalendarEvent event = std::move(main.event);
    event.has_more = occurrences.size() > window.most;
    for (const Occurrence& occurrence : occurrences)
        if (event.occurrences.size() < window.most) event.occurrences.push_back(occurrence);
    return event;
}

}  // namespace

base::Result<Calendar> read_calendar(std::string_view text, const CalendarWindow& window) {
    auto lines = lines_of_events(text);
    if (!lines) return base::fail("its parts are nested too deeply for a calendar");
    ::icalerror_set_errors_are_fatal(0);
    Component root(::icalparser_parse_string(std::string(text).c_str()));
    bool is_calendar = root && (::icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT ||
                                ::icalcomponent_isa(root.get()) == ICAL_XROOT_COMPONENT);
    if (!is_calendar)
        return base::fail("it is no calendar: it does not begin with BEGIN:VCALENDAR");
    std::vector<icalcomponent*> components;
    collect_events(root.get(), components);
    std::vector<Series> all;
    std::map<std::string, std::size_t> by_uid;
    for (std::size_t i = 0; i < components.size(); ++i) {
        EventReader reader(components[i], components.size() == lines->size() ? (*lines)[i] : 0);
        std::string uid = reader.event.uid.empty() ? "#" + std::to_string(i) : reader.event.uid;
        auto [found, is_new] = by_uid.try_emplace(uid, all.size());
        if (is_new) all.emplace_back();
        Series& series = all[found->second];
        if (reader.replaces() || series.event)
            series.changed.push_back(std::move(reader));
        else
            series.event = std::move(reader);
    }
    Calendar calendar{name_of(root.get()), {}};
    for (Series& series : all)
        calendar.events.push_back(finish(std::move(series), window));
    return calendar;
}

}  // namespace linli::platform
