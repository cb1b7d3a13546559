// Several real linli-platform on one database. One is killed and started again, then PostgreSQL goes away and comes back, while
// residents book through whichever answers.

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "middleware/net/http_client.h"
#include "platform/appointments/messages.h"
#include "tests/platform/booking/many_at_once.h"
#include "tests/platform/booking/platform_process.h"
#include "tests/platform/booking/postgres_server.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::Notes;
using linli::tests::PlatformProcess;
using linli::tests::PostgresServer;
using linli::tests::StoreTest;

namespace {

constexpr int kResidents = 4;
constexpr std::size_t kInstances = 3;

/// Where the instances are at present.
class Addresses {
  public:
    std::string get(std::size_t instance) const {
        std::lock_guard lock(mutex_);
        return urls_[instance % kInstances];
    }
    void set(std::size_t instance, const std::string& url) {
        std::lock_guard lock(mutex_);
        urls_[instance] = url;
    }

  private:
    mutable std::mutex mutex_;
    std::string urls_[kInstances];  // guarded by mutex_
};

/// A box: sends a change with the same key, to one instance or the other, until it gets an answer.
class Box {
  public:
    Box(const Addresses& addresses, std::size_t number, std::string session)
        : addresses_(addresses), instance_(number), session_(std::move(session)) {}

    /// The number of the appointment, or what was said instead.
    std::string insist(const ChangeQuestion& question) {
        std::string body = write_change(question);
        for (;; ++instance_) {
            auto answer = http_.post({.url = addresses_.get(instance_) + "/appointments/" + question.request, .body = body,
                                      .media_type = "application/xml", .bearer_token = "box-token-1",
                                      .headers = {"Linli-Session: " + session_}}, {});
            if (answer && answer->status != 503) {
                auto appointment = read_appointment(answer->body);
                return answer->status == 200 && appointment ? appointment->number : answer->body;
            }
            std::this_thread::sleep_for(5ms);
        }
    }

  private:
    const Addresses& addresses_;
    std::size_t instance_;
    std::string session_;
    net::HttpClient http_{{.user_agent = "tests"}};
};

/// `befall` comes over the database while residents book.
void prove_that_nothing_is_lost_or_doubled(StoreTest& test, const std::function<void()>& befall) {
    test.now = floor<seconds>(system_clock::now());
    auto plan = StoreTest::schedule();
    plan.places = 1'000'000;
    plan.hours.open = {{0b1111111, 0h, 24h}};
    plan.quota = 1'000'000;
    test.put(plan);
    test.add_household(kResidents);
    std::string ref = test.slot(sys_days(test.store().zone().date_of(test.now)) + days(2), 9);

    std::unique_ptr<PlatformProcess> instances[kInstances];
    Addresses addresses;
    auto start = [&](std::size_t instance) {
        instances[instance] = std::make_unique<PlatformProcess>(std::vector<std::string>{"--database", test.database});
        addresses.set(instance, instances[instance]->url());
    };
    for (std::size_t instance = 0; instance < kInstances; ++instance) start(instance);

    std::atomic<int> done = 0;
    std::atomic<bool> is_over = false;
    Notes numbers;
    auto book_and_cancel = [&](Box& box) {
        std::string number = box.insist({"hold", StoreTest::new_key(), "", ref, ""});
        for (const char* request : {"confirm", "cancel"})
            if (std::string said = box.insist({request, StoreTest::new_key(), number, "", ""}); said != number) number += said;
        numbers.add(number);
        ++done;
    };
    std::vector<std::jthread> residents;
    for (int resident = 0; resident < kResidents; ++resident)
        residents.emplace_back([&, resident] {
            Box box(addresses, static_cast<std::size_t>(resident), std::string(test.caller(resident + 1).session));
            while (!is_over) book_and_cancel(box);
        });
    auto wait_for_more = [&] {
        for (int before = done; done < before + 12;) std::this_thread::sleep_for(1ms);
    };
    wait_for_more();
    instances[0]->kill();
    wait_for_more();
    start(0);
    wait_for_more();
    befall();
    wait_for_more();
    is_over = true;
    residents.clear();

    LONGS_EQUAL_TEXT(done.load(), numbers.size(), numbers.all().c_str());
    CHECK_FALSE_TEXT(numbers.all().contains("refusal"), numbers.all().c_str());
    LONGS_EQUAL(done.load(), test.ask("SELECT COUNT(*) FROM appointment WHERE state = 'cancelled'"));
    LONGS_EQUAL(done.load(), test.ask("SELECT COUNT(*) FROM appointment"));
    LONGS_EQUAL(done.load(), test.counted("booked"));
    LONGS_EQUAL(done.load(), test.counted("cancelled"));
    test.check_places();
}

}  // namespace

TEST_GROUP(PlatformInstances){};

TEST(PlatformInstances, OneThatIsKilledAndADatabaseThatGoesAwayLoseAndDoubleNothing) {
    StoreTest test(tests::Backend::Postgres);
    prove_that_nothing_is_lost_or_doubled(test, [] {
        PostgresServer::instance().stop(PostgresServer::Ending::Immediate);
        PostgresServer::instance().start();
    });
}

TEST(PlatformInstances, OneThatIsKilledBesideOthersOnOneFileLosesAndDoublesNothing) {
    StoreTest test(tests::Backend::Sqlite);
    prove_that_nothing_is_lost_or_doubled(test, [] {});
}
