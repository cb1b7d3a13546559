#pragma once

#include <atomic>

#include "middleware/base/clock.h"

namespace linli::simulator {

/// A clock that goes on from whatever time it was set to: an editor looks at tomorrow's television today. Without
/// being set it is the machine's. What comes from outside does not move it.
class ShiftedClock final : public base::Clock {
  public:
    std::chrono::sys_seconds now() const override;
    base::ClockState state() const override { return base::ClockState::Good; }
    std::chrono::steady_clock::time_point steady() const override { return std::chrono::steady_clock::now(); }
    void hear(std::chrono::sys_seconds) override {}

    void set(std::chrono::sys_seconds time);

  private:
    std::atomic<std::int64_t> offset_seconds_ = 0;
};

}  // namespace linli::simulator
