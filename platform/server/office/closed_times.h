#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "platform/booking/schedule.h"

namespace linli::platform {

/// What an office's calendar says that it is busy: every event from now to a year ahead that is not cancelled, repeated ones
/// as often as they come. Its title is the reason that residents read, unless it is private. An error where it is no calendar, or has
/// an event that cannot be read: closing less than was asked for would be worse than nothing.
/// @spec RFC 5545
base::Result<std::vector<ClosedTime>> read_closed_times(std::string_view calendar, std::chrono::sys_seconds now);

}  // namespace linli::platform
