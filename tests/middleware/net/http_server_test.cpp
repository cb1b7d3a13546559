#include "middleware/net/http_server.h"

#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>

#include "middleware/base/file.h"
#include "middleware/net/http_client.h"
#include "tests/middleware/net/raw_connection.h"

#include <unistd.h>

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using tests::RawConnection;

namespace {

std::unique_ptr<net::HttpServer> serve(net::HttpRoutes routes, base::Log& log) {
    net::HttpServerOptions options;
    options.threads = 4;
    options.most_body_bytes = 1000;
    auto server = net::HttpServer::start(options, std::move(routes), log);
    CHECK_TRUE(server.has_value());
    return std::move(*server);
}

net::HttpResponse say(std::string words) {
    net::HttpResponse response;
    response.body = std::move(words);
    return response;
}

bool wait_for(const std::atomic<int>& count, int wanted) {
    for (int i = 0; i < 500 && count < wanted; ++i) std::this_thread::sleep_for(10ms);
    return count >= wanted;
}

}  // namespace

TEST_GROUP(HttpServer) {
    std::unique_ptr<base::Log> log = base::make_silent_log();
    net::HttpClient client{{.user_agent = "tests"}};
    std::filesystem::path folder;

    void setup() override {
        folder = std::filesystem::temp_directory_path() / ("linli-net-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder / "site");
        CHECK_TRUE(base::write_file_atomically(folder / "site/page.html", "<p>hello</p>").has_value());
        CHECK_TRUE(base::write_file_atomically(folder / "site/.hidden", "hidden").has_value());
        CHECK_TRUE(base::write_file_atomically(folder / "outside.txt", "outside").has_value());
    }
    void teardown() override { std::filesystem::remove_all(folder); }

    net::HttpAnswer get(const std::string& url, const std::string& etag = "") {
        auto answer = client.get({url, etag, ""}, {});
        if (!answer) FAIL(answer.error().message.c_str());
        return *answer;
    }
};

TEST(HttpServer, PutsAFilterAroundItsHandlersAndWithholdsAnAnswer) {
    net::HttpRoutes routes;
    routes.handle("/a", [](const net::HttpRequest&) { return say("hello"); });
    routes.around([](const net::HttpRequest& request, const net::HttpHandler& handler) {
        net::HttpResponse response = handler(request);
        response.body += " and good-bye";
        response.is_withheld = request.path == "/a/secret";
        return response;
    });
    routes.handle("/b", [](const net::HttpRequest&) { return say("not filtered"); });
    auto server = serve(std::move(routes), *log);
    STRCMP_EQUAL("hello and good-bye", get(server->url() + "/a").body.c_str());
    STRCMP_EQUAL("not filtered", get(server->url() + "/b").body.c_str());
    CHECK_FALSE(client.get({server->url() + "/a/secret"}, {}).has_value());
}

TEST(HttpServer, AnswersWithTheLongestPrefixThatFits) {
    net::HttpRoutes routes;
    routes.handle("/", [](auto&) { return say("root"); });
    routes.handle("/a", [](auto&) { return say("a"); });
    routes.handle("/a/b", [](auto&) { return say("a/b"); });
    auto server = serve(std::move(routes), *log);

    STRCMP_EQUAL("a/b", get(server->url() + "/a/b/c").body.c_str());
    STRCMP_EQUAL("a", get(server->url() + "/a/bc").body.c_str());
    STRCMP_EQUAL("root", get(server->url() + "/ab").body.c_str());
}

TEST(HttpServer, HandsOverTheRequest) {
    net::HttpRequest seen;
    net::HttpRoutes routes;
    routes.handle("/echo", [&](const net::HttpRequest& request) {
        seen = request;
        return say("");
    });
    auto server = serve(std::move(routes), *log);

    net::HttpClient::Post post{server->url() + "/echo/%E9%82%BB?a=b", "the body", "text/x-test", "secret"};
    CHECK_TRUE(client.post(post, {}).has_value());
    STRCMP_EQUAL("POST", seen.method.c_str());
    STRCMP_EQUAL("/echo/邻", seen.path.c_str());
    STRCMP_EQUAL("a=b", seen.query.c_str());
    STRCMP_EQUAL("the body", seen.body.c_str());
    CHECK_TRUE(seen.header("content-type") == "text/x-test");
    CHECK_TRUE(seen.header("AUTHORIZATION") == "Bearer secret");
}

TEST(HttpServer, RefusesALongBody) {
    net::HttpRoutes routes;
    routes.handle("/", [](auto&) { return say(""); });
    auto server = serve(std::move(routes), *log);

    auto answer = client.post({server->url() + "/", std::string(1001, 'x'), "text/plain", ""}, {});
    LONGS_EQUAL(413, answer->status);
}

TEST(HttpServer, ServesFilesWithValidators) {
    net::HttpRoutes routes;
    routes.serve_folder("/site", folder / "site", [](auto) { return "no-cache"; });
    auto server = serve(std::move(routes), *log);

    auto first = get(server->url() + "/site/page.html");
    LONGS_EQUAL(200, first.status);
    STRCMP_EQUAL("<p>hello</p>", first.body.c_str());
    CHECK_FALSE(first.etag.empty());
    auto second = get(server->url() + "/site/page.html", first.etag);
    LONGS_EQUAL(304, second.status);
    CHECK_TRUE(base::write_file_atomically(folder / "site/page.html", "<p>hallo</p>").has_value());
    LONGS_EQUAL(200, get(server->url() + "/site/page.html", first.etag).status);

    RawConnection connection(server->port());
    connection.send("HEAD /site/page.html HTTP/1.1\r\nHost: x\r\n\r\n");
    std::string head = connection.read_all();
    CHECK_TRUE(head.contains("Content-Length: 12\r\n"));
    CHECK_TRUE(head.contains("Cache-Control: no-cache\r\n"));
    CHECK_TRUE(head.contains("Last-Modified: "));
    CHECK_TRUE(head.contains("Content-Type: text/html; charset=utf-8\r\n"));
    CHECK_TRUE(head.ends_with("\r\n\r\n"));
}

TEST(HttpServer, ServesPartsOfFiles) {
    net::HttpRoutes routes;
    routes.serve_folder("/site", folder / "site");
    auto server = serve(std::move(routes), *log);
    auto ask = [&](const std::string& headers) {
        RawConnection connection(server->port());
        connection.send("GET /site/page.html HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
        return connection.read_all();
    };
    struct Row {
        const char *range, *status, *content_range, *body;
    };
    // The page is <p>hello</p>.
    const Row kRows[] = {{"bytes=3-7", "206", "bytes 3-7/12", "\r\n\r\nhello"}, {"bytes=8-", "206", "bytes 8-11/12", "\r\n\r\n</p>"},
                         {"bytes=-4", "206", "bytes 8-11/12", "\r\n\r\n</p>"},  {"bytes=3-999", "206", "bytes 3-11/12", "hello</p>"},
                         {"bytes=12-", "416", "bytes */12", "\r\n\r\n"},         {"bytes=-0", "416", "bytes */12", "\r\n\r\n"}};
    for (const Row& row : kRows) {
        std::string answer = ask(std::string("Range: ") + row.range + "\r\n");
        CHECK_TRUE_TEXT(answer.starts_with(std::string("HTTP/1.1 ") + row.status), answer.c_str());
        CHECK_TRUE_TEXT(answer.contains(std::string("Content-Range: ") + row.content_range + "\r\n"), answer.c_str());
        CHECK_TRUE_TEXT(answer.ends_with(row.body), answer.c_str());
    }
    for (const char* all : {"bytes=7-3", "bytes=x-", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=0-99999999999999999999"}) {
        std::string answer = ask(std::string("Range: ") + all + "\r\n");
        CHECK_TRUE_TEXT(answer.starts_with("HTTP/1.1 200"), answer.c_str());
        CHECK_TRUE_TEXT(answer.ends_with("<p>hello</p>"), answer.c_str());
    }
    CHECK_TRUE(ask("Range: bytes=3-7\r\nIf-Range: \"other\"\r\n").starts_with("HTTP/1.1 200"));
}

TEST(HttpServer, ServesBytesWithValidators) {
    net::HttpRoutes routes;
    routes.serve_bytes("/page", "text/html", "page");
    auto server = serve(std::move(routes), *log);

    auto first = get(server->url() + "/page");
    STRCMP_EQUAL("page", first.body.c_str());
    LONGS_EQUAL(304, get(server->url() + "/page", "\"x\", W/" + first.etag).status);
    LONGS_EQUAL(404, get(server->url() + "/page/below").status);
}

TEST(HttpServer, ServesNothingOutsideItsFolder) {
    net::HttpRoutes routes;
    routes.serve_folder("/site", folder / "site");
    auto server = serve(std::move(routes), *log);

    for (std::string_view path : {"/site/../outside.txt", "/site/%2e%2e/outside.txt", "/site/..%2foutside.txt",
                                  "/site//../outside.txt", "/site/.hidden", "/site", "/site/none", "/outside.txt"}) {
        RawConnection connection(server->port());
        connection.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        std::string answer = connection.read_all();
        CHECK_TRUE(answer.starts_with("HTTP/1.1 40"));
        CHECK_FALSE(answer.contains("outside\n"));
    }
}

TEST(HttpServer, FollowsNoLinkOutOfItsFolder) {
    std::filesystem::create_symlink("../outside.txt", folder / "site/link.txt");
    net::HttpRoutes routes;
    routes.serve_folder("/site", folder / "site");
    auto server = serve(std::move(routes), *log);

    LONGS_EQUAL(404, get(server->url() + "/site/link.txt").status);
}

TEST(HttpServer, NamesThePortInUse) {
    auto server = serve({}, *log);
    net::HttpServerOptions options;
    options.port = server->port();

    auto second = net::HttpServer::start(options, {}, *log);
    CHECK_FALSE(second.has_value());
    std::string expected = "port " + std::to_string(server->port()) +
                           " is in use: another program listens there; end it or choose another port";
    STRCMP_EQUAL(expected.c_str(), second.error().message.c_str());
}

TEST(HttpServer, CarriesMessagesBothWays) {
    std::atomic<int> closed = 0;
    net::HttpRoutes routes;
    routes.web_socket("/ws", {
        [](auto& socket) { socket->send(net::MessageKind::Text, "welcome"); },
        [](auto& socket, auto kind, auto message) { socket.send(kind, std::string(message) + "!"); },
        [&](auto&) { ++closed; },
    });
    auto server = serve(std::move(routes), *log);
    {
        RawConnection connection(server->port());
        CHECK_TRUE(connection.upgrade("/ws", "").starts_with("HTTP/1.1 101"));
        STRCMP_EQUAL("\x81\x07welcome", connection.read_exactly(9).c_str());
        connection.send_frame(0x82, "bytes");
        STRCMP_EQUAL("\x82\x06" "bytes!", connection.read_exactly(8).c_str());
    }
    CHECK_TRUE(wait_for(closed, 1));
}

TEST(HttpServer, JoinsFragmentedMessages) {
    net::HttpRoutes routes;
    routes.web_socket("/ws", {{}, [](auto& socket, auto kind, auto message) { socket.send(kind, message); }, {}});
    auto server = serve(std::move(routes), *log);

    RawConnection connection(server->port());
    connection.upgrade("/ws", "");
    connection.send_frame(0x01, "one ");
    connection.send_frame(0x00, "two ");
    connection.send_frame(0x80, "three");
    STRCMP_EQUAL("\x81\x0Done two three", connection.read_exactly(15).c_str());
}

TEST(HttpServer, RefusesAWebSocketOfAnotherSite) {
    net::HttpRoutes routes;
    routes.web_socket("/ws", {});
    auto server = serve(std::move(routes), *log);

    RawConnection own(server->port());
    CHECK_TRUE(own.upgrade("/ws", "http://127.0.0.1").starts_with("HTTP/1.1 101"));
    RawConnection foreign(server->port());
    CHECK_FALSE(foreign.upgrade("/ws", "http://example.org").starts_with("HTTP/1.1 101"));
}

TEST(HttpServer, StopsWithOpenWebSockets) {
    std::shared_ptr<net::WebSocket> kept;
    std::atomic<int> opened = 0;
    std::atomic<int> closed = 0;
    net::HttpRoutes routes;
    routes.web_socket("/ws", {
        [&](auto& socket) {
            kept = socket;
            ++opened;
        },
        {},
        [&](auto&) { ++closed; },
    });
    auto server = serve(std::move(routes), *log);
    RawConnection connection(server->port());
    connection.upgrade("/ws", "");
    CHECK_TRUE(wait_for(opened, 1));

    server.reset();
    LONGS_EQUAL(1, closed);
    CHECK_FALSE(kept->send(net::MessageKind::Text, "too late"));
}

TEST(HttpServer, IsKnownByTheNamesOfThisMachineOnly) {
    net::HttpRoutes routes;
    routes.handle("/", [](auto&) { return say("root"); });
    routes.web_socket("/ws", {});
    net::HttpServerOptions options;
    options.host_names = net::HostNames::Loopback;
    auto server = net::HttpServer::start(options, std::move(routes), *log);
    CHECK_TRUE(server.has_value());
    std::string port = std::to_string((*server)->port());

    struct Case {
        std::string host;
        bool is_refused;
    };
    for (const Case& one : {Case{"127.0.0.1:" + port, false}, Case{"localhost:" + port, false}, Case{"[::1]:" + port, false},
                            Case{"evil.example:" + port, true}, Case{"127.0.0.1:1", true}, Case{"127.0.0.1", true}, Case{"", true}}) {
        RawConnection page((*server)->port());
        page.send("GET / HTTP/1.1\r\nHost: " + one.host + "\r\n\r\n");
        std::string answer = page.read_all();
        CHECK_EQUAL_TEXT(one.is_refused, answer.find("root") == std::string::npos, one.host.c_str());
        RawConnection socket((*server)->port());
        socket.send("GET /ws HTTP/1.1\r\nHost: " + one.host + "\r\nOrigin: http://" + one.host +
                    "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        CHECK_EQUAL_TEXT(one.is_refused, !socket.read_until("\r\n").starts_with("HTTP/1.1 101"), one.host.c_str());
    }
}
