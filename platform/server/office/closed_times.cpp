#include "platform/server/office/closed_times.h"

#include "middleware/base/format.h"
#include "platform/importers/calendar_reader.h"

namespace linli::platform {

using base::Result;
using namespace std::chrono;

namespace {

constexpr auto kAhead = days(366);
constexpr std::size_t kMostOfOneEvent = 1000;

}  // namespace

Result<std::vector<ClosedTime>> read_closed_times(std::string_view text, sys_seconds now) {
    LINLI_TRY(calendar, read_calendar(text, {.since = now, .until = now + kAhead, .most = kMostOfOneEvent}));
    if (!calendar.long_lines.empty())
        return base::fail(base::format("{}: the line is too long", calendar.long_lines.front()));
    std::vector<ClosedTime> times;
    for (const CalendarEvent& event : calendar.events) {
        if (event.is_cancelled) continue;
        if (!event.has_date || !event.left_out.empty() || event.has_more)
            return base::fail(base::format("{}: the event has no time that can be read, or comes too often", event.line));
        for (const Occurrence& occurrence : event.occurrences)
            times.push_back({occurrence.begin, occurrence.end, event.is_private ? "" : event.title});
    }
    return times;
}

}  // namespace linli::platform
