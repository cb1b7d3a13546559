#pragma once

#include <atomic>
#include <chrono>
#include <optional>

namespace linli::platform {

/// The time of day as the platform last told it (the Date of its answers) and what has passed since: the box's own clock
/// may be years off. Before the platform was heard, the machine's. Safe from every thread.
class PlatformTime {
  public:
    void hear(std::optional<std::chrono::sys_seconds> date);
    std::chrono::sys_seconds now() const;

  private:
    /// What was heard, less the monotonic time at which it was heard, in seconds; valid once `is_heard_`.
    std::atomic<std::int64_t> offset_ = 0;
    std::atomic<bool> is_heard_ = false;
};

}  // namespace linli::platform
