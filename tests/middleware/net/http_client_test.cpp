#include "middleware/net/http_client.h"

#include <atomic>
#include <thread>

#include "middleware/base/local_time.h"
#include "middleware/net/http_server.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;

namespace {

net::HttpResponse redirect_to(std::string address) {
    net::HttpResponse response;
    response.status = 302;
    response.headers = {{"Location", std::move(address)}};
    return response;
}

/// A body that is sent as `write` says.
net::HttpResponse streamed(std::function<void(const net::HttpResponse::Write&)> stream,
                           std::optional<std::uint64_t> length = {}) {
    net::HttpResponse response;
    response.stream = std::move(stream);
    response.stream_length = length;
    return response;
}

}  // namespace

TEST_GROUP(HttpClient) {
    std::unique_ptr<base::Log> log = base::make_silent_log();
    net::HttpClient client{"tests"};
    net::HttpLimits limits;
    std::unique_ptr<net::HttpServer> server;
    std::atomic<bool> is_over = false;

    void teardown() override {
        is_over = true;
        server.reset();
    }

    std::string serve(net::HttpHandler handler) {
        net::HttpServerOptions options;
        options.threads = 3;
        server = std::move(
            *net::HttpServer::start(options, std::move(net::HttpRoutes().handle("/", std::move(handler))), *log));
        return server->url();
    }
    std::string error_of(const std::string& url) {
        auto answer = client.get({url, "", ""}, limits);
        return answer ? "status " + std::to_string(answer->status) : answer.error().message;
    }
};

TEST(HttpClient, TellsStatusEtagAndDate) {
    std::string url = serve([](auto&) {
        net::HttpResponse response;
        response.status = 404;
        response.headers = {{"ETag", "\"tag\""}, {"Date", "Mon, 23 Nov 2026 01:00:00 GMT"}, {"Age", "60"}};
        response.body = "nothing";
        return response;
    });
    auto answer = client.get({url, "", ""}, limits);
    LONGS_EQUAL(404, answer->status);
    STRCMP_EQUAL("\"tag\"", answer->etag.c_str());
    STRCMP_EQUAL("nothing", answer->body.c_str());
    STRCMP_EQUAL("2026-11-23T01:01:00Z", base::format_instant(*answer->date).c_str());
}

TEST(HttpClient, HandsTheBodyToTheSinkPieceByPiece) {
    std::string url = serve([](auto&) { return streamed([](auto& write) {
        for (int i = 0; i < 100; ++i) write(std::string(10'000, 'x'));
    }); });
    std::size_t received = 0;
    auto answer = client.get({url, "", ""}, limits, [&](std::string_view bytes) -> base::Result<void> {
        received += bytes.size();
        return {};
    });
    LONGS_EQUAL(1'000'000, received);
    LONGS_EQUAL(1'000'000, answer->bytes_received);
    CHECK_TRUE(answer->body.empty());
}

TEST(HttpClient, EndsWithTheErrorOfTheSink) {
    std::string url = serve([](auto&) { return streamed([](auto& write) { write("x"); }); });
    auto answer = client.get({url, "", ""}, limits, [](std::string_view) { return base::fail("no room"); });
    STRCMP_CONTAINS("no room", answer.error().message.c_str());
}

TEST(HttpClient, BoundsTheBody) {
    limits.bytes = 1000;
    std::string announced =
        serve([](auto&) { return streamed([](auto& write) { write(std::string(1001, 'x')); }, 1001); });
    STRCMP_CONTAINS("the answer is longer than 1000 bytes", error_of(announced).c_str());
    std::string endless = serve([](auto&) { return streamed([](auto& write) { while (write("xxxxxxxx")) {} }); });
    STRCMP_CONTAINS("the answer is longer than 1000 bytes", error_of(endless).c_str());
}

TEST(HttpClient, ReportsAnAnswerCutShort) {
    std::string url = serve([](auto&) { return streamed([](auto& write) { write("half"); }, 8); });
    STRCMP_CONTAINS("transfer closed with 4 bytes remaining", error_of(url).c_str());
}

TEST(HttpClient, GivesUpOnATrickle) {
    limits.slow_bytes = 1000;
    limits.slow_time = 1s;
    std::string url = serve([&](auto&) { return streamed([&](auto& write) {
        while (!is_over && write("x")) std::this_thread::sleep_for(20ms);
    }); });
    STRCMP_CONTAINS("Operation too slow", error_of(url).c_str());
}

TEST(HttpClient, GivesUpAfterTheTotalTime) {
    limits.total = 200ms;
    std::string url = serve([&](auto&) { return streamed([&](auto& write) {
        while (!is_over && write(std::string(1000, 'x'))) std::this_thread::sleep_for(20ms);
    }); });
    STRCMP_CONTAINS("timed out", error_of(url).c_str());
}

TEST(HttpClient, EndsARedirectLoop) {
    std::string url = serve([](auto&) { return redirect_to("/again"); });
    STRCMP_CONTAINS("Maximum (3) redirects followed", error_of(url).c_str());
}

TEST(HttpClient, FollowsNoRedirectToAFile) {
    std::string url = serve([](auto&) { return redirect_to("file:///etc/passwd"); });
    STRCMP_CONTAINS("Protocol \"file\" not supported", error_of(url).c_str());
}

TEST(HttpClient, AsksNoAddressBesidesHttp) {
    STRCMP_CONTAINS("Protocol \"file\" not supported", error_of("file:///etc/passwd").c_str());
}

TEST(HttpClient, TakesItsTokenToNoOtherAddress) {
    std::string url = serve([](auto&) { return redirect_to("/elsewhere"); });
    auto answer = client.get({url, "", "token"}, limits);
    LONGS_EQUAL(302, answer->status);
}

TEST(HttpClient, ReportsAServerThatIsDown) {
    std::string url = serve([](auto&) { return redirect_to("/"); });
    server.reset();
    STRCMP_CONTAINS("Failed to connect", error_of(url).c_str());
}

TEST(HttpClient, FailsAtOnceWithoutANetwork) {
    std::string url = serve([](auto&) { return net::HttpResponse(); });
    client.set_network(false);
    STRCMP_CONTAINS("no network", error_of(url).c_str());
    client.set_network(true);
    STRCMP_EQUAL("status 200", error_of(url).c_str());
}

TEST(HttpClient, GivesUpWhenItIsCancelled) {
    std::atomic<bool> has_begun = false;
    std::string url = serve([&](auto&) { return streamed([&](auto& write) {
        has_begun = true;
        while (!is_over && write("x")) std::this_thread::sleep_for(20ms);
    }); });
    std::jthread canceller([&] {
        while (!has_begun) std::this_thread::sleep_for(1ms);
        client.cancel();
    });
    STRCMP_CONTAINS("given up", error_of(url).c_str());
    CHECK_TRUE(client.is_cancelled());
}
