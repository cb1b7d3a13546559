#include "middleware/base/local_time.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::base;
using namespace std::chrono;

// clang-format off
TEST_GROUP(LocalTime) {
    void setup() override { set_time_zone("Asia/Shanghai"); }
};
// clang-format on

TEST(LocalTime, ReadsInstantsWithTheirOffset) {
    struct Row {
        const char* text;
        const char* utc;
    };
    const Row kRows[] = {
        {"2026-11-23T09:00:00+08:00", "2026-11-23T01:00:00Z"},
        {"2026-11-23T01:00:00Z", "2026-11-23T01:00:00Z"},
        {"2026-11-23T01:00:00.999Z", "2026-11-23T01:00:00Z"},
        {"2026-12-31T20:30:00-05:30", "2027-01-01T02:00:00Z"},
        {"2028-02-29T00:00:00+14:00", "2028-02-28T10:00:00Z"},
        {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
    };
    for (const Row& row : kRows) {
        auto instant = parse_instant(row.text);
        CHECK_TRUE_TEXT(instant.has_value(), row.text);
        CHECK_TEXT_EQUAL(row.utc, format_instant(*instant));
    }
}

TEST(LocalTime, RefusesWhatIsNoInstant) {
    for (const char* text :
         {"", "2026-11-23", "2026-11-23T09:00:00", "2026-11-23 09:00:00+08:00",
          "2026-11-23T09:00+08:00", "2026-02-30T00:00:00Z", "2027-02-29T00:00:00Z",
          "2026-13-01T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z",
          "2026-11-23T09:00:60Z", "2026-11-23T09:00:00.Z", "2026-11-23T09:00:00+14:01",
          "2026-11-23T09:00:00+8:00", "2026-11-23T09:00:00Zx", "26-11-23T09:00:00Z",
          " 2026-11-23T09:00:00Z"})
        CHECK_FALSE_TEXT(parse_instant(text).has_value(), text);
}

TEST(LocalTime, ReadsOnlyDaysThatExist) {
    CHECK_TRUE(parse_date("2028-02-29") == year(2028) / 2 / 29);
    for (const char* text :
         {"2026-02-29", "2026-11-31", "2026-00-10", "2026-11-23Z", "2026-1-2", ""})
        CHECK_FALSE_TEXT(parse_date(text).has_value(), text);
}

TEST(LocalTime, TheWallClockFollowsTheZone) {
    auto instant = *parse_instant("2026-11-22T16:30:05Z");
    LocalTime local = to_local(instant);
    CHECK_TRUE(local.date == year(2026) / 11 / 23);
    CHECK_TRUE(local.weekday == Monday);
    LONGS_EQUAL(0, local.hour);
    LONGS_EQUAL(30, local.minute);
    LONGS_EQUAL(5, local.second);
    CHECK_TRUE(from_local(local.date, 0, 30) == floor<minutes>(instant));
}
