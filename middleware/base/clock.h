#pragma once

#include <atomic>
#include <chrono>

namespace linli::base {

/// How far the time of day can be trusted.
///   Unknown  a box without a battery clock that has not heard the time yet: nothing expires, nothing is
///            "today".
///   Stale    the clock runs from a time that was good once.
///   Good     confirmed by the broadcast or by the platform since power-on.
enum class ClockState { Unknown, Stale, Good };

/// The time of day (UTC) and a monotonic time. Safe from every thread.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual std::chrono::sys_seconds now() const = 0;
    virtual ClockState state() const = 0;
    virtual std::chrono::steady_clock::time_point steady() const = 0;
    /// Hears a time from outside (the platform's Date, the broadcast's TDT). The first is believed; a later
    /// one only when it lies within a day of what the clock says, so that one wrong sender cannot move it.
    virtual void hear(std::chrono::sys_seconds time) = 0;
};

/// The machine's clock, until a time was heard; from then on that time and what has passed since, whatever becomes of
/// the machine's clock. Before, it is Stale, or Unknown when the machine believes to be before 2024.
class SystemClock final : public Clock {
  public:
    std::chrono::sys_seconds now() const override;
    ClockState state() const override;
    std::chrono::steady_clock::time_point steady() const override;
    void hear(std::chrono::sys_seconds time) override;

  private:
    /// What was heard, less the monotonic time at which it was heard; valid once `has_heard_`.
    std::atomic<std::int64_t> heard_offset_ = 0;
    std::atomic<bool> has_heard_ = false;
};

/// A clock that stands still until it is set: for tests and for scripts of the simulator.
class SettableClock final : public Clock {
  public:
    explicit SettableClock(std::chrono::sys_seconds start) : now_(start.time_since_epoch().count()) {}

    std::chrono::sys_seconds now() const override;
    ClockState state() const override { return state_; }
    std::chrono::steady_clock::time_point steady() const override;
    void hear(std::chrono::sys_seconds) override {}

    void set(std::chrono::sys_seconds time) { now_ = time.time_since_epoch().count(); }
    void set_state(ClockState state) { state_ = state; }
    /// Moves both times forward.
    void advance(std::chrono::milliseconds by);

  private:
    std::atomic<std::int64_t> now_;
    std::atomic<std::int64_t> steady_milliseconds_ = 0;
    std::atomic<ClockState> state_ = ClockState::Good;
};

}  // namespace linli::base
