#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/fault.h"
#include "middleware/base/result.h"

namespace linli::platform {

/// A calendar is held in memory as a tree of small parts: it may be this long.
inline constexpr std::size_t kMostCalendarBytes = 16u << 20;
/// A line (unfolded) may be this long: reading a longer one costs libical more than its length.
inline constexpr std::size_t kMostLineBytes = 64u << 10;

struct Occurrence {
    std::chrono::sys_seconds begin;
    /// Not before `begin`; of a day without times the midnight after it.
    std::chrono::sys_seconds end;
    bool is_all_day = false;
    auto operator<=>(const Occurrence&) const = default;
};

/// Which occurrences of a repeated event are asked for.
struct CalendarWindow {
    std::optional<std::chrono::sys_seconds> since;
    std::optional<std::chrono::sys_seconds> until;
    /// The first so many in it.
    std::size_t most = 10;
};

struct CalendarEvent {
    /// Where it begins in the file, 0 where that is not known.
    std::size_t line = 0;
    std::string uid;
    std::string title;
    std::string description;
    std::string location;
    std::string organizer;
    bool is_cancelled = false;
    bool is_private = false;
    /// When it was last changed, or made.
    std::optional<std::chrono::sys_seconds> changed;
    bool has_date = false;
    /// In the window, by time.
    std::vector<Occurrence> occurrences;
    /// Whether there are more of them in the window than were asked for.
    bool has_more = false;
    /// What of it could not be read.
    std::vector<content::Message> left_out;
};

struct Calendar {
    /// How the file calls itself; may be empty.
    std::string name;
    /// A repeated event once, its changed and cancelled occurrences worked in.
    std::vector<CalendarEvent> events;
    /// Lines of the file that are longer than kMostLineBytes, and were passed over.
    std::vector<std::size_t> long_lines;
};

/// Reads a calendar. Times without a zone are local times of this process; zones are those of the
/// file, or of the system where it has none of that name. What happens more often than daily is
/// taken as happening once. An error: it is no calendar. @spec RFC 5545
base::Result<Calendar> read_calendar(std::string_view text, const CalendarWindow& window);

}  // namespace linli::platform
