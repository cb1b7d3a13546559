// Many at once, on several instances of one database: a slot is never given twice, nothing is lost, nothing is done twice.

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "middleware/base/format.h"
#include "tests/platform/booking/postgres_server.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::PostgresServer;
using linli::tests::refusal_of;
using linli::tests::StoreTest;

namespace {

constexpr year_month_day kTuesday = 2026y / 11 / 24;

/// Several instances of the platform, each with connections of its own.
struct Instances {
    explicit Instances(StoreTest& test, int count = 4) {
        for (int i = 0; i < count; ++i) stores.push_back(test.open());
    }
    BookingStore& operator[](std::size_t client) { return *stores[client % stores.size()]; }
    std::vector<std::unique_ptr<BookingStore>> stores;
};

void together(std::size_t clients, const std::function<void(std::size_t)>& act) {
    std::vector<std::jthread> threads;
    for (std::size_t client = 0; client < clients; ++client) threads.emplace_back([&act, client] { act(client); });
}

/// What threads saw, to be checked when they are done: CppUTest's checks are for its own thread.
class Notes {
  public:
    void add(const std::string& what) {
        std::lock_guard lock(mutex_);
        ++counts_[what];
    }
    std::int64_t operator[](const std::string& what) {
        std::lock_guard lock(mutex_);
        return counts_[what];
    }
    std::string all() {
        std::lock_guard lock(mutex_);
        std::string text;
        for (const auto& [what, count] : counts_) text += base::format("{} {}, ", what, count);
        return text;
    }
    std::size_t size() {
        std::lock_guard lock(mutex_);
        return counts_.size();
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::int64_t> counts_;  // guarded by mutex_
};

template <typename T>
std::string result_of(const BookingStore::Answer<T>& answer) {
    std::string refusal = refusal_of(answer);
    return refusal.empty() ? "good" : refusal;
}

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
    LONGS_EQUAL(2, notes["good"]);
    LONGS_EQUAL(2, ask("SELECT COUNT(*) FROM appointment WHERE state = 'booked'"));
    CHECK_TRUE(ask("SELECT COUNT(*) FROM appointment WHERE state = 'held'") == 0);
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

TEST_GROUP(PostgresAway){};

TEST(PostgresAway, ARestartLosesNothingAndDoublesNothing) {
    tests::StoreTest test(tests::Backend::Postgres);
    auto plan = StoreTest::schedule();
    plan.places = 1'000'000;
    test.put(plan);
    PostgresServer& server = PostgresServer::instance();
    Instances instances(test);
    std::atomic<int> done = 0;
    std::atomic<bool> is_over = false;
    Notes numbers, errors;
    constexpr std::size_t kClients = 8;
    std::jthread office([&] {
        together(kClients, [&](std::size_t client) {
            for (int turn = 0; turn < 40 || !is_over; ++turn) {
                std::string key = StoreTest::new_key();
                // As a box does: the same key again, at whichever instance, until the answer is known.
                for (std::size_t tries = 0;; ++tries) {
                    auto answer = instances[client + tries].book_at_desk(StoreTest::key_of(), StoreTest::at(kTuesday, 9), key, test.now);
                    if (answer) {
                        numbers.add(result_of(answer) == "good" ? std::get<Appointment>(*answer).number : result_of(answer));
                        break;
                    }
                    errors.add(answer.error().message);
                }
                ++done;
            }
        });
    });
    for (auto ending : {PostgresServer::Ending::Fast, PostgresServer::Ending::Immediate, PostgresServer::Ending::Immediate}) {
        int before = done;
        while (done < before + 40) std::this_thread::sleep_for(1ms);
        server.stop(ending);
        server.start();
    }
    is_over = true;
    office.join();
    LONGS_EQUAL_TEXT(done.load(), numbers.size(), errors.all().c_str());
    LONGS_EQUAL(done.load(), test.ask("SELECT COUNT(*) FROM appointment"));
    LONGS_EQUAL(done.load(), test.counted("booked"));
    test.check_places();
}

TEST(PostgresAway, IsSaidWhenItStaysAway) {
    PostgresServer& server = PostgresServer::instance();
    std::string database = server.make_database();
    auto opened = open_booking_store({.database = database, .patience = 300ms});
    CHECK_GOOD(opened);
    server.stop(PostgresServer::Ending::Fast);
    auto answer = (*opened)->members("token:x");
    auto none = open_booking_store({.database = "postgresql://linli@/x?host=/nowhere", .patience = 0ms});
    server.start();
    CHECK_FALSE(answer.has_value());
    STRCMP_CONTAINS("database", answer.error().message.c_str());
    CHECK_FALSE(none.has_value());
    CHECK_TEXT_EQUAL("unknown-box", refusal_of((*opened)->members("token:x")));
    CHECK_FALSE(open_booking_store({"postgresql://[::1"}).has_value());
    opened->reset();
    server.drop_database(database);
}
