#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using platform::SyncStatus;

// clang-format off
TEST_GROUP(Time) {};
// clang-format on

TEST(Time, HomeReturnsToTheTelevisionAfterTwentySeconds) {
    Television tv;
    tv.pass(19s);
    CHECK_TEXT_EQUAL("home", tv.page().id);
    tv.pass(1s);
    CHECK_TEXT_EQUAL("live", tv.page().id);
}

TEST(Time, AKeyOnHomeBeginsTheTwentySecondsAgain) {
    Television tv;
    tv.pass(15s);
    tv.press("DOWN");
    tv.pass(15s);
    CHECK_TEXT_EQUAL("home", tv.page().id);
    tv.pass(5s);
    CHECK_TEXT_EQUAL("live", tv.page().id);
}

TEST(Time, NothingVanishesUnderAReader) {
    Television tv;
    for (const char* way : {"1", "1 1", "2", "2 1 1", "4 1", "8", "8 3"}) {
        tv.from_home(way);
        std::string id = tv.page().id;
        tv.pass(1h);
        CHECK_TEXT_EQUAL(id, tv.page().id);
        CHECK_TEXT_EQUAL("", tv.page().message);
    }
}

TEST(Time, ClockOnTheScreenFollows) {
    Television tv;
    tv.press("1");
    tv.pass(60s);
    CHECK_TEXT_EQUAL("11月23日 星期一 09:01", tv.page().status.time);
}

TEST(Time, NothingIsCalledTodayOnAnUnknownClock) {
    Television tv;
    tv.clock.set_state(base::ClockState::Unknown);
    tv.press("1");
    look_at_all_pages(tv, [&] {
        CHECK_FALSE(tv.shows("今天 "));
        CHECK_FALSE(tv.shows("昨天"));
        CHECK_FALSE(tv.shows("— 今天"));
    });
    CHECK_FALSE(tv.page().status.time.contains(":"));
}

TEST(Time, NothingExpiresOnAnUnknownClock) {
    Television tv;
    tv.clock.set(kMonday + std::chrono::days(10));
    tv.press("1");
    CHECK_FALSE(tv.shows("水管爆裂"));
    tv.clock.set_state(base::ClockState::Unknown);
    tv.from_home("1");
    CHECK_TRUE(tv.shows("水管爆裂"));
}

TEST(Time, WhatExpiresLeavesTheListAndTheHeadline) {
    Television tv;
    CHECK_TRUE(tv.shows("水管爆裂"));
    tv.clock.set(kMonday + std::chrono::days(10));
    tv.press("1");
    CHECK_FALSE(tv.shows("水管爆裂"));
    tv.press("HOME");
    CHECK_FALSE(tv.shows("水管爆裂"));
}

TEST(Time, OffLineIsSaidAndWhatIsThereStays) {
    Television tv;
    SyncStatus status;
    status.state = SyncStatus::State::Failed;
    tv.clock.advance(3h);
    tv.application->hear_sync(status);
    CHECK_TRUE(tv.page().status.is_warning);
    CHECK_TRUE(tv.page().status.freshness.contains("3"));
    tv.press("1");
    CHECK_TRUE(tv.shows("水管爆裂"));
}

TEST(Time, OldContentIsAWarningOffLineOrNot) {
    Television tv;
    tv.clock.advance(25h);
    tv.press("1");
    CHECK_TRUE(tv.page().status.is_warning);
}
