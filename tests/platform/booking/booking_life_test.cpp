// The life of an appointment, as far as one resident and one office can take it.

#include <algorithm>
#include <set>

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

ON_BOTH_GROUP(Bookings);

ON_BOTH(Bookings, GoFromHoldToConfirmed) {
    put(schedule());
    add_household();
    Appointment held = hold(slot(kTuesday, 9, 30));
    CHECK_TEXT_EQUAL("YY-1124-0001", held.number);
    CHECK_TEXT_EQUAL("held", to_name(held.state));
    CHECK_TRUE(held.start == at(kTuesday, 9, 30) && held.duration == 30min && held.held_until == now + 5min);
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 0/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
    Appointment booked = GOOD(store().confirm(caller(), new_key(), held.number, now));
    CHECK_TEXT_EQUAL("booked", to_name(booked.state));
    CHECK_FALSE(booked.held_until.has_value());
    CHECK_TEXT_EQUAL("12/0101#check", booked.service);
    CHECK_TEXT_EQUAL("体检", booked.service_name);
    CHECK_TEXT_EQUAL("000-8800-1101", booked.telephone);
    CHECK_TRUE((booked.bring == std::vector<std::string>{"身份证", "医保卡"}));
    LONGS_EQUAL(1, counted("booked"));
    LONGS_EQUAL(1, GOOD(store().mine(caller(), now)).size());
}

ON_BOTH(Bookings, NumbersAreNeverGivenTwice) {
    put(schedule());
    add_household();
    auto other = open();
    std::set<std::string> numbers;
    for (int minute : {0, 30}) {
        for (int hour : {9, 10}) {
            std::string ref = slot(kTuesday, hour, minute);
            auto& one = minute == 0 ? store() : *other;
            numbers.insert(GOOD(one.hold(caller(), new_key(), ref, now)).number);
        }
    }
    LONGS_EQUAL(4, numbers.size());
}

ON_BOTH(Bookings, AHoldEndsAndThePlaceIsFreeAgain) {
    put(schedule());
    add_household(2);
    std::string ref = slot(kTuesday, 9);
    Appointment held = hold(ref);
    now += 4min + 59s;
    CHECK_TEXT_EQUAL("slot-taken", refusal_of(store().hold(caller(2), new_key(), ref, now)));
    now += 1s;
    CHECK_TEXT_EQUAL("wrong-state", refusal_of(store().confirm(caller(1), new_key(), held.number, now)));
    // Whoever wants it has it, even before the minute's round.
    CHECK_TEXT_EQUAL("", refusal_of(store().hold(caller(2), new_key(), ref, now)));
    now += 6min;
    CHECK_GOOD(store().tend(now));
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
    sign_in();
    LONGS_EQUAL(0, GOOD(store().mine(caller(1), now)).size());
}

ON_BOTH(Bookings, OneWhoChoosesAnotherSlotLetsTheFirstGo) {
    put(schedule());
    add_household();
    Appointment first = hold(slot(kTuesday, 9));
    Appointment second = hold(slot(kTuesday, 9, 30));
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 0/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("wrong-state", refusal_of(store().confirm(caller(), new_key(), first.number, now)));
    now += 1min;
    Appointment again = hold(slot(kTuesday, 9, 30));
    CHECK_TEXT_EQUAL(second.number, again.number);
    CHECK_TRUE(again.held_until == now + 5min);
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 0/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
}

ON_BOTH(Bookings, AreChangedInOneStep) {
    put(schedule());
    add_household(2);
    Appointment booked = book(slot(kTuesday, 9));
    book(slot(kTuesday, 10), 2);
    CHECK_TEXT_EQUAL("slot-taken", [&] {
        // Taken by the other: his own place stays his.
        auto refs = GOOD(store().slots(box(), key_of(), kTuesday, now));
        return refusal_of(store().change(caller(), new_key(), booked.number, refs[2].ref, now));
    }());
    CHECK_TEXT_EQUAL("booked", state(booked.number));
    Appointment changed = GOOD(store().change(caller(), new_key(), booked.number, slot(kWednesday, 10, 30), now));
    CHECK_TEXT_EQUAL(booked.number, changed.number);
    CHECK_TRUE(changed.start == at(kWednesday, 10, 30) && changed.changed_from == at(kTuesday, 9));
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 1/1, 10:00 0/1, 10:30 1/1", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 1/1, 10:00 1/1, 10:30 0/1", free_slots(kWednesday));
    LONGS_EQUAL(1, counted("changed"));
}

