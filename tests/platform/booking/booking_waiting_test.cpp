// The list of those who wait.

#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::refusal_of;
using linli::tests::kMonday;

namespace {

constexpr year_month_day kTuesday = 2026y / 11 / 24;
constexpr year_month_day kWednesday = 2026y / 11 / 25;

}  // namespace

ON_BOTH_GROUP(Waiting);

ON_BOTH(Waiting, APlaceThatComesFreeIsOfferedToTheLongestWaiting) {
    auto with_list = schedule();
    with_list.has_waiting_list = true;
    with_list.horizon_days = 2;
    with_list.hours.open = {{0b10, 9h, 9h + 30min}};
    put(with_list);
    add_household(4);
    Appointment booked = book(slot(kTuesday, 9), 1);
    std::vector<std::string> waiting;
    for (int member : {3, 2, 4}) {
        waiting.push_back(wait(member).number);
        now += 10s;
    }
    CHECK_TEXT_EQUAL("waiting", state(waiting[0], 3));
    CHECK_FALSE(GOOD(store().mine(caller(3), now)).front().start.has_value());
    GOOD(store().cancel(caller(1), new_key(), booked.number, now));
    CHECK_TEXT_EQUAL("offered", state(waiting[0], 3));
    CHECK_TEXT_EQUAL("waiting", state(waiting[1], 2));
    // Nobody else comes before him.
    CHECK_TEXT_EQUAL("09:00 0/1", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("slot-taken", refusal_of(store().hold(caller(1), new_key(), slot(kTuesday, 9), now)));
    // An offer ends when booking ends, however long offers are.
    CHECK_TRUE(GOOD(store().mine(caller(3), now)).front().held_until == now + 24h - (now - kMonday));
    GOOD(store().cancel(caller(3), new_key(), waiting[0], now));
    CHECK_TEXT_EQUAL("offered", state(waiting[1], 2));
    GOOD(store().cancel(caller(4), new_key(), waiting[2], now));
    CHECK_TEXT_EQUAL("booked", to_name(GOOD(store().confirm(caller(2), new_key(), waiting[1], now)).state));
    LONGS_EQUAL(3, counted("waiting"));
}

ON_BOTH(Waiting, AnOfferThatNobodyTakesGoesToTheNext) {
    auto with_list = schedule();
    with_list.has_waiting_list = true;
    with_list.offer = 60min;
    with_list.horizon_days = 3;
    with_list.hours.open = {{0b100, 9h, 9h + 30min}};
    put(with_list);
    add_household(3);
    Appointment booked = book(slot(kWednesday, 9), 1);
    std::string second = wait(2).number, third = wait(3).number;
    GOOD(store().cancel(caller(1), new_key(), booked.number, now));
    CHECK_TEXT_EQUAL("offered", state(second, 2));
    now += 60min;
    CHECK_GOOD(store().tend(now));
    sign_in();
    CHECK_TEXT_EQUAL("expired", state(second, 2));
    CHECK_TEXT_EQUAL("offered", state(third, 3));
    now += 60min;
    CHECK_GOOD(store().tend(now));
    CHECK_TEXT_EQUAL("09:00 1/1", free_slots(kWednesday));
}

ON_BOTH(Waiting, NewDaysAreOfferedToThoseWhoWait) {
    auto with_list = schedule();
    with_list.has_waiting_list = true;
    with_list.horizon_days = 2;
    with_list.hours.open = {{0b110, 9h, 9h + 30min}};
    put(with_list);
    add_household();
    book_desk(at(kTuesday, 9));
    std::string waiting = wait().number;
    now += 24h;
    CHECK_GOOD(store().tend(now));
    sign_in();
    CHECK_TEXT_EQUAL("offered", state(waiting));
    CHECK_TRUE(GOOD(store().mine(caller(), now)).front().start == at(kWednesday, 9));
}

ON_BOTH(Waiting, WaitingHasItsRules) {
    auto with_list = schedule();
    with_list.has_waiting_list = true;
    with_list.quota = 1;
    with_list.horizon_days = 2;
    with_list.hours.open = {{0b10, 9h, 10h}};
    put(with_list);
    auto without = with_list;
    without.service = key_of("without");
    without.has_waiting_list = false;
    put(without);
    add_household(2);
    book_desk(at(kTuesday, 9));
    CHECK_TEXT_EQUAL("no-waiting", refusal_of(store().wait(caller(), new_key(), key_of(), now)));
    book_desk(at(kTuesday, 9, 30));
    for (int minute : {0, 30}) book_desk(at(kTuesday, 9, minute), "without");
    CHECK_TEXT_EQUAL("no-waiting", refusal_of(store().wait(caller(), new_key(), key_of("without"), now)));
    wait();
    CHECK_TEXT_EQUAL("quota", refusal_of(store().wait(caller(), new_key(), key_of(), now)));
    CHECK_TEXT_EQUAL("", refusal_of(store().wait(caller(2), new_key(), key_of(), now)));
}

ON_BOTH(Waiting, WhatIsHeldCountsAgainstTheQuotaOfOneWhoWaits) {
    auto with_list = schedule();
    with_list.has_waiting_list = true;
    with_list.quota = 1;
    with_list.horizon_days = 2;
    with_list.hours.open = {{0b10, 9h, 10h}};
    put(with_list);
    add_household(2);
    book_desk(at(kTuesday, 9));
    Appointment held = hold(slot(kTuesday, 9, 30));
    CHECK_TEXT_EQUAL("quota", refusal_of(store().wait(caller(), new_key(), key_of(), now)));
    CHECK_TEXT_EQUAL("", refusal_of(store().confirm(caller(), new_key(), held.number, now)));
    // A hold that ran out does not, before it is tended.
    GOOD(store().cancel(caller(), new_key(), held.number, now));
    hold(slot(kTuesday, 9, 30), 2);
    now += 5min;
    CHECK_TEXT_EQUAL("", refusal_of(store().wait(caller(2), new_key(), key_of(), now)));
}

ON_BOTH(Waiting, NobodyIsOfferedATimeThatHeHas) {
    auto with_list = schedule();
    with_list.has_waiting_list = true;
    with_list.quota = 2;
    with_list.places = 2;
    with_list.horizon_days = 2;
    with_list.hours.open = {{0b10, 9h, 10h}};
    put(with_list);
    add_household(2);
    Appointment at_nine = book_desk(at(kTuesday, 9)), at_half_past = book_desk(at(kTuesday, 9, 30));
    book_desk(at(kTuesday, 9, 30));
    Appointment held = hold(slot(kTuesday, 9));
    std::string first = wait().number;
    judge(at_nine.number, BookingStore::Verdict::CalledOff);
    CHECK_TEXT_EQUAL("waiting", state(first));
    GOOD(store().confirm(caller(), new_key(), held.number, now));
    CHECK_GOOD(store().tend(now));
    CHECK_TEXT_EQUAL("waiting", state(first));
    CHECK_TEXT_EQUAL("09:00 1/2, 09:30 0/2", free_slots(kTuesday));
    // Who waits behind him gets it; he gets the next one.
    at_nine = book_desk(at(kTuesday, 9));
    std::string second = wait(2).number;
    judge(at_nine.number, BookingStore::Verdict::CalledOff);
    CHECK_TEXT_EQUAL("offered", state(second, 2));
    judge(at_half_past.number, BookingStore::Verdict::CalledOff);
    CHECK_TEXT_EQUAL("offered", state(first));
    GOOD(store().confirm(caller(), new_key(), first, now));
}

ON_BOTH(Waiting, ATimeThatHeHasBlocksNoneOfTheOthers) {
    auto with_list = schedule();
    with_list.has_waiting_list = true;
    with_list.horizon_days = 3;
    with_list.hours.open = {{0b10, 9h, 9h + 30min}};
    with_list.places = 2;
    put(with_list);
    add_household();
    book(slot(kTuesday, 9));
    Appointment desk = book_desk(at(kTuesday, 9));
    std::string waiting = wait().number;
    judge(desk.number, BookingStore::Verdict::CalledOff);
    with_list.hours.open = {{0b110, 9h, 9h + 30min}};
    put(with_list);
    CHECK_GOOD(store().tend(now));
    CHECK_TEXT_EQUAL("offered", state(waiting));
    CHECK_TEXT_EQUAL("09:00 1/2", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("09:00 1/2", free_slots(kWednesday));
}

ON_BOTH(Waiting, WhatIsConfirmedIsCheckedAgain) {
    auto with_list = schedule();
    with_list.has_waiting_list = true;
    with_list.quota = 2;
    with_list.horizon_days = 2;
    with_list.hours.open = {{0b10, 9h, 10h + 30min}};
    put(with_list);
    add_household();
    Appointment at_nine = book_desk(at(kTuesday, 9)), booked = book(slot(kTuesday, 9, 30));
    book_desk(at(kTuesday, 10));
    std::string offered = wait().number;
    judge(at_nine.number, BookingStore::Verdict::CalledOff);
    CHECK_TEXT_EQUAL("offered", state(offered));
    // The office lowers what a person may have.
    with_list.quota = 1;
    put(with_list);
    auto refused = store().confirm(caller(), new_key(), offered, now);
    CHECK_TEXT_EQUAL("quota", refusal_of(refused));
    LONGS_EQUAL(1, std::get<Refusal>(*refused).limit);
    CHECK_TEXT_EQUAL("offered", state(offered));
    GOOD(store().cancel(caller(), new_key(), booked.number, now));
    CHECK_TEXT_EQUAL("booked", to_name(GOOD(store().confirm(caller(), new_key(), offered, now)).state));

    // While he holds a place, another appointment of his moves to that time.
    with_list.quota = 3;
    put(with_list);
    Appointment held = hold(slot(kTuesday, 9, 30));
    with_list.places = 2;
    put(with_list);
    GOOD(store().change(caller(), new_key(), offered, slot(kTuesday, 9, 30), now));
    CHECK_TEXT_EQUAL("already-booked", refusal_of(store().confirm(caller(), new_key(), held.number, now)));
    GOOD(store().change(caller(), new_key(), offered, slot(kTuesday, 9), now));
    GOOD(store().confirm(caller(), new_key(), held.number, now));
}
