#include "middleware/base/clock.h"

#include "CppUTest/TestHarness.h"

using namespace linli::base;
using namespace std::chrono;

// clang-format off
TEST_GROUP(SystemClock) {
    SystemClock clock;
    static bool is_near(sys_seconds a, sys_seconds b) { return abs(a - b) <= seconds(2); }
};
TEST_GROUP(SettableClock) {};
// clang-format on

TEST(SystemClock, IsNotGoodBeforeItHeardTheTime) {
    // The machine that tests has a clock, which nobody has confirmed.
    CHECK_TRUE(clock.state() == ClockState::Stale);
}

TEST(SystemClock, BelievesTheFirstTimeItHearsHoweverFarAway) {
    sys_seconds told = clock.now() + days(400);
    clock.hear(told);
    CHECK_TRUE(clock.state() == ClockState::Good);
    CHECK_TRUE(is_near(clock.now(), told));
}

TEST(SystemClock, DoesNotBelieveALaterTimeMoreThanADayAway) {
    sys_seconds first = clock.now();
    clock.hear(first);
    clock.hear(first + hours(25));
    clock.hear(first - hours(25));
    CHECK_TRUE(is_near(clock.now(), first));
    clock.hear(first + hours(1));
    CHECK_TRUE(is_near(clock.now(), first + hours(1)));
}

TEST(SystemClock, DoesNotBelieveATimeBeforeThisProgramExisted) {
    sys_seconds before = clock.now();
    clock.hear(sys_days(year(1970) / 1 / 1));
    CHECK_TRUE(clock.state() != ClockState::Good);
    CHECK_TRUE(is_near(clock.now(), before));
}

TEST(SettableClock, StandsStillUntilItIsMoved) {
    SettableClock clock(sys_days(year(2026) / 11 / 23));
    auto steady = clock.steady();
    CHECK_TRUE(clock.now() == sys_days(year(2026) / 11 / 23));
    clock.advance(seconds(90));
    CHECK_TRUE(clock.now() == sys_days(year(2026) / 11 / 23) + seconds(90));
    CHECK_TRUE(clock.steady() - steady == seconds(90));
    clock.set_state(ClockState::Unknown);
    CHECK_TRUE(clock.state() == ClockState::Unknown);
}
