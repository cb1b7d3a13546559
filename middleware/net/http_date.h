#pragma once

#include <chrono>
#include <string>

namespace linli::net {

/// "Mon, 23 Nov 2026 01:00:00 GMT". @spec RFC 9110 §5.6.7
std::string format_http_date(std::chrono::sys_seconds time);

}  // namespace linli::net
