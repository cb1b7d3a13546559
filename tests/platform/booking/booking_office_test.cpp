// What an office does, and what it is told.

#include "middleware/base/format.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::refusal_of;
using Verdict = BookingStore::Verdict;

namespace {

constexpr year_month_day kTuesday = 2026y / 11 / 24;
constexpr year_month_day kWednesday = 2026y / 11 / 25;

}  // namespace

ON_BOTH_GROUP(Office);

ON_BOTH(Office, AnOfficeThatConfirmsByHandHasTheLastWord) {
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

ON_BOTH(Office, AreAttendedAfterTheirStartOnly) {
    put(schedule());
    add_household();
    Appointment booked = book(slot(kTuesday, 9));
    CHECK_TEXT_EQUAL("wrong-state", refusal_of(store().judge(booked.number, Verdict::Attended, "", at(kTuesday, 8, 59))));
    CHECK_TEXT_EQUAL("", refusal_of(store().judge(booked.number, Verdict::Missed, "", at(kTuesday, 9))));
    LONGS_EQUAL(1, counted("missed"));
}

ON_BOTH(Office, TheDesksSlotsAreTheTelevisions) {
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

ON_BOTH(Office, ASessionThatFallsOutCallsEverybodyOff) {
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

ON_BOTH(Office, AreCountedByDayWithoutNames) {
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
        for (const auto& row : *monday) text += base::format("{} {} {}, ", row.service, row.what, row.count);
        CHECK_TEXT_EQUAL("12/0101#check booked 2, 12/0101#check cancelled 1, ", text);
        LONGS_EQUAL(3, counted("booked"));
        // Summing up changes nothing.
        CHECK_GOOD(store().tend(now));
    }
}
