#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace linli::base {

/// A point of time as the calendar and the clock on the wall show it in the box's time zone.
struct LocalTime {
    std::chrono::year_month_day date;
    std::chrono::weekday weekday;
    int hour;
    int minute;
    int second;
};

/// Sets the time zone of this process (a name of the tz database such as "Asia/Shanghai"). Once, at start,
/// before other threads run.
void set_time_zone(const std::string& name);

LocalTime to_local(std::chrono::sys_seconds time);
std::chrono::sys_seconds from_local(std::chrono::year_month_day date, int hour, int minute);

/// Reads an XML Schema dateTime with its offset ("2026-11-23T09:00:00+08:00", "…Z"), fractions dropped.
/// Nothing when it is malformed, out of range or without an offset.
/// @spec W3C XML Schema Part 2 §3.2.7
std::optional<std::chrono::sys_seconds> parse_instant(std::string_view text);
/// Writes it back in UTC ("2026-11-23T01:00:00Z").
std::string format_instant(std::chrono::sys_seconds time);
/// Reads an XML Schema date without an offset ("2026-11-23").
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

}  // namespace linli::base
