#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace linli::platform {

/// Reads a point of time as people and programs write it: "Sat, 07 Nov 2026 09:00:00 +0800" (with
/// or without the day of the week, seconds, names of American zones), "2026-11-07T09:00:00+08:00",
/// "2026-11-07 09:00", "2026/11/7". Without a zone it is the local time of this process, without a
/// time the beginning of the day. Nothing when it is not a date, or a day or time that does not
/// exist. @spec RFC 822 §5, RFC 3339
std::optional<std::chrono::sys_seconds> read_date_text(std::string_view text);

}  // namespace linli::platform
