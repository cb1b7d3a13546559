// Every state of an appointment and every event upon it, through the store.

#include "middleware/base/format.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::refusal_of;
using linli::tests::StoreTest;
using State = AppointmentState;
using Event = AppointmentEvent;
using Verdict = BookingStore::Verdict;

namespace {

constexpr year_month_day kTuesday = 2026y / 11 / 24;

}  // namespace

ON_BOTH_GROUP(States);

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

ON_BOTH(States, EveryStateAndEventIsAsTheTableSays) {
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

ON_BOTH(States, TimeEndsHoldsAndOffersAndNothingElse) {
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
