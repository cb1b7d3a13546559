// Many at once, on several instances of one database: a slot is never given twice, nothing is lost, nothing is done twice.

#include <atomic>
#include <random>
#include <thread>

#include "middleware/base/format.h"
#include "tests/platform/booking/many_at_once.h"
#include "tests/platform/booking/postgres_server.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::Instances;
using linli::tests::Notes;
using linli::tests::PostgresServer;
using linli::tests::result_of;
using linli::tests::together;

namespace {

constexpr year_month_day kTuesday = 2026y / 11 / 24;

}  // namespace

ON_BOTH_GROUP(Contention);

ON_BOTH(Contention, ASlotIsNeverGivenTwice) {
    constexpr std::size_t kResidents = 12, kDesks = 20;
    constexpr int kPlaces = 3;
    auto plan = schedule();
    plan.places = kPlaces;
    plan.hours.open = {{0b0011111, 9h, 15h}};
    plan.horizon_days = 2;
    put(plan);
    add_household(kResidents);
    auto slots = GOOD(store().slots(box(), key_of(), kTuesday, now));
    LONGS_EQUAL(12, slots.size());
    Instances instances(*this);
    Notes notes, numbers;
    together(kResidents + kDesks, [&](std::size_t client) {
        for (std::size_t turn = 0; turn < slots.size(); ++turn) {
            const Slot& slot = slots[(turn + client / 8) % slots.size()];
            BookingStore::Answer<Appointment> answer;
            if (client < kResidents) {
                auto who = caller(static_cast<int>(client) + 1);
                answer = instances[client].hold(who, new_key(), slot.ref, now);
                if (result_of(answer) == "good") {
                    auto number = std::get<Appointment>(*answer).number;
                    // The platform's other half of the time it is another instance that confirms.
                    answer = instances[client + turn].confirm(who, new_key(), number, now);
                }
            } else {
                answer = instances[client].book_at_desk(key_of(), slot.start, new_key(), now);
            }
            notes.add(result_of(answer));
            if (result_of(answer) == "good") {
                notes.add(slot.ref);
                numbers.add(std::get<Appointment>(*answer).number);
            }
        }
    });
    for (const Slot& slot : slots) LONGS_EQUAL(kPlaces, notes[slot.ref]);
    std::int64_t given = static_cast<std::int64_t>(slots.size()) * kPlaces;
    CHECK_TEXT_EQUAL(base::format("good {} slot-taken {}", given, (kResidents + kDesks) * 12 - given),
                     base::format("good {} slot-taken {}", notes["good"], notes["slot-taken"]));
    LONGS_EQUAL(given, numbers.size());
    LONGS_EQUAL(given, counted("booked"));
    LONGS_EQUAL(0, ask("SELECT COUNT(*) FROM slot WHERE taken > places"));
}

ON_BOTH(Contention, OneKeyIsOneBookingHoweverOftenItComes) {
    auto plan = schedule();
    plan.places = 10;
    put(plan);
    add_household();
    std::string ref = slot(kTuesday, 9);
    Instances instances(*this);
    for (int round = 0; round < 5; ++round) {
        std::string key = new_key(), desk_key = new_key();
        Notes numbers;
        together(8, [&](std::size_t client) {
            auto answer = client % 2 == 0 ? instances[client / 2].hold(caller(), key, ref, now)
                                          : instances[client / 2].book_at_desk(key_of(), at(kTuesday, 9, 30), desk_key, now);
            numbers.add(result_of(answer) == "good" ? std::get<Appointment>(*answer).number : result_of(answer));
        });
        LONGS_EQUAL_TEXT(2, numbers.size(), numbers.all().c_str());
    }
    CHECK_TEXT_EQUAL("09:00 9/10, 09:30 5/10, 10:00 10/10, 10:30 10/10", free_slots(kTuesday));
}

ON_BOTH(Contention, ChangesSwapWithoutLosingAPlace) {
    constexpr std::size_t kResidents = 6;
    auto plan = schedule();
    plan.hours.open = {{0b0011111, 9h, 12h + 30min}};
    put(plan);
    add_household(kResidents);
    auto slots = GOOD(store().slots(box(), key_of(), kTuesday, now));
    LONGS_EQUAL(kResidents + 1, slots.size());
    std::vector<std::string> numbers;
    for (std::size_t member = 0; member < kResidents; ++member)
        numbers.push_back(book(slots[member].ref, static_cast<int>(member) + 1).number);
    Instances instances(*this);
    Notes notes;
    together(kResidents, [&](std::size_t client) {
        std::minstd_rand random(static_cast<unsigned>(client) + 1);
        for (int turn = 0; turn < 30; ++turn)
            notes.add(result_of(instances[client].change(caller(static_cast<int>(client) + 1), new_key(), numbers[client],
                                                         slots[random() % slots.size()].ref, now)));
    });
    LONGS_EQUAL_TEXT(kResidents * 30, notes["good"] + notes["slot-taken"] + notes["already-booked"], notes.all().c_str());
    CHECK_TRUE(notes["good"] > 0);
    LONGS_EQUAL(kResidents, ask("SELECT SUM(taken) FROM slot"));
    LONGS_EQUAL(1, ask("SELECT MAX(taken) FROM slot"));
    for (std::size_t member = 0; member < kResidents; ++member)
        CHECK_TEXT_EQUAL("booked", state(numbers[member], static_cast<int>(member) + 1));
}

