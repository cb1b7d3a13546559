// Slots follow their office's hours, whatever has been booked in them.

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::refusal_of;

namespace {

constexpr year_month_day kTuesday = 2026y / 11 / 24;
constexpr year_month_day kWednesday = 2026y / 11 / 25;

}  // namespace

ON_BOTH_GROUP(SlotsInStore);

ON_BOTH(SlotsInStore, AreThoseOfTheHorizon) {
    auto plan = schedule();
    plan.horizon_days = 7;
    put(plan);
    add_household();
    auto days = GOOD(store().days(box(), key_of(), now));
    LONGS_EQUAL(7, days.size());
    // It is nine on Monday: what has begun is planned no more.
    LONGS_EQUAL(3, days[0].places);
    LONGS_EQUAL(4, days[1].places);
    LONGS_EQUAL(0, days[5].places);
    CHECK_TRUE(days[6].date == 2026y / 11 / 29);
    CHECK_TEXT_EQUAL("", free_slots(2026y / 11 / 30));
}

ON_BOTH(SlotsInStore, ComeWithEachNewDayAndOnce) {
    auto plan = schedule();
    plan.horizon_days = 2;
    put(plan);
    add_household();
    CHECK_TEXT_EQUAL("", free_slots(kWednesday));
    now += 24h;
    auto other = open();
    CHECK_GOOD(store().tend(now));
    CHECK_GOOD(other->tend(now));
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kWednesday));
    LONGS_EQUAL(2, GOOD(store().days(box(), key_of(), now)).size());
}

ON_BOTH(SlotsInStore, OfAnAreaAreThoseOfItsChain) {
    auto street = schedule();
    street.service = {*content::AreaCode::parse("12/0101/001"), "care"};
    auto elsewhere = schedule();
    elsewhere.service = {*content::AreaCode::parse("12/0102"), "check"};
    auto by_hand = schedule();
    by_hand.confirmation = Confirmation::ByHand;
    by_hand.has_waiting_list = true;
    for (const auto& each : {street, elsewhere, by_hand}) put(each);
    add_household();
    auto services = GOOD(store().services(box(), *content::AreaCode::parse("12/0101/001/002"), now));
    LONGS_EQUAL(2, services.size());
    CHECK_TEXT_EQUAL("12/0101#check", services[0].ref);
    CHECK_TEXT_EQUAL("12/0101/001#care", services[1].ref);
    CHECK_TRUE(services[0].confirmation == Confirmation::ByHand && services[0].has_waiting_list);
    LONGS_EQUAL(79, services[0].free);
    CHECK_TRUE(services[0].first == 2026y / 11 / 23);
    CHECK_TEXT_EQUAL("Asia/Shanghai", services[0].zone);
    LONGS_EQUAL(1, GOOD(store().services(box(), *content::AreaCode::parse("12/0101"), now)).size());
    CHECK_TEXT_EQUAL("unknown-box", refusal_of(store().services("", *content::AreaCode::parse("12"), now)));
    CHECK_TEXT_EQUAL("unknown-box", refusal_of(store().days("", key_of(), now)));
    CHECK_TEXT_EQUAL("unknown-box", refusal_of(store().slots("", key_of(), kTuesday, now)));
}

ON_BOTH(SlotsInStore, HolidaysCloseAndMakeUpDaysOpen) {
    Holidays holidays;
    holidays.days[kTuesday] = {"社区日", true};
    holidays.days[2026y / 11 / 28] = {"社区日", false};
    put(schedule("first"));
    put(schedule(), holidays);
    add_household();
    // The calendar is everybody's.
    for (const char* id : {"check", "first"}) {
        auto days = GOOD(store().days(box(), key_of(id), now));
        CHECK_TEXT_EQUAL("社区日", days[1].closed);
        LONGS_EQUAL(0, days[1].places);
        LONGS_EQUAL(4, days[5].places);
        LONGS_EQUAL(0, days[6].places);
    }
    holidays.days[kTuesday].is_off = false;
    put(schedule("third"), holidays);
    LONGS_EQUAL(4, GOOD(store().days(box(), key_of("first"), now))[1].places);
}