ON_BOTH(Bookings, AreCancelledWithTheirPlace) {
    put(schedule());
    add_household();
    Appointment booked = book(slot(kTuesday, 9));
    Appointment cancelled = GOOD(store().cancel(caller(), new_key(), booked.number, now));
    CHECK_TEXT_EQUAL("cancelled", to_name(cancelled.state));
    CHECK_TEXT_EQUAL("resident", cancelled.cancelled_by);
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("cancelled", state(booked.number));
    LONGS_EQUAL(1, counted("cancelled"));
}

ON_BOTH(Bookings, AreRefusedForWhatTheManualSays) {
    auto strict = schedule();
    strict.book_until = 120min;
    strict.cancel_until = 1440min;
    put(strict);
    put(schedule("other"));
    add_household(2);
    std::string tuesday = slot(kTuesday, 9), wednesday = slot(kWednesday, 9);
    auto hold_now = [&](const std::string& ref, sys_seconds when) {
        return refusal_of(store().hold(caller(), new_key(), ref, when));
    };
    CHECK_TEXT_EQUAL("unknown-slot", hold_now("s999999", now));
    CHECK_TEXT_EQUAL("unknown-slot", hold_now("x", now));
    CHECK_TEXT_EQUAL("unknown-slot", hold_now("s1x", now));
    CHECK_TEXT_EQUAL("malformed", refusal_of(store().hold(caller(), "1234", tuesday, now)));
    CHECK_TEXT_EQUAL("malformed", refusal_of(store().hold(caller(), std::string(32, 'g'), tuesday, now)));

    Appointment booked = book(tuesday);
    CHECK_TEXT_EQUAL("already-booked", hold_now(tuesday, now));
    CHECK_TRUE(booked.cancel_until == at(kTuesday, 9) - 24h);
    CHECK_TEXT_EQUAL("unknown-slot",
                     refusal_of(store().change(caller(), new_key(), booked.number, slot(kTuesday, 9, 30, "other"), now)));
    CHECK_TEXT_EQUAL("unknown-slot", refusal_of(store().change(caller(), new_key(), booked.number, "s999999", now)));
    CHECK_TEXT_EQUAL("already-booked", refusal_of(store().change(caller(), new_key(), booked.number, tuesday, now)));
    CHECK_TEXT_EQUAL("unknown-number", refusal_of(store().confirm(caller(), new_key(), "YY-0000-0000", now)));
    CHECK_TEXT_EQUAL("unknown-number", refusal_of(store().cancel(caller(2), new_key(), booked.number, now)));
    CHECK_TEXT_EQUAL("unknown-number", refusal_of(store().change(caller(2), new_key(), booked.number, wednesday, now)));
    CHECK_TEXT_EQUAL("unknown-service", refusal_of(store().wait(caller(), new_key(), key_of("nothing"), now)));
    CHECK_TEXT_EQUAL("no-waiting", refusal_of(store().wait(caller(), new_key(), key_of(), now)));
    CHECK_TEXT_EQUAL("unknown-service", refusal_of(store().days(box(), key_of("nothing"), now)));
    CHECK_TEXT_EQUAL("unknown-service", refusal_of(store().slots(box(), key_of("nothing"), kTuesday, now)));

    now += 1s;
    CHECK_TEXT_EQUAL("too-late", refusal_of(store().cancel(caller(), new_key(), booked.number, now)));
    CHECK_TEXT_EQUAL("too-late", refusal_of(store().change(caller(), new_key(), booked.number, wednesday, now)));
    now = at(kWednesday, 7);
    sign_in();
    CHECK_TEXT_EQUAL("", refusal_of(store().hold(caller(2), new_key(), wednesday, now)));
    CHECK_TEXT_EQUAL("too-late", hold_now(wednesday, now + 1s));
    LONGS_EQUAL(1, counted("refused:too-late") - 2);
    LONGS_EQUAL(2, counted("refused:already-booked"));
}

ON_BOTH(Bookings, AreNotConfirmedOnceTheyHaveBegun) {
    auto patient = schedule();
    patient.hold = 30min;
    put(patient);
    add_household();
    now = at(kTuesday, 8, 55);
    sign_in();
    Appointment held = hold(slot(kTuesday, 9));
    CHECK_TEXT_EQUAL("too-late", refusal_of(store().confirm(caller(), new_key(), held.number, now + 5min)));
    CHECK_TEXT_EQUAL("booked", to_name(GOOD(store().confirm(caller(), new_key(), held.number, now + 5min - 1s)).state));
}

