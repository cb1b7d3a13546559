#include "middleware/base/clock.h"

#include <cstdlib>

namespace linli::base {

using namespace std::chrono;

namespace {

/// No box runs this program before this day: a clock that says so has lost its battery.
constexpr sys_seconds kEarliestCredible = sys_days(year(2024) / 1 / 1);
/// A second opinion further away than this is not believed.
constexpr seconds kLargestCorrection = hours(24);

sys_seconds machine_time() { return floor<seconds>(system_clock::now()); }
seconds monotonic_time() { return floor<seconds>(steady_clock::now().time_since_epoch()); }

}  // namespace

sys_seconds SystemClock::now() const {
    if (!has_heard_) return machine_time();
    return sys_seconds(seconds(heard_offset_.load()) + monotonic_time());
}

ClockState SystemClock::state() const {
    if (has_heard_) return ClockState::Good;
    return machine_time() < kEarliestCredible ? ClockState::Unknown : ClockState::Stale;
}

steady_clock::time_point SystemClock::steady() const { return steady_clock::now(); }

void SystemClock::hear(sys_seconds time) {
    if (time < kEarliestCredible) return;
    if (has_heard_ && std::abs((time - now()).count()) > kLargestCorrection.count()) return;
    heard_offset_ = (time.time_since_epoch() - monotonic_time()).count();
    has_heard_ = true;
}

sys_seconds SettableClock::now() const { return sys_seconds(seconds(now_.load())); }

steady_clock::time_point SettableClock::steady() const {
    return steady_clock::time_point(milliseconds(steady_milliseconds_.load()));
}

void SettableClock::advance(milliseconds by) {
    steady_milliseconds_ += by.count();
    now_ += duration_cast<seconds>(by).count();
}

}  // namespace linli::base
