#include "middleware/net/http_client.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
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
    net::HttpClient client{{.user_agent = "tests"}};
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
        auto answer = client.get({.url = url}, limits);
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
    auto answer = client.get({url, "", ""}, limits, [&](std::uint64_t, std::string_view bytes) -> base::Result<void> {
        received += bytes.size();
        return {};
    });
    LONGS_EQUAL(1'000'000, received);
    LONGS_EQUAL(1'000'000, answer->bytes_received);
    CHECK_TRUE(answer->body.empty());
}

TEST(HttpClient, EndsWithTheErrorOfTheSink) {
    std::string url = serve([](auto&) { return streamed([](auto& write) { write("x"); }); });
    auto answer = client.get({url, "", ""}, limits, [](std::uint64_t, std::string_view) { return base::fail("no room"); });
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

TEST(HttpClient, AsksForTheRestOfAFile) {
    std::string asked;
    std::string url = serve([&](const net::HttpRequest& request) {
        asked = request.header("Range").value_or("");
        net::HttpResponse response;
        response.status = 206;
        response.headers = {{"Content-Range", "bytes 4-7/8"}};
        response.body = "rest";
        return response;
    });
    std::string file = "half";
    auto answer = client.get({.url = url, .from_byte = 4}, limits, [&](std::uint64_t at, std::string_view bytes) {
        file.replace(at, std::string::npos, bytes);
        return base::Result<void>();
    });
    LONGS_EQUAL(206, answer->status);
    STRCMP_EQUAL("bytes=4-", asked.c_str());
    STRCMP_EQUAL("halfrest", file.c_str());
}

TEST(HttpClient, TakesTheWholeWhereTheServerGivesNoRest) {
    std::string url = serve([](auto&) {
        net::HttpResponse response;
        response.body = "whole";
        return response;
    });
    std::optional<std::uint64_t> begin;
    auto answer = client.get({.url = url, .from_byte = 4}, limits, [&](std::uint64_t at, std::string_view) {
        begin = at;
        return base::Result<void>();
    });
    LONGS_EQUAL(200, answer->status);
    CHECK_TRUE(begin == 0);
}

TEST(HttpClient, RefusesAnotherPartThanItAskedFor) {
    for (const char* range : {"bytes 3-7/8", "lines 4-7/8", "bytes 4", "bytes x", ""}) {
        std::string url = serve([range](auto&) {
            net::HttpResponse response;
            response.status = 206;
            if (*range) response.headers = {{"Content-Range", range}};
            response.body = "rest";
            return response;
        });
        auto answer = client.get({.url = url, .from_byte = 4}, limits,
                                 [](std::uint64_t, std::string_view) { return base::Result<void>(); });
        CHECK_FALSE_TEXT(answer.has_value(), range);
        STRCMP_CONTAINS("another part came", answer.error().message.c_str());
    }
}

TEST(HttpClient, TellsHowLongToLeaveTheServerAlone) {
    struct {
        const char* header;
        std::optional<std::chrono::seconds> wait;
    } cases[] = {{"120", 120s},
                 {"Mon, 23 Nov 2026 01:00:30 GMT", 30s},
                 {"Mon, 23 Nov 2026 00:00:00 GMT", 0s},
                 {"soon", std::nullopt},
                 {"-5", std::nullopt},
                 {"99999999999999999999", std::nullopt}};
    for (const auto& [header, wait] : cases) {
        std::string url = serve([header](auto&) {
            net::HttpResponse response;
            response.status = 503;
            response.headers = {{"Date", "Mon, 23 Nov 2026 01:00:00 GMT"}, {"Retry-After", header}};
            return response;
        });
        auto answer = client.get({.url = url}, limits);
        CHECK_TRUE_TEXT(answer && answer->retry_after == wait, header);
    }
}

TEST(HttpClient, KeepsNoMoreThanAConnectionOpen) {
    std::string url = serve([](auto&) { return net::HttpResponse(); });
    auto count_fds = [] { return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}); };
    LONGS_EQUAL(200, client.get({.url = url}, limits)->status);
    auto fds = count_fds();
    for (int i = 0; i < 20; ++i) LONGS_EQUAL(200, client.get({.url = url}, limits)->status);
    // Both ends are in this process, and the server may be late in closing its end of the last one.
    CHECK_TRUE(count_fds() <= fds + 2);
}

TEST(HttpClient, CountsTheBytesOfHeaders) {
    std::string url = serve([](auto&) {
        net::HttpResponse response;
        response.headers = {{"X-Filling", std::string(1000, 'x')}};
        return response;
    });
    auto answer = client.get({.url = url}, limits);
    CHECK_TRUE(answer->header_bytes > 1000 && answer->header_bytes < 1500);
    CHECK_TRUE(answer->bytes_sent > 20 && answer->bytes_sent < 300);
    STRCMP_EQUAL("HTTP/1.1", answer->protocol.c_str());
}

TEST(HttpClient, AsksThroughTheProxyOfTheInstallation) {
    int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    ::bind(listener, reinterpret_cast<sockaddr*>(&address), length);
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
    ::listen(listener, 1);
    std::string seen(1000, '\0');
    std::jthread proxy([&] {
        int fd = ::accept(listener, nullptr, nullptr);
        seen.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::recv(fd, seen.data(), seen.size(), 0))));
        ::send(fd, "HTTP/1.1 204 OK\r\n\r\n", 19, MSG_NOSIGNAL);
        ::close(fd);
    });
    net::HttpClient through(
        {.user_agent = "tests", .proxy = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port))});
    auto answer = through.get({.url = "http://content.example/areas"}, limits);
    proxy.join();
    ::close(listener);
    CHECK_TRUE_TEXT(answer.has_value(), answer ? "" : answer.error().message.c_str());
    LONGS_EQUAL(204, answer->status);
    STRCMP_CONTAINS("GET http://content.example/areas HTTP/1.1", seen.c_str());
}

TEST(HttpClient, KeepsToTheBandwidthCap) {
    // At the cap this takes minutes.
    limits.bytes = 20'000'000;
    std::string url = serve([](auto&) { return streamed([](auto& write) { write(std::string(20'000'000, 'x')); }, 20'000'000); });
    STRCMP_EQUAL("status 200", error_of(url).c_str());
    limits.total = 500ms;
    net::HttpClient capped({.user_agent = "tests", .bytes_per_second = 100'000});
    auto answer = capped.get({.url = url}, limits);
    CHECK_FALSE(answer.has_value());
    STRCMP_CONTAINS("timed out", answer.error().message.c_str());
}

TEST(HttpClient, DoesNotTakeItsOwnCapForASlowServer) {
    std::string url = serve([](auto&) { return streamed([](auto& write) { write(std::string(60'000, 'x')); }, 60'000); });
    limits.slow_bytes = 100'000;
    limits.slow_time = 1s;
    net::HttpClient capped({.user_agent = "tests", .bytes_per_second = 20'000});
    auto answer = capped.get({.url = url}, limits);
    CHECK_TRUE_TEXT(answer.has_value(), answer ? "" : answer.error().message.c_str());
}