ON_BOTH(Bookings, BeyondTheHorizonAreTooEarly) {
    now = at(2026y / 12 / 1, 9);
    auto short_horizon = schedule();
    short_horizon.horizon_days = 3;
    put(short_horizon);
    add_household();
    std::string ref = slot(2026y / 12 / 3, 9);
    // Another instance whose clock is a day behind.
    CHECK_TEXT_EQUAL("too-early", refusal_of(store().hold(caller(), new_key(), ref, now - 24h)));
    CHECK_TEXT_EQUAL("", refusal_of(store().hold(caller(), new_key(), ref, now)));
}

ON_BOTH(Bookings, AreLimitedForEachPerson) {
    auto limited = schedule();
    limited.quota = 2;
    put(limited);
    add_household(2);
    book(slot(kTuesday, 9));
    Appointment second = book(slot(kTuesday, 9, 30));
    auto answer = store().hold(caller(), new_key(), slot(kTuesday, 10), now);
    CHECK_TEXT_EQUAL("quota", refusal_of(answer));
    LONGS_EQUAL(2, std::get<Refusal>(*answer).limit);
    book(slot(kTuesday, 10), 2);
    GOOD(store().change(caller(), new_key(), second.number, slot(kTuesday, 10, 30), now));
    GOOD(store().cancel(caller(), new_key(), second.number, now));
    book(slot(kTuesday, 9, 30));
    // What is over counts no more, even where the office never said how it went.
    now = at(kTuesday, 12);
    sign_in();
    book(slot(kWednesday, 9));
}

