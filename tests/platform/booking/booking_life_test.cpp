// The life of an appointment, as far as one resident and one office can take it.

#include <functional>
#include <set>

#include "middleware/base/format.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::kMonday;
using linli::tests::refusal_of;
using linli::tests::StoreTest;
using State = AppointmentState;
using Event = AppointmentEvent;
using Verdict = BookingStore::Verdict;

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

namespace {

/// Brings an appointment into each state, and each event upon it.
struct Machine {
    StoreTest& test;
    std::string id;
    std::string other_slot;

    std::string make(State state) {
        auto schedule = StoreTest::schedule(id);
        schedule.has_waiting_list = true;
        schedule.horizon_days = 2;
        schedule.hours.open = {{0b10, 9h, 10h}};
        if (state == State::Pending) schedule.confirmation = Confirmation::ByHand;
        test.put(schedule);
        std::string first = test.slot(kTuesday, 9, 0, id);
        other_slot = test.slot(kTuesday, 9, 30, id);
        if (state == State::Waiting || state == State::Offered) return make_waiting(state);
        Appointment held = test.hold(first);
        if (state == State::Held) return held.number;
        if (state == State::Expired) {
            run_out();
            return held.number;
        }
        GOOD(test.store().confirm(test.caller(), StoreTest::new_key(), held.number, test.now));
        if (state == State::Cancelled) GOOD(test.store().cancel(test.caller(), StoreTest::new_key(), held.number, test.now));
        auto before = test.now;
        test.now = StoreTest::at(kTuesday, 9, 1);
        if (state == State::Fulfilled) test.judge(held.number, Verdict::Attended);
        if (state == State::Missed) test.judge(held.number, Verdict::Missed);
        test.now = before;
        return held.number;
    }

    std::string make_waiting(State state) {
        std::string of_desk = test.book_desk(StoreTest::at(kTuesday, 9), id).number;
        test.book_desk(StoreTest::at(kTuesday, 9, 30), id);
        Appointment waiting = test.wait(1, id);
        if (state == State::Offered) test.judge(of_desk, Verdict::CalledOff);
        return waiting.number;
    }

    /// Holds end, and by then the offers too.
    void run_out() {
        CHECK_GOOD(test.store().tend(StoreTest::at(kTuesday, 9)));
        // His session has ended meanwhile.
        test.sign_in();
    }

    /// Why the event was refused; empty where it was not.
    std::string happen(const std::string& number, Event event) {
        auto& store = test.store();
        auto judge = [&](Verdict verdict) {
            auto when = verdict == Verdict::Attended || verdict == Verdict::Missed ? StoreTest::at(kTuesday, 9, 45) : test.now;
            return refusal_of(store.judge(number, verdict, "", when));
        };
        switch (event) {
            case Event::Confirm: return refusal_of(store.confirm(test.caller(), StoreTest::new_key(), number, test.now));
            case Event::Change:
                return refusal_of(store.change(test.caller(), StoreTest::new_key(), number, other_slot, test.now));
            case Event::Cancel: return refusal_of(store.cancel(test.caller(), StoreTest::new_key(), number, test.now));
            case Event::Agree: return judge(Verdict::Agreed);
            case Event::CallOff: return judge(Verdict::CalledOff);
            case Event::Attend: return judge(Verdict::Attended);
            case Event::Miss: return judge(Verdict::Missed);
            default: return "not asked for";
        }
    }

    std::string state_of(const std::string& number) {
        // The expired ones that nobody waited for are not the resident's any more, so the outcome is not asked of `mine`.
        std::string state = test.state(number);
        return state == "unknown-number" ? "expired" : state;
    }
};

}  // namespace