ON_BOTH(SlotsInStore, ThatAreBookedOutliveTheHoursThatMadeThem) {
    put(schedule());
    add_household(2);
    Appointment early = book(slot(kTuesday, 9)), late = book(slot(kTuesday, 10, 30));
    std::string freed = slot(kTuesday, 9, 30);
    auto afternoon = schedule();
    afternoon.hours.open = {{0b0011111, 10h, 12h}};
    put(afternoon);
    CHECK_TEXT_EQUAL("10:00 1/1, 10:30 0/1, 11:00 1/1, 11:30 1/1", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("booked", state(early.number));
    CHECK_TEXT_EQUAL("booked", state(late.number));
    CHECK_TEXT_EQUAL("unknown-slot", refusal_of(store().hold(caller(2), new_key(), freed, now)));
    // Once it is given back nobody gets it any more.
    GOOD(store().cancel(caller(), new_key(), early.number, now));
    CHECK_TEXT_EQUAL("10:00 1/1, 10:30 0/1, 11:00 1/1, 11:30 1/1", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("unknown-slot", refusal_of(store().book_at_desk(key_of(), at(kTuesday, 9), new_key(), now)));
    // And the old hours bring the slots back.
    put(schedule());
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 1/1, 10:00 1/1, 10:30 0/1", free_slots(kTuesday));
}

ON_BOTH(SlotsInStore, OfANewLengthLeaveRoomForWhatIsBooked) {
    auto two = schedule();
    two.places = 2;
    put(two);
    add_household();
    Appointment booked = book(slot(kTuesday, 9, 30));
    two.slot = 20min;
    put(two);
    CHECK_TEXT_EQUAL("09:00 2/2, 09:20 1/1, 09:40 1/1, 10:00 2/2, 10:20 2/2, 10:40 2/2", free_slots(kTuesday));
    CHECK_TRUE(GOOD(store().mine(caller(), now)).front().duration == 30min);
}

ON_BOTH(SlotsInStore, WithFewerPlacesTakeNoMoreThanThat) {
    auto plan = schedule();
    plan.places = 3;
    put(plan);
    add_household(2);
    std::string ref = slot(kTuesday, 9);
    book(ref, 1);
    book(ref, 2);
    plan.places = 1;
    put(plan);
    CHECK_TEXT_EQUAL("09:00 0/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("slot-taken", refusal_of(store().book_at_desk(key_of(), at(kTuesday, 9), new_key(), now)));
    plan.places = 3;
    put(plan);
    CHECK_TEXT_EQUAL("09:00 1/3, 09:30 3/3, 10:00 3/3, 10:30 3/3", free_slots(kTuesday));
}

ON_BOTH(SlotsInStore, NewRulesHoldForWhatIsBookedToo) {
    put(schedule());
    add_household();
    Appointment booked = book(slot(kTuesday, 9));
    auto moved = schedule();
    moved.place = "新中心";
    moved.cancel_until = 24h;
    put(moved);
    Appointment now_is = GOOD(store().mine(caller(), now)).front();
    CHECK_TEXT_EQUAL("新中心", now_is.place);
    CHECK_TRUE(now_is.cancel_until == at(kTuesday, 9) - 24h);
}

ON_BOTH(SlotsInStore, KnowTheDaysWhenClocksChange) {
    // On 29 March 2026 the clocks of Berlin skip an hour at 2:00; on 25 October they show one twice.
    auto berlin = open(2, "Europe/Berlin");
    auto night = schedule();
    night.hours.open = {{0b1000000, 1h, 4h}};
    night.horizon_days = 2;
    auto show = [&](year_month_day day) {
        now = sys_days(day) - 24h;
        CHECK_GOOD(berlin->import_schedules(std::vector{night}, {}, now));
        add_household();
        std::string text;
        for (const Slot& slot : GOOD(berlin->slots(box(), key_of(), day, now)))
            text += base::format_instant(slot.start).substr(11, 6);
        return text;
    };
    CHECK_TEXT_EQUAL("00:00:00:30:01:00:01:30:", show(2026y / 3 / 29));
    CHECK_TEXT_EQUAL("23:00:23:30:00:00:00:30:02:00:02:30:", show(2026y / 10 / 25));
    CHECK_TEXT_EQUAL("Europe/Berlin", GOOD(berlin->services(box(), *content::AreaCode::parse("12/0101"), now))[0].zone);
    // A day is one of Berlin's: there it is Sunday already.
    LONGS_EQUAL(6, GOOD(berlin->days(box(), key_of(), sys_days(2026y / 10 / 25) - 2h)).front().places);
    CHECK_FALSE(open_booking_store({database, "Middle/Earth"}).has_value());
}