ON_BOTH(Bookings, TheSameKeyIsTheSameAnswer) {
    put(schedule());
    add_household(2);
    std::string key = new_key(), ref = slot(kTuesday, 9);
    Appointment first = GOOD(store().hold(caller(), key, ref, now));
    Appointment again = GOOD(open()->hold(caller(), key, ref, now + 1min));
    CHECK_TEXT_EQUAL(first.number, again.number);
    CHECK_TRUE(first.held_until == again.held_until);
    LONGS_EQUAL(1, GOOD(store().mine(caller(), now)).size());

    CHECK_TEXT_EQUAL("key-reused", refusal_of(store().hold(caller(), key, slot(kTuesday, 9, 30), now)));
    CHECK_TEXT_EQUAL("key-reused", refusal_of(store().confirm(caller(), key, first.number, now)));
    CHECK_TEXT_EQUAL("key-reused", refusal_of(store().hold(caller(2), key, ref, now)));
    CHECK_TEXT_EQUAL("09:00 0/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));

    // A refusal is an answer too, and stays one when the place is free again.
    std::string late = new_key();
    CHECK_TEXT_EQUAL("slot-taken", refusal_of(store().hold(caller(2), late, ref, now)));
    GOOD(store().cancel(caller(), new_key(), first.number, now));
    CHECK_TEXT_EQUAL("slot-taken", refusal_of(store().hold(caller(2), late, ref, now)));
    LONGS_EQUAL(1, counted("refused:slot-taken"));
}

ON_BOTH(Bookings, KeysAreKeptForTwoDays) {
    put(schedule());
    add_household();
    std::string key = new_key();
    GOOD(store().hold(caller(), key, slot(kWednesday, 9), now));
    CHECK_GOOD(store().tend(now + 48h));
    CHECK_TRUE(GOOD(store().outcome(box(), key, now)).result == Outcome::Result::Done);
    CHECK_GOOD(store().tend(now + 48h + 1s));
    CHECK_TRUE(GOOD(store().outcome(box(), key, now)).result == Outcome::Result::Unknown);
}

ON_BOTH(Bookings, TheirOutcomeIsToldWithoutASession) {
    put(schedule());
    auto discreet = schedule("discreet");
    discreet.is_discreet = true;
    put(discreet);
    add_household();
    std::string key = new_key();
    CHECK_TRUE(GOOD(store().outcome(box(), key, now)).result == Outcome::Result::Unknown);
    Appointment held = GOOD(store().hold(caller(), key, slot(kTuesday, 9), now));
    GOOD(store().confirm(caller(), new_key(), held.number, now));
    Outcome outcome = GOOD(store().outcome(box(), key, now));
    CHECK_TRUE(outcome.result == Outcome::Result::Done);
    CHECK_TEXT_EQUAL("hold", outcome.request);
    CHECK_TEXT_EQUAL(key, outcome.key);
    CHECK_TEXT_EQUAL(held.number, outcome.appointment->number);
    CHECK_TEXT_EQUAL("booked", to_name(outcome.appointment->state));
    CHECK_TEXT_EQUAL("体检", outcome.appointment->service_name);
    CHECK_TEXT_EQUAL("", outcome.appointment->telephone);

    std::string secret = new_key();
    GOOD(store().hold(caller(), secret, slot(kTuesday, 10, 0, "discreet"), now));
    outcome = GOOD(store().outcome(box(), secret, now));
    CHECK_TEXT_EQUAL("", outcome.appointment->service_name);
    CHECK_TEXT_EQUAL("", outcome.appointment->service);
    CHECK_TEXT_EQUAL("", outcome.appointment->place);

    std::string refused = new_key();
    CHECK_TEXT_EQUAL("already-booked", refusal_of(store().hold(caller(), refused, slot(kTuesday, 9), now)));
    outcome = GOOD(store().outcome(box(), refused, now));
    CHECK_TRUE(outcome.result == Outcome::Result::Refused);
    CHECK_TEXT_EQUAL("already-booked", outcome.reason);
    CHECK_FALSE(outcome.appointment.has_value());

    std::string first_box = box();
    add_household(1, "box-token-2");
    CHECK_TRUE(GOOD(store().outcome(box(), key, now)).result == Outcome::Result::Unknown);
    CHECK_TEXT_EQUAL("unknown-box", refusal_of(store().outcome("token:nobody", key, now)));
    CHECK_TRUE(GOOD(store().outcome(first_box, key, now)).result == Outcome::Result::Done);
}

ON_BOTH(Bookings, RemindersNameNobody) {
    put(schedule());
    auto discreet = schedule("discreet");
    discreet.is_discreet = true;
    put(discreet);
    auto by_hand = schedule("by-hand");
    by_hand.confirmation = Confirmation::ByHand;
    put(by_hand);
    add_household(2);
    Appointment one = book(slot(kTuesday, 9));
    book(slot(kWednesday, 9, 0, "discreet"), 2);
    book(slot(kWednesday, 9, 0, "by-hand"));
    book(slot(2026y / 12 / 1, 9));
    hold(slot(kWednesday, 10));
    auto reminders = GOOD(store().reminders(box(), now));
    LONGS_EQUAL(2, reminders.size());
    CHECK_TEXT_EQUAL(one.number, reminders[0].number);
    CHECK_TEXT_EQUAL("体检", reminders[0].service_name);
    CHECK_TEXT_EQUAL("中心", reminders[0].place);
    CHECK_TEXT_EQUAL("", reminders[1].service_name);
    CHECK_TEXT_EQUAL("", reminders[1].place);
    CHECK_TEXT_EQUAL("unknown-box", refusal_of(store().reminders("", now)));
    CHECK_TRUE(GOOD(store().mine(caller(2), now)).front().is_discreet);
    CHECK_FALSE(GOOD(store().mine(caller(1), now)).front().is_discreet);
}

ON_BOTH(Bookings, RemindersTellWhatIsOfferedAndWhatTheOfficeCallsOff) {
    auto with_list = schedule();
    with_list.has_waiting_list = true;
    with_list.horizon_days = 3;
    with_list.hours.open = {{0b110, 9h, 9h + 30min}};
    put(with_list);
    add_household(3);
    Appointment one = book(slot(kTuesday, 9), 1);
    hold(slot(kWednesday, 9), 2);
    std::string waiting = GOOD(store().wait(caller(3), new_key(), key_of(), now)).number;
    CHECK_GOOD(store().cancel_session(key_of(), at(kWednesday, 0), at(kWednesday, 23), "停电", now));
    auto told = GOOD(store().reminders(box(), now));
    // A time that was only held is nobody's appointment.
    LONGS_EQUAL(1, told.size());
    CHECK_TRUE(told[0].state == AppointmentState::Booked);

    CHECK_GOOD(store().cancel_session(key_of(), at(kTuesday, 0), at(kTuesday, 23), "停电", now));
    told = GOOD(store().reminders(box(), now));
    LONGS_EQUAL(1, told.size());
    CHECK_TEXT_EQUAL(one.number, told[0].number);
    CHECK_TRUE(told[0].state == AppointmentState::Cancelled && !told[0].held_until);
    CHECK_TRUE(!told[0].telephone.empty());

    with_list.horizon_days = 10;
    put(with_list);
    CHECK_GOOD(store().tend(now));
    told = GOOD(store().reminders(box(), now));
    LONGS_EQUAL(2, told.size());
    CHECK_TEXT_EQUAL(waiting, told[1].number);
    CHECK_TRUE(told[1].state == AppointmentState::Offered && told[1].held_until);
    now = *told[1].held_until;
    CHECK_TRUE(std::ranges::none_of(GOOD(store().reminders(box(), now)), [&](const Reminder& one) { return one.number == waiting; }));
}