ON_BOTH(Bookings, EveryStateAndEventIsAsTheTableSays) {
    add_household();
    int tried = 0;
    for (State state : {State::Held, State::Pending, State::Booked, State::Waiting, State::Offered, State::Fulfilled,
                        State::Missed, State::Cancelled, State::Expired}) {
        for (Event event : {Event::Confirm, Event::Change, Event::Cancel, Event::Agree, Event::CallOff, Event::Attend,
                            Event::Miss}) {
            Machine machine{*this, base::format("s{}", tried++), ""};
            std::string number = machine.make(state);
            std::string what = base::format("{} with event {}", to_name(state), static_cast<int>(event));
            STRCMP_EQUAL_TEXT(std::string(to_name(state)).c_str(), machine.state_of(number).c_str(), what.c_str());
            auto to = after(state, event, Confirmation::Automatic);
            std::string refusal = machine.happen(number, event);
            STRCMP_EQUAL_TEXT(to ? "" : "wrong-state", refusal.c_str(), what.c_str());
            std::string expected(to_name(to.value_or(state)));
            std::string is = machine.state_of(number);
            // A hold that was cancelled is not shown to him any more either.
            if (expected == "cancelled" && state == State::Held) expected = "expired";
            STRCMP_EQUAL_TEXT(expected.c_str(), is.c_str(), what.c_str());
        }
    }
    LONGS_EQUAL(63, tried);
}

ON_BOTH(Bookings, TimeEndsHoldsAndOffersAndNothingElse) {
    add_household();
    int tried = 0;
    for (State state : {State::Held, State::Pending, State::Booked, State::Waiting, State::Offered}) {
        Machine machine{*this, base::format("s{}", tried++), ""};
        std::string number = machine.make(state);
        machine.run_out();
        auto to = after(state, Event::TimeRanOut, Confirmation::Automatic).value_or(state);
        // Who waits gets the place of a hold that ran out at the same time; here nobody held one.
        CHECK_TEXT_EQUAL(to_name(to), machine.state_of(number));
    }
}

ON_BOTH(Bookings, AnOfficeThatConfirmsByHandHasTheLastWord) {
    auto by_hand = schedule();
    by_hand.confirmation = Confirmation::ByHand;
    put(by_hand);
    add_household();
    Appointment pending = book(slot(kTuesday, 9));
    CHECK_TEXT_EQUAL("pending", to_name(pending.state));
    LONGS_EQUAL(1, counted("pending"));
    LONGS_EQUAL(0, counted("booked"));
    judge(pending.number, Verdict::Agreed, "三楼施工，请走南门");
    CHECK_TEXT_EQUAL("booked", state(pending.number));
    CHECK_TEXT_EQUAL("三楼施工，请走南门", GOOD(store().mine(caller(), now)).front().note);
    CHECK_TEXT_EQUAL("unknown-number", refusal_of(store().judge("YY-0000-0000", Verdict::Agreed, "", now)));
}

