#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "middleware/base/file.h"
#include "middleware/net/http_client.h"
#include "middleware/net/http_server.h"
#include "middleware/net/listening.h"
#include "tests/middleware/net/raw_connection.h"
#include "tests/support/check.h"
#include "tests/support/nginx.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using tests::RawConnection;
using tests::TestAuthority;

namespace {

/// The ports at which this process listens on the loopback address.
std::vector<std::uint16_t> listening_ports() {
    std::string sockets;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        sockets += std::filesystem::read_symlink(entry.path(), gone).string() + "\n";
    }
    std::vector<std::uint16_t> ports;
    std::ifstream table("/proc/self/net/tcp");
    std::string line;
    for (std::getline(table, line); std::getline(table, line);) {
        std::istringstream fields(line);
        std::string number, local, remote, state, skip, inode;
        fields >> number >> local >> remote >> state;
        for (int i = 0; i < 5; ++i) fields >> skip;
        fields >> inode;
        bool is_ours = state == "0A" && sockets.contains("socket:[" + inode + "]\n");
        if (is_ours) ports.push_back(static_cast<std::uint16_t>(std::stoi(local.substr(local.find(':') + 1), nullptr, 16)));
    }
    return ports;
}

}  // namespace

// clang-format off
TEST_GROUP(HttpServerTls) {
    TestAuthority authority;
    std::unique_ptr<base::Log> log = base::make_silent_log();
    net::HttpOptions options{.user_agent = "tests", .ca_file = authority.ca()};
    net::TlsOptions tls{authority.server_certificate(), authority.server_key(), {}};
    std::unique_ptr<net::HttpServer> server;

    base::Result<std::unique_ptr<net::HttpServer>> start() {
        net::HttpRoutes routes;
        routes.handle("/who", [](const net::HttpRequest& request) {
            return net::HttpResponse{.body = request.client_address + " " + request.client_certificate};
        });
        routes.handle("/echo", [](const net::HttpRequest& request) { return net::HttpResponse{.body = request.body}; });
        return net::HttpServer::start({.tls = tls, .threads = 4, .most_body_bytes = 4u << 20, .patience = 2s}, std::move(routes), *log);
    }
    void serve() {
        auto started = start();
        CHECK_GOOD(started);
        server = std::move(*started);
    }
    base::Result<net::HttpAnswer> get(const std::string& path) {
        return net::HttpClient(options).get({.url = server->url() + path}, {});
    }
    void show(const TestAuthority& of) {
        options.client_certificate = of.client_certificate();
        options.client_key = of.client_key();
    }
};
// clang-format on

TEST(HttpServerTls, AnswersOverTlsAndOnlySo) {
    serve();
    CHECK_TEXT_EQUAL("https://", server->url().substr(0, 8));
    auto answer = get("/who");
    CHECK_GOOD(answer);
    CHECK_TEXT_EQUAL("127.0.0.1 ", answer->body);
    auto plain = net::HttpClient(options).get({.url = "http" + server->url().substr(5) + "/who"}, {});
    CHECK_FALSE(plain.has_value());
}

TEST(HttpServerTls, CarriesMuchBothWays) {
    serve();
    std::string much;
    while (much.size() < 3'000'000) much += "a line of it " + std::to_string(much.size()) + "\n";
    net::HttpClient client(options);
    for (int turn = 0; turn < 3; ++turn) {
        auto answer = client.post({.url = server->url() + "/echo", .body = much, .media_type = "text/plain"}, {.bytes = 4u << 20});
        CHECK_GOOD(answer);
        CHECK_TRUE(answer->body == much);
    }
}

TEST(HttpServerTls, KnowsTheCertificateOfItsClient) {
    tls.client_ca = authority.ca();
    serve();
    CHECK_TEXT_EQUAL("127.0.0.1 ", get("/who")->body);
    show(authority);
    auto answer = get("/who");
    CHECK_GOOD(answer);
    LONGS_EQUAL(std::string("127.0.0.1 ").size() + 64, answer->body.size());
    // The same where the session of TLS is resumed.
    net::HttpClient client(options);
    for (int turn = 0; turn < 3; ++turn)
        CHECK_TEXT_EQUAL(answer->body, client.get({.url = server->url() + "/who"}, {})->body);
}

TEST(HttpServerTls, SaysNothingToACertificateOfAnotherAuthority) {
    tls.client_ca = authority.ca();
    serve();
    TestAuthority foreign;
    show(foreign);
    CHECK_FALSE(get("/who").has_value());
}

TEST(HttpServerTls, SaysNothingToACertificateThatIsOver) {
    TestAuthority over(TestAuthority::Validity::Over);
    tls.client_ca = over.ca();
    serve();
    show(over);
    CHECK_FALSE(get("/who").has_value());
}

TEST(HttpServerTls, AsksForNoCertificateUnlessToldTo) {
    serve();
    show(authority);
    CHECK_TEXT_EQUAL("127.0.0.1 ", get("/who")->body);
}

TEST(HttpServerTls, AnswersNobodyWhoComesPastIt) {
    auto before = listening_ports();
    serve();
    int others = 0;
    for (std::uint16_t port : listening_ports()) {
        if (port == server->port() || std::ranges::find(before, port) != before.end()) continue;
        ++others;
        auto answer = net::HttpClient(options).get({.url = "http://127.0.0.1:" + std::to_string(port) + "/who"}, {});
        CHECK_GOOD(answer);
        LONGS_EQUAL(403, answer->status);
    }
    LONGS_EQUAL(1, others);
}

TEST(HttpServerTls, StopsWhileClientsSayNothing) {
    serve();
    RawConnection first(server->port()), second(server->port());
    CHECK_TEXT_EQUAL("127.0.0.1 ", get("/who")->body);
    server.reset();
}

TEST(HttpServerTls, IsNotStartedWithWhatIsWrong) {
    auto reason = [&] {
        auto started = start();
        return started ? std::string() : started.error().message;
    };
    tls.certificate = "/nowhere.pem";
    STRCMP_CONTAINS("/nowhere.pem: no certificate (PEM)", reason().c_str());
    tls = {authority.server_certificate(), authority.client_key(), {}};
    STRCMP_CONTAINS("client.key: no private key", reason().c_str());
    tls = {authority.server_certificate(), authority.server_key(), authority.server_key()};
    STRCMP_CONTAINS("server.key: no certificates of authorities", reason().c_str());
}

TEST(HttpServerTls, KnowsWhichAddressesAreOfThisMachine) {
    CHECK_TRUE(net::is_loopback("127.0.0.1"));
    CHECK_TRUE(net::is_loopback("127.8.9.1"));
    CHECK_FALSE(net::is_loopback("0.0.0.0"));
    CHECK_FALSE(net::is_loopback("10.0.0.127"));
    CHECK_FALSE(net::is_loopback("localhost"));
    CHECK_FALSE(net::is_loopback(""));
}
