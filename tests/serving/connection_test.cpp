#include <algorithm>
#include <sstream>

#include "middleware/net/http_client.h"
#include "tests/serving/byte_counter.h"
#include "tests/support/check.h"
#include "tests/support/nginx.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

namespace {

const std::string kClosesEachConnection =
    "keepalive_timeout 0; ssl_protocols TLSv1.2 TLSv1.3; ssl_session_cache shared:sessions:1m;";

/// Of an elliptic curve, with nothing in it.
constexpr std::uint64_t kShortestCertificate = 400;

}  // namespace

// clang-format off
TEST_GROUP(Connection) {
    tests::TestAuthority authority;
    tests::TemporaryFolder served;
    net::HttpClient client{{.user_agent = "tests", .ca_file = authority.ca()}};

    void setup() override { served.write("hello", "good day"); }
    void get(const tests::Nginx& nginx) { CHECK_GOOD(client.get({.url = nginx.url() + "/hello"}, {})); }
    /// The last line of the log, once it has so many.
    std::string last_of(const tests::Nginx& nginx, long lines) {
        std::string log;
        do log = nginx.log();
        while (std::ranges::count(log, '\n') < lines);
        return log.substr(log.rfind('\n', log.size() - 2) + 1);
    }
};
// clang-format on

TEST(Connection, ServesOneRequestAfterTheOther) {
    tests::Nginx nginx(served.path(), authority);
    get(nginx);
    std::string first = last_of(nginx, 1);
    get(nginx);
    CHECK_TEXT_EQUAL(first, last_of(nginx, 2));
}

TEST(Connection, BringsNoCertificateOnceItIsResumed) {
    tests::Nginx nginx(served.path(), authority, kClosesEachConnection);
    tests::ByteCounter counter(nginx.port());
    std::string url = "https://127.0.0.1:" + std::to_string(counter.port()) + "/hello";
    CHECK_GOOD(client.get({.url = url}, {}));
    auto whole = counter.take();
    CHECK_GOOD(client.get({.url = url}, {}));
    auto resumed = counter.take();
    LONGS_EQUAL(1, resumed.connections);
    CHECK_TRUE(resumed.down + kShortestCertificate < whole.down);
}

TEST(Connection, IsResumedWhenTheServerHadClosedIt) {
    tests::Nginx nginx(served.path(), authority, kClosesEachConnection);
    get(nginx);
    STRCMP_CONTAINS(" .\n", last_of(nginx, 1).c_str());
    get(nginx);
    STRCMP_CONTAINS(" r\n", last_of(nginx, 2).c_str());
}