ON_BOTH(Contention, AQuotaHoldsAgainstOneselfToo) {
    auto plan = schedule();
    plan.quota = 2;
    plan.hours.open = {{0b0011111, 9h, 13h}};
    put(plan);
    add_household();
    auto slots = GOOD(store().slots(box(), key_of(), kTuesday, now));
    Instances instances(*this);
    Notes notes;
    together(8, [&](std::size_t client) {
        for (int turn = 0; turn < 5; ++turn) {
            auto held = instances[client].hold(caller(), new_key(), slots[client].ref, now);
            if (result_of(held) != "good") continue;
            notes.add(result_of(
                instances[client].confirm(caller(), new_key(), std::get<Appointment>(*held).number, now)));
        }
    });
    // Each hold takes the place of the member's last one: how many were confirmed in time is a matter of luck.
    int booked = notes["good"];
    CHECK_TRUE(booked <= 2);
    LONGS_EQUAL(booked, ask("SELECT COUNT(*) FROM appointment WHERE state = 'booked'"));
    // One after the other, he gets what is left of his quota and no more.
    Notes afterwards;
    for (const platform::Slot& slot : slots) {
        auto held = store().hold(caller(), new_key(), slot.ref, now);
        if (result_of(held) != "good") {
            afterwards.add(result_of(held));
            continue;
        }
        auto number = std::get<Appointment>(*held).number;
        CHECK_TEXT_EQUAL("good", result_of(store().confirm(caller(), new_key(), number, now)));
        ++booked;
    }
    LONGS_EQUAL(2, booked);
    LONGS_EQUAL(2, ask("SELECT COUNT(*) FROM appointment WHERE state = 'booked'"));
    CHECK_TRUE(afterwards["quota"] > 0);
}

ON_BOTH(Contention, EveryWrongPinCounts) {
    add_household();
    Instances instances(*this);
    Notes notes;
    together(8, [&](std::size_t client) {
        notes.add(result_of(instances[client].open_session(box(), "m1", base::format("000{}", client), now)));
    });
    CHECK_TEXT_EQUAL("locked 4, wrong-pin 4, ", notes.all());
}

ON_BOTH(Contention, InstancesThatTendTogetherDoItOnce) {
    auto plan = schedule();
    plan.has_waiting_list = true;
    plan.horizon_days = 2;
    plan.hours.open = {{0b110, 9h, 11h}};
    put(plan);
    add_household(6);
    auto slots = GOOD(store().slots(box(), key_of(), kTuesday, now));
    for (int member : {1, 2, 3, 4}) hold(slots[static_cast<std::size_t>(member) - 1].ref, member);
    wait(5);
    wait(6);
    now += 6min;
    Instances instances(*this);
    Notes notes;
    together(8, [&](std::size_t client) { notes.add(instances[client].tend(now) ? "good" : "bad"); });
    CHECK_TEXT_EQUAL("good 8, ", notes.all());
    LONGS_EQUAL(2, ask("SELECT COUNT(*) FROM appointment WHERE state = 'offered'"));
    LONGS_EQUAL(4, ask("SELECT COUNT(*) FROM appointment WHERE state = 'expired'"));
    LONGS_EQUAL(2, ask("SELECT SUM(taken) FROM slot"));
    now += 24h;
    together(8, [&](std::size_t client) { notes.add(instances[client].tend(now) ? "good" : "bad"); });
    CHECK_TEXT_EQUAL("good 16, ", notes.all());
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(2026y / 11 / 25));
}

ON_BOTH(Contention, NobodyIsLeftInASessionThatFellOut) {
    auto plan = schedule();
    plan.places = 100;
    put(plan);
    add_household(4);
    auto slots = GOOD(store().slots(box(), key_of(), kTuesday, now));
    Instances instances(*this);
    Notes notes;
    std::atomic<int> called_off = 0;
    together(9, [&](std::size_t client) {
        if (client == 8) {
            std::this_thread::sleep_for(30ms);
            auto cancelled = instances[0].cancel_session(key_of(), at(kTuesday, 0), at(kTuesday, 23), "停电", now);
            called_off = cancelled.value_or(-1);
            return;
        }
        for (int turn = 0; turn < 12; ++turn)
            notes.add(result_of(instances[client].book_at_desk(key_of(), slots[turn % slots.size()].start, new_key(), now)));
    });
    LONGS_EQUAL(96, notes["good"] + notes["unknown-slot"] + notes["slot-taken"]);
    LONGS_EQUAL(notes["good"], called_off.load());
    LONGS_EQUAL(0, ask("SELECT SUM(taken) FROM slot"));
}

ON_BOTH(Contention, InstancesThatStartTogetherMakeTheTablesOnce) {
    Notes notes;
    std::string fresh = database.starts_with("postgresql:") ? PostgresServer::instance().make_database() : database + "2";
    together(6, [&](std::size_t) {
        auto opened = open_booking_store({fresh});
        notes.add(opened ? "good" : opened.error().message);
    });
    CHECK_TEXT_EQUAL("good 6, ", notes.all());
    if (fresh.starts_with("postgresql:")) PostgresServer::instance().drop_database(fresh);
}
