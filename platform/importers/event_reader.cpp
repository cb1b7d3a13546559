// What calendars really hold, each line with its test in
// tests/platform/importers/icalendar_importer_test.cpp:
//   a zone that is named and not described: ZonesOfTheSystemAreKnown
//   a rule that repeats every second for ever: RulesThatRepeatWithoutEndAreBounded

#include "platform/importers/event_reader.h"

#include <algorithm>
#include <memory>

#include "middleware/base/local_time.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {

using namespace std::chrono;

namespace {

/// A daily event for thirty years.
constexpr int kMostSteps = 11'000;
/// An occurrence that began before the window may still go on in it.
constexpr int kMostLength = 31;

struct IteratorDeleter {
    void operator()(icalrecur_iterator* iterator) const { ::icalrecur_iterator_free(iterator); }
};

std::string to_string(const char* text) {
    return text ? text : "";
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

/// Goes on with the first occurrence of a rule after a day, without counting up to it.
void skip_to(icalrecur_iterator& iterator, sys_seconds time, icaltimetype start) {
    base::LocalTime local = base::to_local(time);
    icaltimetype day = start;
    day.year = static_cast<int>(local.date.year());
    day.month = static_cast<int>(static_cast<unsigned>(local.date.month()));
    day.day = static_cast<int>(static_cast<unsigned>(local.date.day()));
    if (::icaltime_compare(day, start) > 0) ::icalrecur_iterator_set_start(&iterator, day);
}

}  // namespace

template <typename Visit>
void EventReader::for_each(icalproperty_kind kind, Visit visit) const {
    for (icalproperty* property = first(kind); property;
         property = ::icalcomponent_get_next_property(component_, kind))
        visit(property);
}

EventReader::EventReader(icalcomponent* component, std::size_t line) : component_(component) {
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

std::optional<Occurrence> EventReader::first_occurrence() const {
    icaltimetype begins = time(ICAL_DTSTART_PROPERTY);
    auto begin = to_instant(begins);
    if (!begin) return std::nullopt;
    return at(*begin);
}

std::set<sys_seconds> EventReader::begins(const CalendarWindow& window) {
    std::set<sys_seconds> found;
    icaltimetype start = time(ICAL_DTSTART_PROPERTY);
    if (auto begin = to_instant(start)) found.insert(*begin);
    for_each(ICAL_RRULE_PROPERTY, [&](icalproperty* rule) {
        follow(::icalproperty_get_rrule(rule), start, window, found);
    });
    for_each(ICAL_RDATE_PROPERTY, [&](icalproperty* date) {
        icaldatetimeperiodtype value = ::icalproperty_get_rdate(date);
        icaltimetype begin = ::icaltime_is_null_time(value.time) ? value.period.start : value.time;
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

Occurrence EventReader::at(sys_seconds begin) const {
    if (time(ICAL_DTSTART_PROPERTY).is_date) {
        auto day = sys_days(base::to_local(begin).date) + days(length_in_days());
        return {begin, base::from_local(year_month_day(day), 0, 0), true};
    }
    return {begin, begin + length(), false};
}

icalproperty* EventReader::first(icalproperty_kind kind) const {
    return ::icalcomponent_get_first_property(component_, kind);
}

void EventReader::tell_of_unknown_zone() {
    icaltimetype start = time(ICAL_DTSTART_PROPERTY);
    icalproperty* property = first(ICAL_DTSTART_PROPERTY);
    const char* zone =
        property ? ::icalproperty_get_parameter_as_string(property, "TZID") : nullptr;
    if (zone != nullptr && start.zone == nullptr && !start.is_date)
        event.left_out.push_back(
            {N_("the time zone {}, which is not known: the times are taken as local ones"),
             {zone}});
}

std::string EventReader::text(icalproperty_kind kind) const {
    icalproperty* property = first(kind);
    icalvalue* value = property ? ::icalproperty_get_value(property) : nullptr;
    if (value == nullptr) return {};
    if (::icalvalue_isa(value) == ICAL_TEXT_VALUE) return to_string(::icalvalue_get_text(value));
    char* given = ::icalvalue_as_ical_string_r(value);
    std::string out = to_string(given);
    ::icalmemory_free_buffer(given);
    return out;
}

icaltimetype EventReader::time(icalproperty_kind kind) const {
    icalproperty* property = first(kind);
    return property ? ::icalproperty_get_datetime_with_component(property, component_)
                    : ::icaltime_null_time();
}
std::optional<sys_seconds> EventReader::instant(icalproperty_kind kind) const {
    return to_instant(time(kind));
}

seconds EventReader::duration() const {
    icalproperty* property = first(ICAL_DURATION_PROPERTY);
    if (property == nullptr) return seconds(0);
    return std::clamp(seconds(::icaldurationtype_as_int(::icalproperty_get_duration(property))),
                      seconds(0), seconds(days(366)));
}

seconds EventReader::length() const {
    auto end = instant(ICAL_DTEND_PROPERTY);
    auto start = instant(ICAL_DTSTART_PROPERTY);
    if (end && start) return std::clamp(*end - *start, seconds(0), seconds(days(3660)));
    return duration();
}

int EventReader::length_in_days() const {
    icaltimetype end = time(ICAL_DTEND_PROPERTY), start = time(ICAL_DTSTART_PROPERTY);
    if (to_instant(end) && to_instant(start)) {
        auto day_of = [](icaltimetype t) { return sys_days(year(t.year) / t.month / t.day); };
        return static_cast<int>(std::clamp<long>((day_of(end) - day_of(start)).count(), 1, 3660));
    }
    return static_cast<int>(std::max<long>(ceil<days>(duration()).count(), 1));
}

void EventReader::follow(icalrecurrencetype rule, icaltimetype start, const CalendarWindow& window,
                         std::set<sys_seconds>& found) {
    bool is_a_date = rule.freq == ICAL_DAILY_RECURRENCE || rule.freq == ICAL_WEEKLY_RECURRENCE ||
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
    if (window.since && rule.count == 0)
        skip_to(*iterator, *window.since - days(kMostLength), start);
    // One that has been left out or moved must not be missed: twice as many as are asked for,
    // and some.
    std::size_t in_window = 0;
    for (int step = 0; step < kMostSteps && in_window < 2 * window.most + 100; ++step) {
        icaltimetype next = ::icalrecur_iterator_next(iterator.get());
        next.zone = start.zone;
        auto begin = to_instant(next);
        if (!begin || (window.until && *begin > *window.until)) return;
        if (window.since && *begin + days(kMostLength) < *window.since) continue;
        found.insert(*begin);
        if (!window.since || *begin >= *window.since) ++in_window;
    }
}

}  // namespace linli::platform
