#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace linli::epg {

/// Reads a time as XMLTV files write it: "20261123200000 +0800", also with "+08:00", "Z", a name ("BST"), without seconds,
/// minutes or hours. Without a zone it is `untold` east of UTC (0 is what the format says). Nothing where it is no time.
/// @spec xmltv.dtd, "Dates and times"
std::optional<std::chrono::sys_seconds> parse_xmltv_time(std::string_view text, std::chrono::minutes untold = std::chrono::minutes(0));

}  // namespace linli::epg
