// What calendars really hold, each line with its test in
// tests/platform/importers/icalendar_importer_test.cpp:
//   one meeting of a series moved or cancelled: ChangedOccurrencesReplaceTheirs
//   lines that are folded wherever it pleases: FoldedLinesAreOneLine

#include "platform/importers/calendar_reader.h"

#include <libical/ical.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "middleware/base/format.h"
#include "platform/importers/event_reader.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

using namespace std::chrono;

constexpr int kMostNesting = 8;
constexpr std::size_t kMostLines = 500'000;

struct ComponentDeleter {
    void operator()(icalcomponent* component) const { ::icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, ComponentDeleter>;

/// The lines of a calendar, unfolded, and those of the file at which its events begin.
struct Lines {
    std::string text;
    std::vector<std::size_t> events;
    std::vector<std::size_t> too_long;
};

/// An error: more than any calendar has of lines, or of parts within parts.
base::Result<Lines> unfold(std::string_view text) {
    Lines lines;
    std::size_t number = 0;
    while (!text.empty()) {
        std::size_t begin = lines.text.size();
        std::size_t first = number + 1;
        do {
            bool is_continued = number >= first;
            std::string_view line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(line.size() + 1, text.size()));
            if (line.ends_with('\r')) line.remove_suffix(1);
            lines.text += line.substr(is_continued ? 1 : 0);
            ++number;
        } while (text.starts_with(' ') || text.starts_with('\t'));
        if (number > kMostLines)
            return base::fail(base::format("it has more than {} lines", kMostLines));
        std::string_view line = std::string_view(lines.text).substr(begin);
        if (line.size() > kMostLineBytes) {
            lines.text.resize(begin);
            lines.too_long.push_back(first);
            continue;
        }
        if (lower_case(trim(line)) == "begin:vevent") lines.events.push_back(first);
        lines.text += '\n';
    }
    return lines;
}

/// libical walks its parts by recursion.
bool is_nested_too_deeply(std::string_view text) {
    int depth = 0;
    for (; !text.empty(); text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1)) {
        if (begins_with_no_case(text, "end:")) depth = std::max(depth - 1, 0);
        if (begins_with_no_case(text, "begin:") && ++depth > kMostNesting) return true;
    }
    return false;
}

void collect_events(icalcomponent* component, std::vector<icalcomponent*>& events) {
    if (::icalcomponent_isa(component) == ICAL_VEVENT_COMPONENT) events.push_back(component);
    for (icalcomponent* child = ::icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
         child; child = ::icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        collect_events(child, events);
}

std::string to_string(const char* text) {
    return text ? text : "";
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
        occurrences.insert(main.at(begin));
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
    LINLI_TRY(lines, unfold(text));
    if (is_nested_too_deeply(lines.text))
        return base::fail("its parts are nested too deeply for a calendar");
    ::icalerror_set_errors_are_fatal(0);
    Component root(::icalparser_parse_string(lines.text.c_str()));
    bool is_calendar = root && (::icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT ||
                                ::icalcomponent_isa(root.get()) == ICAL_XROOT_COMPONENT);
    if (!is_calendar)
        return base::fail("it is no calendar: it does not begin with BEGIN:VCALENDAR");
    std::vector<icalcomponent*> components;
    collect_events(root.get(), components);
    std::vector<Series> all;
    std::map<std::string, std::size_t> by_uid;
    for (std::size_t i = 0; i < components.size(); ++i) {
        EventReader reader(components[i],
                           components.size() == lines.events.size() ? lines.events[i] : 0);
        std::string uid = reader.event.uid.empty() ? "#" + std::to_string(i) : reader.event.uid;
        auto [found, is_new] = by_uid.try_emplace(uid, all.size());
        if (is_new) all.emplace_back();
        Series& series = all[found->second];
        if (reader.replaces() || series.event)
            series.changed.push_back(std::move(reader));
        else
            series.event = std::move(reader);
    }
    Calendar calendar{name_of(root.get()), {}, std::move(lines.too_long)};
    for (Series& series : all)
        calendar.events.push_back(finish(std::move(series), window));
    return calendar;
}

}  // namespace linli::platform
