#include "epg/si/time_table.h"

#include "middleware/base/clock.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using namespace std::chrono;

// clang-format off
TEST_GROUP(TimeTable) {
    TimeTable table;
    TimeTable::Steady now{hours(5)};
    sys_seconds noon = sys_days(year(2026) / 11 / 23) + hours(12);

    /// Of a TOT, which has a checksum.
    std::optional<sys_seconds> take(sys_seconds time, TableId id = TableId::TimeOffset) {
        TimeInformation heard;
        heard.source.table_id = id;
        heard.time = time;
        return table.take(heard, now);
    }
};
// clang-format on

TEST(TimeTable, TheFirstTimeIsBelieved) {
    CHECK_TRUE(take(noon) == noon);
}

TEST(TimeTable, WithoutAChecksumTheFirstOneIsToBeSaidTwice) {
    // A bit of its date is wrong.
    CHECK_FALSE(take(noon + days(4096), TableId::TimeAndDate).has_value());
    now += seconds(30);
    CHECK_FALSE(take(noon + seconds(30), TableId::TimeAndDate).has_value());
    LONGS_EQUAL(2, table.doubted());
    now += seconds(30);
    CHECK_TRUE(take(noon + seconds(60), TableId::TimeAndDate) == noon + seconds(60));
    LONGS_EQUAL(2, table.doubted());
    linli::base::SystemClock clock;
    clock.hear(noon + seconds(60));
    CHECK_TRUE(abs(clock.now() - noon) < minutes(2));
}

TEST(TimeTable, ATimeBeforeThisProgramIsNot) {
    CHECK_FALSE(take(sys_days(year(1999) / 1 / 1)).has_value());
    CHECK_TRUE(take(noon).has_value());
    LONGS_EQUAL(1, table.doubted());
}

TEST(TimeTable, WhatAgreesIsBelieved) {
    take(noon);
    now += hours(3);
    CHECK_TRUE(take(noon + hours(3) + seconds(20)).has_value());
    now += seconds(30);
    CHECK_FALSE(take(noon + hours(5)).has_value());
}

TEST(TimeTable, AnotherTimeIsBelievedWhenItGoesOn) {
    take(noon);
    for (int i = 0; i < 2; ++i) {
        now += seconds(30);
        CHECK_FALSE(take(noon + hours(1) + i * seconds(30)).has_value());
    }
    now += seconds(30);
    CHECK_TRUE(take(noon + hours(1) + seconds(60)).has_value());
    now += seconds(30);
    CHECK_FALSE(take(noon + seconds(120)).has_value());
}

TEST(TimeTable, TwoWrongTimesThatDisagreeAreNot) {
    take(noon);
    for (int i = 1; i < 20; ++i) {
        now += seconds(30);
        CHECK_FALSE(take(noon + (i % 2 == 0 ? hours(100) : hours(50))).has_value());
    }
    now += seconds(30);
    CHECK_TRUE(take(noon + seconds(600)).has_value());
}

TEST(TimeTable, MakesTheClockGood) {
    linli::base::SystemClock clock;
    if (auto time = take(noon)) clock.hear(*time);
    CHECK_TRUE(clock.state() == linli::base::ClockState::Good);
    CHECK_TRUE(abs(clock.now() - noon) < minutes(1));
}

TEST(TimeTable, LocalTimeChangesWhenItIsSaidTo) {
    LocalTimeOffset china{"CHN", 0, hours(8), std::nullopt, hours(8)};
    LocalTimeOffset other{"NOW", 1, hours(1), noon, hours(2)};
    LocalTimeOffset offsets[] = {china, other};
    CHECK_TRUE(has_local_offset(offsets, hours(8), noon));
    CHECK_TRUE(has_local_offset(offsets, hours(1), noon - seconds(1)));
    CHECK_FALSE(has_local_offset(offsets, hours(2), noon - seconds(1)));
    CHECK_TRUE(has_local_offset(offsets, hours(2), noon));
    CHECK_FALSE(has_local_offset(offsets, hours(1), noon));
}
