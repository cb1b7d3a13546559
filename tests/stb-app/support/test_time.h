#pragma once

#include <chrono>

namespace linli::tests {

/// The day on which the sample city is at home: 2026-11-23T09:00:00+08:00, a Monday.
inline constexpr std::chrono::sys_seconds kMonday{std::chrono::seconds(1795395600)};

}  // namespace linli::tests
