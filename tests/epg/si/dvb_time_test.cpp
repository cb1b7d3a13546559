#include "epg/si/dvb_time.h"

#include "middleware/base/local_time.h"
#include "tests/epg/support/section_writer.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using namespace std::chrono;
using linli::tests::ByteVector;

namespace {

std::string read(const ByteVector& five) {
    sys_seconds time;
    switch (read_time(five, time)) {
        case TimeField::Good: return linli::base::format_instant(time);
        case TimeField::Undefined: return "undefined";
        case TimeField::Bad: break;
    }
    return "bad";
}

}  // namespace

// clang-format off
TEST_GROUP(DvbTime){};
// clang-format on

TEST(DvbTime, TimesAreReadFromTheTable) {
    struct Case {
        ByteVector bytes;
        const char* time;
    };
    const Case cases[] = {
        {{0xC0, 0x79, 0x12, 0x45, 0x00}, "1993-10-13T12:45:00Z"},  // the standard's own example
        {{0xEF, 0x5D, 0x23, 0x59, 0x59}, "2026-08-25T23:59:59Z"},
        {{0xFF, 0xFF, 0x00, 0x00, 0x00}, "2038-04-22T00:00:00Z"},  // the last day number
        {{0x00, 0x00, 0x08, 0x00, 0x00}, "2038-04-23T08:00:00Z"},  // and the days after it
        {{0x10, 0x00, 0x08, 0x00, 0x00}, "2049-07-10T08:00:00Z"},
        {{0xC0, 0x00, 0x00, 0x00, 0x00}, "1993-06-14T00:00:00Z"},
        {{0xFF, 0xFF, 0xFF, 0xFF, 0xFF}, "undefined"},
        {{0xEF, 0x5D, 0x24, 0x00, 0x00}, "bad"},
        {{0xEF, 0x5D, 0x23, 0x60, 0x00}, "bad"},
        {{0xEF, 0x5D, 0x1A, 0x00, 0x00}, "bad"},
        {{0xEF, 0x5D, 0x00, 0x00, 0xFF}, "bad"},
        {{0xEF, 0x5D, 0x00, 0x00}, "bad"},
    };
    for (const Case& a : cases) CHECK_TEXT_EQUAL(a.time, read(a.bytes));
}

TEST(DvbTime, WhatAHeadEndWritesIsReadBackPast2038) {
    for (sys_days day = year(2000) / 1 / 1; day < sys_days(year(2100) / 1 / 1); day += days(13)) {
        sys_seconds time;
        CHECK_TRUE(read_time(linli::tests::dvb_time(day + hours(21) + minutes(9)), time) == TimeField::Good);
        CHECK_TRUE(time == day + hours(21) + minutes(9));
    }
}

TEST(DvbTime, Durations) {
    seconds duration{0};
    CHECK_TRUE(read_duration(ByteVector{0x01, 0x45, 0x30}, duration) == TimeField::Good);
    LONGS_EQUAL(3600 + 45 * 60 + 30, duration.count());
    CHECK_TRUE(read_duration(ByteVector{0x99, 0x59, 0x59}, duration) == TimeField::Good);
    LONGS_EQUAL(99 * 3600 + 59 * 60 + 59, duration.count());
    CHECK_TRUE(read_duration(ByteVector{0xFF, 0xFF, 0xFF}, duration) == TimeField::Undefined);
    CHECK_TRUE(read_duration(ByteVector{0x01, 0x60, 0x00}, duration) == TimeField::Bad);
    CHECK_TRUE(read_duration(ByteVector{0x0A, 0x00, 0x00}, duration) == TimeField::Bad);
    CHECK_TRUE(read_duration(ByteVector{0x00}, duration) == TimeField::Bad);
}
