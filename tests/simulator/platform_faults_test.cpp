#include "simulator/platform_faults.h"

#include <atomic>
#include <thread>

#include "middleware/net/http_client.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;
using namespace std::chrono_literals;

// clang-format off
TEST_GROUP(PlatformFaults) {
    PlatformFaults faults;
    std::atomic<int> asked = 0;
    std::unique_ptr<base::Log> log = base::make_silent_log();
    net::HttpClient http{{.user_agent = "tests"}};
    std::unique_ptr<net::HttpServer> server;

    void setup() override {
        net::HttpRoutes routes;
        routes.handle("/", [this](const net::HttpRequest&) {
            ++asked;
            net::HttpResponse response;
            response.body = "an answer";
            return response;
        });
        faults.put_around(routes);
        auto started = net::HttpServer::start({}, std::move(routes), *log);
        CHECK_GOOD(started);
        server = std::move(*started);
    }
    void teardown() override {
        faults.end();
        server.reset();
    }
    /// What came, or "nothing".
    std::string ask(net::HttpClient& client, const std::string& path) {
        auto answer = client.get({server->url() + path}, {});
        return answer ? answer->body : "nothing";
    }
    std::string ask(const std::string& path) { return ask(http, path); }
};
// clang-format on

TEST(PlatformFaults, OffNobodyGetsAnAnswerOrAnythingDone) {
    CHECK_TEXT_EQUAL("an answer", ask("/appointments/members"));
    faults.set(PlatformFault::Off);
    CHECK_TEXT_EQUAL("nothing", ask("/appointments/members"));
    CHECK_TEXT_EQUAL("nothing", ask("/publication/12/head"));
    LONGS_EQUAL(1, asked);
    faults.set(PlatformFault::On);
    CHECK_TEXT_EQUAL("an answer", ask("/publication/12/head"));
}

TEST(PlatformFaults, AnAnswerIsLostOnceThoughTheChangeIsMade) {
    faults.set(PlatformFault::LoseNextAnswer);
    CHECK_TEXT_EQUAL("an answer", ask("/appointments/members"));
    CHECK_TEXT_EQUAL("nothing", ask("/appointments/confirm"));
    LONGS_EQUAL(2, asked);
    CHECK_TEXT_EQUAL("an answer", ask("/appointments/confirm"));
}

TEST(PlatformFaults, ThePlatformFallsAfterAChange) {
    faults.set(PlatformFault::OffAfterNextChange);
    CHECK_TEXT_EQUAL("an answer", ask("/appointments/slots"));
    CHECK_TEXT_EQUAL("nothing", ask("/appointments/hold"));
    LONGS_EQUAL(2, asked);
    CHECK_TEXT_EQUAL("nothing", ask("/appointments/outcome"));
    LONGS_EQUAL(2, asked);
    faults.set(PlatformFault::On);
    CHECK_TEXT_EQUAL("an answer", ask("/appointments/outcome"));
}

TEST(PlatformFaults, HalfAnAnswerComesOnceAndToWhatAPersonAsked) {
    faults.set(PlatformFault::GarbleNextAnswer);
    CHECK_TEXT_EQUAL("an answer", ask("/appointments/reminders"));
    CHECK_TEXT_EQUAL("an answer", ask("/publication/12/head"));
    CHECK_TEXT_EQUAL("an a", ask("/appointments/days"));
    CHECK_TEXT_EQUAL("an answer", ask("/appointments/days"));
}

TEST(PlatformFaults, ASlowAnswerComesAfterTheChangeIsMade) {
    faults.slow_down(1h);
    std::string answer;
    std::jthread late([&] {
        net::HttpClient another{{.user_agent = "tests"}};
        answer = ask(another, "/appointments/confirm");
    });
    while (asked == 0) std::this_thread::yield();
    // Others are not waited for, and nor is what is not about appointments.
    CHECK_TEXT_EQUAL("an answer", ask("/publication/12/head"));
    faults.end();
    late.join();
    CHECK_TEXT_EQUAL("an answer", answer);
}