ON_BOTH(Bookings, AreAttendedAfterTheirStartOnly) {
    put(schedule());
    add_household();
    Appointment booked = book(slot(kTuesday, 9));
    CHECK_TEXT_EQUAL("wrong-state", refusal_of(store().judge(booked.number, Verdict::Attended, "", at(kTuesday, 8, 59))));
    CHECK_TEXT_EQUAL("", refusal_of(store().judge(booked.number, Verdict::Missed, "", at(kTuesday, 9))));
    LONGS_EQUAL(1, counted("missed"));
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

ON_BOTH(Bookings, APlaceThatComesFreeIsOfferedToTheLongestWaiting) {
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

ON_BOTH(Bookings, AnOfferThatNobodyTakesGoesToTheNext) {
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

ON_BOTH(Bookings, NewDaysAreOfferedToThoseWhoWait) {
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

ON_BOTH(Bookings, WaitingHasItsRules) {
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

ON_BOTH(Bookings, TheDesksSlotsAreTheTelevisions) {
    put(schedule());
    add_household();
    std::string key = new_key();
    Appointment desk = GOOD(store().book_at_desk(key_of(), at(kTuesday, 9), key, now));
    CHECK_TEXT_EQUAL("booked", to_name(desk.state));
    CHECK_TEXT_EQUAL(desk.number, GOOD(store().book_at_desk(key_of(), at(kTuesday, 9), key, now)).number);
    CHECK_TEXT_EQUAL("key-reused", refusal_of(store().book_at_desk(key_of(), at(kTuesday, 9, 30), key, now)));
    CHECK_TEXT_EQUAL("slot-taken", refusal_of(store().hold(caller(), new_key(), slot(kTuesday, 9), now)));
    book(slot(kTuesday, 9, 30));
    CHECK_TEXT_EQUAL("slot-taken", refusal_of(store().book_at_desk(key_of(), at(kTuesday, 9, 30), new_key(), now)));
    CHECK_TEXT_EQUAL("unknown-slot", refusal_of(store().book_at_desk(key_of(), at(kTuesday, 9, 15), new_key(), now)));
    CHECK_TEXT_EQUAL("malformed", refusal_of(store().book_at_desk(key_of(), at(kTuesday, 10), "key", now)));
    CHECK_TEXT_EQUAL("too-late", refusal_of(store().book_at_desk(key_of(), at(kTuesday, 10), new_key(), at(kTuesday, 10, 30))));

    auto list = store().desk_list(key_of(), at(kTuesday, 0), at(kWednesday, 0));
    CHECK_GOOD(list);
    LONGS_EQUAL(2, list->size());
    CHECK_TEXT_EQUAL("", (*list)[0].masked_name);
    CHECK_TEXT_EQUAL("张*1", (*list)[1].masked_name);
    CHECK_TRUE((*list)[1].start == at(kTuesday, 9, 30) && (*list)[1].length == 30min);
    CHECK_TEXT_EQUAL("booked", (*list)[1].state);
    judge(desk.number, Verdict::CalledOff);
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 0/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
}

ON_BOTH(Bookings, ASessionThatFallsOutCallsEverybodyOff) {
    auto two = schedule();
    two.places = 2;
    two.has_waiting_list = true;
    put(two);
    add_household(3);
    std::string nine = slot(kTuesday, 9);
    Appointment first = book(nine, 1), second = book(nine, 2), later = book(slot(kTuesday, 10), 1);
    Appointment held = hold(slot(kTuesday, 9, 30), 3);
    auto called_off = store().cancel_session(key_of(), at(kTuesday, 9), at(kTuesday, 10), "医生请假", now);
    CHECK_GOOD(called_off);
    LONGS_EQUAL(2, *called_off);
    for (int member : {1, 2}) {
        Appointment appointment = GOOD(store().mine(caller(member), now)).front();
        CHECK_TEXT_EQUAL("cancelled", to_name(appointment.state));
        CHECK_TEXT_EQUAL("office", appointment.cancelled_by);
        CHECK_TEXT_EQUAL("医生请假", appointment.note);
    }
    CHECK_TEXT_EQUAL("booked", state(later.number));
    CHECK_TEXT_EQUAL("wrong-state", refusal_of(store().confirm(caller(3), new_key(), held.number, now)));
    CHECK_TEXT_EQUAL("10:00 1/2, 10:30 2/2", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("unknown-slot", refusal_of(store().hold(caller(3), new_key(), nine, now)));
    LONGS_EQUAL(2, counted("called-off"));
    // The office's hours, read again, bring it back no more.
    put(two);
    CHECK_TEXT_EQUAL("10:00 1/2, 10:30 2/2", free_slots(kTuesday));
    CHECK_GOOD(store().cancel_session(key_of(), at(kWednesday, 0), at(kWednesday, 23), "停电", now));
    CHECK_TEXT_EQUAL("停电", GOOD(store().days(box(), key_of(), now))[2].closed);
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
    CHECK_TEXT_EQUAL("unknown-box", refusal_of(store().reminders("", now)));
}

ON_BOTH(Bookings, AreCountedByDayWithoutNames) {
    put(schedule());
    add_household();
    GOOD(store().cancel(caller(), new_key(), book(slot(kTuesday, 9)).number, now));
    book(slot(kTuesday, 9));
    now += 24h;
    sign_in();
    book(slot(kWednesday, 9));
    for (int round = 0; round < 2; ++round) {
        auto monday = store().progress(2026y / 11 / 23, 2026y / 11 / 23);
        CHECK_GOOD(monday);
        std::string text;
        for (const auto& row : *monday) text += base::format("{} {} {}, ", row.service.str(), row.what, row.count);
        CHECK_TEXT_EQUAL("12/0101#check booked 2, 12/0101#check cancelled 1, ", text);
        LONGS_EQUAL(3, counted("booked"));
        // Summing up changes nothing.
        CHECK_GOOD(store().tend(now));
    }
}
