#include "platform/sync/sync_schedule.h"

#include <set>
#include <string>
#include <vector>

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using platform::SyncBounds;
using platform::SyncSchedule;

TEST_GROUP(SyncSchedule){};

TEST(SyncSchedule, SpreadsTheStartByTheBox) {
    SyncBounds bounds{.start_spread = 600s};
    // 1,000 boxes over ten minutes: each minute gets its share, and each box keeps its place.
    int minutes[10] = {};
    for (int box = 0; box < 1000; ++box) {
        auto delay = SyncSchedule(bounds, "box-" + std::to_string(box)).start_delay();
        CHECK_TRUE(delay >= 0ms && delay < 600s);
        CHECK_TRUE(delay == SyncSchedule(bounds, "box-" + std::to_string(box)).start_delay());
        ++minutes[delay / 60s];
    }
    for (int boxes : minutes) CHECK_TRUE(boxes > 60 && boxes < 140);
    CHECK_TRUE(SyncSchedule({}, "box-1").start_delay() == 0ms);
}

TEST(SyncSchedule, SpreadsBoxesWithoutAnIdByChance) {
    std::set<milliseconds> delays;
    for (int box = 0; box < 20; ++box) delays.insert(SyncSchedule({.start_spread = 86400s}, "").start_delay());
    CHECK_TRUE(delays.size() > 10);
}

TEST(SyncSchedule, KeepsThePollOfTheHeadWithinTheBoundsOfTheOperator) {
    SyncSchedule schedule({.least = 300s, .most = 3600s, .least_alerts = 20s}, "box");
    auto is_about = [](milliseconds wait, milliseconds poll) { return wait >= poll * 9 / 10 && wait <= poll * 11 / 10; };
    for (int i = 0; i < 100; ++i) {
        CHECK_TRUE(is_about(schedule.after_success(600s), 600s));
        CHECK_TRUE(is_about(schedule.after_success(1s), 300s));
        CHECK_TRUE(is_about(schedule.after_success(86400s), 3600s));
        CHECK_TRUE(is_about(schedule.after_success_of_alerts(30s), 30s));
        CHECK_TRUE(is_about(schedule.after_success_of_alerts(0s), 20s));
    }
}

TEST(SyncSchedule, BacksOffTwiceAsLongEachTimeUpToTheMost) {
    SyncSchedule schedule({.most = 600s}, "box");
    milliseconds longest = 5s;
    for (int failure = 1; failure <= 30; ++failure) {
        auto wait = schedule.after_failure({});
        CHECK_TRUE(wait >= longest / 2 && wait <= longest);
        LONGS_EQUAL(failure, schedule.failures());
        longest = std::min<milliseconds>(longest * 2, 600s);
    }
    schedule.forget_failures();
    CHECK_TRUE(schedule.after_failure({}) <= 5s);
}

TEST(SyncSchedule, BacksOffByChanceSoThatBoxesDoNotComeTogether) {
    std::set<milliseconds> waits;
    for (int box = 0; box < 100; ++box) waits.insert(SyncSchedule({}, "box-" + std::to_string(box)).after_failure({}));
    CHECK_TRUE(waits.size() > 90);
}

TEST(SyncSchedule, LeavesTheServerAloneAsLongAsItAsks) {
    SyncSchedule schedule({}, "box");
    for (int i = 0; i < 10; ++i) CHECK_TRUE(schedule.after_failure(7200s) >= 7200s);
    // But not for ever.
    CHECK_TRUE(schedule.after_failure(999'999'999s) < 26h);
}
