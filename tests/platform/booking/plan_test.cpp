#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/booking/schedule.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

Zone zone(const char* name) { return *Zone::find(name); }

/// The slots in UTC, and in brackets why there are none.
std::string show(const PlannedDay& day) {
    std::string text;
    for (const PlannedSlot& slot : day.slots)
        text += base::format_instant(slot.start).substr(11, 5) + base::format("+{} ", slot.length.count());
    return day.closed.empty() ? text : text + "[" + day.closed + "]";
}

Schedule office() {
    Schedule schedule{{*content::AreaCode::parse("12/0101"), "id-card"}};
    schedule.hours.open = {{0b0011111, 8h + 30min, 10h}, {0b0011111, 14h, 15h}, {0b0100000, 9h, 10h}};
    schedule.places = 3;
    return schedule;
}

}  // namespace

TEST_GROUP(PlanDay) {
    Schedule schedule = office();
    Holidays holidays;
    std::string plan(year_month_day day, const char* name = "Asia/Shanghai") {
        return show(plan_day(schedule, holidays, day, zone(name)));
    }
};

TEST(PlanDay, LeavesTheLunchBreakOut) {
    CHECK_TEXT_EQUAL("00:30+30 01:00+30 01:30+30 06:00+30 06:30+30 ", plan(2026y / 11 / 23));
    LONGS_EQUAL(3, plan_day(schedule, holidays, 2026y / 11 / 23, zone("Asia/Shanghai")).slots[0].places);
}

TEST(PlanDay, KnowsTheWeek) {
    CHECK_TEXT_EQUAL("01:00+30 01:30+30 ", plan(2026y / 11 / 28));
    CHECK_TEXT_EQUAL("", plan(2026y / 11 / 29));
}

TEST(PlanDay, ASlotEndsBeforeTheOffice) {
    schedule.slot = 40min;
    CHECK_TEXT_EQUAL("00:30+40 01:10+40 06:00+40 ", plan(2026y / 11 / 23));
    schedule.slot = 120min;
    CHECK_TEXT_EQUAL("", plan(2026y / 11 / 23));
}

TEST(PlanDay, HolidaysCloseAndMakeUpDaysHaveMondaysHours) {
    holidays.days[2026y / 10 / 1] = {"国庆节", true};
    holidays.days[2026y / 10 / 10] = {"国庆节", false};
    CHECK_TEXT_EQUAL("[国庆节]", plan(2026y / 10 / 1));
    CHECK_TEXT_EQUAL("00:30+30 01:00+30 01:30+30 06:00+30 06:30+30 ", plan(2026y / 10 / 10));
}

TEST(PlanDay, TheOfficesOwnExceptionsGoBeforeHolidays) {
    holidays.days[2026y / 10 / 1] = {"国庆节", true};
    schedule.hours.exceptions = {{2026y / 10 / 1, 2026y / 10 / 2, 9h, 10h, "值班"},
                                 {2026y / 11 / 23, 2026y / 11 / 24, {}, {}, "装修"}};
    CHECK_TEXT_EQUAL("01:00+30 01:30+30 ", plan(2026y / 10 / 1));
    CHECK_TEXT_EQUAL("01:00+30 01:30+30 ", plan(2026y / 10 / 2));
    CHECK_TEXT_EQUAL("[装修]", plan(2026y / 11 / 24));
    CHECK_TEXT_EQUAL("00:30+30 01:00+30 01:30+30 06:00+30 06:30+30 ", plan(2026y / 11 / 25));
}

TEST(PlanDay, OpeningsThatOverlapMakeNoSlotsThatDo) {
    schedule.hours.open = {{0b1, 8h, 9h}, {0b1, 8h + 15min, 10h}};
    CHECK_TEXT_EQUAL("00:00+30 00:30+30 01:15+30 ", plan(2026y / 11 / 23));
}

TEST(PlanDay, SkipsWhatTheClocksSkip) {
    // On 28 March 2027 the clocks of Berlin go from 02:00 to 03:00.
    schedule.hours.open = {{0b1000000, 1h + 30min, 4h}};
    CHECK_TEXT_EQUAL("00:30+30 01:00+30 01:30+30 ", plan(2027y / 3 / 28, "Europe/Berlin"));
    CHECK_TEXT_EQUAL("00:30+30 01:00+30 01:30+30 02:00+30 02:30+30 ", plan(2027y / 3 / 21, "Europe/Berlin"));
    CHECK_TEXT_EQUAL("23:30+30 00:00+30 00:30+30 01:00+30 01:30+30 ", plan(2027y / 4 / 4, "Europe/Berlin"));
}

TEST(PlanDay, GivesAnHourThatTheClocksShowTwiceOnce) {
    // On 25 October 2026 they go from 03:00 back to 02:00.
    schedule.hours.open = {{0b1000000, 1h + 30min, 4h}};
    CHECK_TEXT_EQUAL("23:30+30 00:00+30 00:30+30 02:00+30 02:30+30 ", plan(2026y / 10 / 25, "Europe/Berlin"));
}

TEST(PlanDay, ASlotOverAChangeOfClocksDoesNotOverlapTheNext) {
    schedule.slot = 60min;
    schedule.hours.open = {{0b1000000, 1h + 30min, 5h + 30min}};
    CHECK_TEXT_EQUAL("00:30+60 01:30+60 02:30+60 ", plan(2027y / 3 / 28, "Europe/Berlin"));
}

TEST(PlanDay, MidnightIsTheEndOfADay) {
    schedule.hours.open = {{0b1, 23h, 24h}};
    CHECK_TEXT_EQUAL("15:00+30 15:30+30 ", plan(2026y / 11 / 23));
}

TEST_GROUP(Zones){};

TEST(Zones, AreFoundByName) {
    CHECK_TEXT_EQUAL("Asia/Shanghai", zone("Asia/Shanghai").name());
    for (const char* name : {"", "Middle/Earth", "../../etc/passwd"}) {
        auto found = Zone::find(name);
        CHECK_FALSE(found.has_value());
        STRCMP_CONTAINS("is not known here", found.error().message.c_str());
    }
}

TEST(Zones, TellDates) {
    auto before_midnight = sys_days(2026y / 11 / 23) + 15h + 59min;
    CHECK_TRUE(zone("Asia/Shanghai").date_of(before_midnight) == 2026y / 11 / 23);
    CHECK_TRUE(zone("Asia/Shanghai").date_of(before_midnight + 1min) == 2026y / 11 / 24);
    CHECK_TRUE(zone("Asia/Shanghai").begin_of(2026y / 11 / 24) == before_midnight + 1min);
    // Where the clocks skip midnight itself.
    CHECK_TRUE(zone("America/Sao_Paulo").begin_of(2018y / 11 / 4) == sys_days(2018y / 11 / 4) + 3h);
}
