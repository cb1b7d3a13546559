#pragma once

#include <atomic>

#include "middleware/base/clock.h"

namespace linli::simulator {

/// A box's clock that goes as another one does, but is wrong by as much as it was set to.
class WrongClock final : public base::Clock {
  public:
    /// `right` outlives it.
    explicit WrongClock(const base::Clock& right) : right_(right) {}

    std::chrono::sys_seconds now() const override { return right_.now() + std::chrono::seconds(wrong_by_); }
    base::ClockState state() const override { return right_.state(); }
    std::chrono::steady_clock::time_point steady() const override { return right_.steady(); }
    void hear(std::chrono::sys_seconds) override {}

    /// What it shows now.
    void show(std::chrono::sys_seconds time) { wrong_by_ = (time - right_.now()).count(); }

  private:
    const base::Clock& right_;
    std::atomic<std::int64_t> wrong_by_ = 0;
};

}  // namespace linli::simulator
