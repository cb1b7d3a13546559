#include "middleware/net/http_client.h"
#include "tests/support/check.h"
#include "tests/support/nginx.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

// clang-format off
TEST_GROUP(HttpTls) {
    tests::TestAuthority authority;
    tests::TemporaryFolder served;
    net::HttpOptions options{.user_agent = "tests", .ca_file = authority.ca()};

    void setup() override { served.write("hello", "good day"); }
    base::Result<net::HttpAnswer> get(const tests::Nginx& nginx) {
        return net::HttpClient(options).get({.url = nginx.url() + "/hello"}, {});
    }
};
// clang-format on

TEST(HttpTls, SpeaksHttp2WhereTheServerOffersIt) {
    tests::Nginx nginx(served.path(), authority);
    auto answer = get(nginx);
    CHECK_GOOD(answer);
    CHECK_TEXT_EQUAL("good day", answer->body);
    CHECK_TEXT_EQUAL("HTTP/2", answer->protocol);
    CHECK_TRUE(answer->header_bytes > 0 && answer->bytes_sent > 0);
}

TEST(HttpTls, TrustsTheAuthorityOfTheOperatorAndNoOther) {
    tests::Nginx nginx(served.path(), authority);
    tests::TestAuthority other;
    options.ca_file = other.ca();
    STRCMP_CONTAINS("SSL certificate problem", get(nginx).error().message.c_str());
    options.ca_file.clear();
    STRCMP_CONTAINS("SSL certificate problem", get(nginx).error().message.c_str());
}

TEST(HttpTls, TakesACertificateThatIsOverOnlyWhereTimeDoesNotCount) {
    tests::TestAuthority over(tests::TestAuthority::Validity::Over);
    tests::Nginx nginx(served.path(), over);
    options.ca_file = over.ca();
    STRCMP_CONTAINS("certificate has expired", get(nginx).error().message.c_str());
    options.certificate_times = net::HttpOptions::CertificateTimes::Ignored;
    CHECK_GOOD(get(nginx));
    // Whose it is counts all the same.
    options.ca_file = authority.ca();
    STRCMP_CONTAINS("SSL certificate problem", get(nginx).error().message.c_str());
}

TEST(HttpTls, ShowsItsCertificateToAServerThatAsks) {
    tests::Nginx nginx(served.path(), authority,
                       "ssl_client_certificate " + authority.ca().string() + "; ssl_verify_client on;");
    LONGS_EQUAL(400, get(nginx)->status);
    options.client_certificate = authority.client_certificate();
    options.client_key = authority.client_key();
    LONGS_EQUAL(200, get(nginx)->status);
}

TEST(HttpTls, FollowsNoRedirectAwayFromTls) {
    tests::Nginx nginx(served.path(), authority, "location /hello { return 302 http://127.0.0.1:1/hello; }");
    STRCMP_CONTAINS("Protocol \"http\" not supported", get(nginx).error().message.c_str());
}

TEST(HttpTls, TakesACompressedAnswerAndCountsWhatCame) {
    served.write("hello", std::string(10'000, 'x'));
    tests::Nginx nginx(served.path(), authority, "gzip on; gzip_types *;");
    auto answer = get(nginx);
    CHECK_GOOD(answer);
    CHECK_TRUE(answer->body == std::string(10'000, 'x'));
    CHECK_TRUE(answer->bytes_received < 1'000);
}

TEST(HttpTls, RefusesACompressedAnswerThatUnpacksToTooMuch) {
    served.write("hello", std::string(2'000'000, 'x'));
    tests::Nginx nginx(served.path(), authority, "gzip on; gzip_types *;");
    STRCMP_CONTAINS("the answer is longer than", get(nginx).error().message.c_str());
}
