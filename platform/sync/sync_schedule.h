#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string_view>

namespace linli::platform {

/// What an operator allows.
struct SyncBounds {
    /// Heads of content are asked for no more often and no less often than this, whatever they say.
    std::chrono::seconds least{300};
    std::chrono::seconds most{3600};
    /// Heads of alerts no more often than this.
    std::chrono::seconds least_alerts{15};
    /// The first sync begins within this.
    std::chrono::seconds start_spread{0};
};

/// When a box asks: so that a city's boxes, which were all switched on by the same power cut or all wait for the same
/// server, come one after another. Counts no time itself. One thread.
class SyncSchedule {
  public:
    /// The same box has the same place within the spread each time; one without an id takes any.
    SyncSchedule(const SyncBounds& bounds, std::string_view box_id);

    std::chrono::milliseconds start_delay() const { return start_delay_; }

    /// Until a head is asked for again that allows `poll`; a tenth more or less.
    std::chrono::milliseconds after_success(std::chrono::seconds poll);
    std::chrono::milliseconds after_success_of_alerts(std::chrono::seconds poll);
    /// After a failure: five seconds, then twice as long each time up to the operator's most, of which half is by
    /// chance; never sooner than the server asked for, within a day.
    std::chrono::milliseconds after_failure(std::optional<std::chrono::seconds> retry_after);
    /// Failures begin to count from none again.
    void forget_failures() { failures_ = 0; }
    int failures() const { return failures_; }

  private:
    std::chrono::milliseconds by_chance(std::chrono::milliseconds from, std::chrono::milliseconds until);

    SyncBounds bounds_;
    std::mt19937_64 chance_;
    std::chrono::milliseconds start_delay_;
    int failures_ = 0;
};

}  // namespace linli::platform
