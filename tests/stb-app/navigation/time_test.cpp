#include "tests/stb-app/support/store_filling.h"
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

TEST(Time, ContentPastItsExpiryIsSaidInPlainWordsAndStays) {
    Television tv;
    SyncStatus status;
    status.state = SyncStatus::State::Fresh;
    status.last_success = tv.clock.now();
    status.is_old = true;
    status.areas = {{.area = SampleCity::community(),
                     .sequence = 7,
                     .published = kMonday - std::chrono::days(40),
                     .is_old = true}};
    tv.application->hear_sync(status);
    for (const char* way : {"", "1", "1 1", "2"}) {
        tv.from_home(way);
        CHECK_TEXT_EQUAL("内容较旧，最后更新于10月14日", tv.page().status.freshness);
        CHECK_TRUE(tv.page().status.is_warning);
    }
    tv.from_home("1");
    CHECK_TRUE(tv.shows("水管爆裂"));
}

TEST(Time, OldContentAndNoConnectionAreBothSaid) {
    Television tv;
    SyncStatus status;
    status.state = SyncStatus::State::Failed;
    status.last_error = "nobody answers";
    status.is_unreachable = true;
    status.is_old = true;
    tv.application->hear_sync(status);
    // Of no area in particular: the day of the newest content.
    CHECK_TEXT_EQUAL("网络未连接 · 旧内容，更新于今天", tv.page().status.freshness);
}

TEST(Time, ContentOfTheCityAloneIsContent) {
    Television tv({.content = Content::None});
    auto city = *content::AreaCode::parse("12");
    fill_area(*tv.content, city, {});
    tv.tell_of_new_content();
    CHECK_TEXT_EQUAL("内容已是最新", tv.page().status.freshness);
}
