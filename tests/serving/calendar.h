#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "platform/sync/sync_schedule.h"

namespace linli::tests {

/// When the boxes of a city ask, by their own schedules, in a time that is only counted.
struct Calendar {
    int boxes = 0;
    platform::SyncBounds bounds;
    /// What the heads allow.
    std::chrono::seconds poll{300};
    std::chrono::seconds length{3600};
    /// From this moment on, for so long, nobody is answered.
    std::chrono::seconds outage_begins{0};
    std::chrono::seconds outage{0};
};

/// How many boxes begin to sync in each second.
std::vector<std::uint32_t> attempts_by_second(const Calendar& calendar);

}  // namespace linli::tests
