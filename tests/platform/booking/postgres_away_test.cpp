// The server goes away in the middle of work, by order and at once, and comes back.

#include <atomic>
#include <thread>

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
using linli::tests::refusal_of;
using linli::tests::result_of;
using linli::tests::StoreTest;
using linli::tests::together;

namespace {

constexpr year_month_day kTuesday = 2026y / 11 / 24;

}  // namespace

TEST_GROUP(PostgresAway){};

namespace {

/// As a box does: the same key again, at whichever instance, until the answer is known.
std::string insist(Instances& instances, std::size_t client, Notes& errors,
                   const std::function<BookingStore::Answer<Appointment>(BookingStore&)>& ask) {
    for (std::size_t tries = 0;; ++tries) {
        auto answer = ask(instances[client + tries]);
        if (!answer) {
            errors.add(answer.error().message);
            continue;
        }
        std::string result = result_of(answer);
        return result == "good" ? std::get<Appointment>(*answer).number : result;
    }
}

}  // namespace

TEST(PostgresAway, ARestartLosesNothingAndDoublesNothing) {
    constexpr int kResidents = 3;
    constexpr std::size_t kClients = 8;
    tests::StoreTest test(tests::Backend::Postgres);
    auto plan = StoreTest::schedule();
    plan.places = 1'000'000;
    plan.hours.open = {{0b0011111, 0h, 24h}};
    plan.quota = 1'000'000;
    test.put(plan);
    test.add_household(kResidents);
    std::string ref = test.slot(kTuesday, 9);
    PostgresServer& server = PostgresServer::instance();
    Instances instances(test);
    std::atomic<int> done = 0;
    std::atomic<bool> is_over = false;
    Notes numbers, errors;
    auto book_at_desk = [&](std::size_t client) {
        std::string key = StoreTest::new_key();
        numbers.add(insist(instances, client, errors, [&](BookingStore& store) {
            return store.book_at_desk(StoreTest::key_of(), StoreTest::at(kTuesday, 10), key, test.now);
        }));
        ++done;
    };
    // Books and cancels, so that he may have the next at the same time.
    auto book_and_cancel = [&](std::size_t client) {
        auto who = test.caller(static_cast<int>(client) + 1);
        std::string hold = StoreTest::new_key(), confirm = StoreTest::new_key(), cancel = StoreTest::new_key();
        std::string number = insist(instances, client, errors,
                                    [&](BookingStore& store) { return store.hold(who, hold, ref, test.now); });
        for (const auto& result :
             {insist(instances, client, errors,
                     [&](BookingStore& store) { return store.confirm(who, confirm, number, test.now); }),
              insist(instances, client, errors,
                     [&](BookingStore& store) { return store.cancel(who, cancel, number, test.now); })})
            if (result != number) numbers.add("not " + number + " but " + result);
        numbers.add(number);
        ++done;
    };
    std::jthread everybody([&] {
        together(kClients, [&](std::size_t client) {
            for (int turn = 0; turn < 20 || !is_over; ++turn)
                client < kResidents ? book_and_cancel(client) : book_at_desk(client);
        });
    });
    for (auto ending : {PostgresServer::Ending::Fast, PostgresServer::Ending::Immediate, PostgresServer::Ending::Immediate}) {
        int before = done;
        while (done < before + 40) std::this_thread::sleep_for(1ms);
        server.stop(ending);
        server.start();
    }
    is_over = true;
    everybody.join();
    LONGS_EQUAL_TEXT(done.load(), numbers.size(), errors.all().c_str());
    LONGS_EQUAL(done.load(), test.ask("SELECT COUNT(*) FROM appointment"));
    LONGS_EQUAL(done.load(), test.counted("booked"));
    LONGS_EQUAL(test.counted("cancelled"), test.ask("SELECT COUNT(*) FROM appointment WHERE state = 'cancelled'"));
    LONGS_EQUAL(0, test.ask("SELECT COUNT(*) FROM appointment WHERE state = 'held'"));
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
