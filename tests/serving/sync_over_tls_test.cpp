// A box's sync against a real nginx with TLS.

#include "tests/content/sample_items.h"
#include "tests/platform/sync_runner.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/nginx.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using linli::tests::area;
using linli::tests::kMonday;
using linli::tests::make_notice;
using platform::SyncStatus;
using State = SyncStatus::State;

// clang-format off
TEST_GROUP(SyncOverTls) {
    tests::TestPlatform platform;
    tests::TestAuthority authority;
    tests::SyncRunner sync{platform};

    void setup() override {
        platform.publish(area("12"), std::vector{make_notice("city", "市")});
        platform.publish(area("12/0101"), std::vector{make_notice("district", "区")});
    }
    std::string conf(const std::string& more = "") {
        return "include " LINLI_SOURCE_DIR "/packaging/nginx/linli-publication.conf; " + more;
    }
    SyncStatus first_sync(const tests::Nginx& nginx) {
        sync.options.base_urls = {nginx.url()};
        sync.start();
        return sync.next();
    }
    void expect_fresh(const SyncStatus& status) {
        CHECK_TEXT_EQUAL("", status.last_error);
        CHECK_TRUE(status.state == State::Fresh);
        LONGS_EQUAL(2, sync.titles().size());
    }
};
// clang-format on

TEST(SyncOverTls, TrustsTheAuthorityOfTheOperator) {
    tests::Nginx nginx(platform.tree(), authority, conf());
    SyncStatus status = first_sync(nginx);
    CHECK_TRUE(status.state == State::Failed && status.is_unreachable);
    STRCMP_CONTAINS("certificate", status.last_error.c_str());
    sync.stop();
    sync.options.http.ca_file = authority.ca();
    expect_fresh(first_sync(nginx));
    STRCMP_CONTAINS("HTTP/2.0 200", nginx.log().c_str());
}

TEST(SyncOverTls, ShowsTheBoxesCertificateWhereItIsAskedFor) {
    tests::Nginx nginx(platform.tree(), authority,
                       conf("ssl_client_certificate " + authority.ca().string() + "; ssl_verify_client on;"));
    sync.options.http.ca_file = authority.ca();
    SyncStatus status = first_sync(nginx);
    STRCMP_CONTAINS("status 400", status.last_error.c_str());
    sync.stop();
    sync.options.http.client_certificate = authority.client_certificate();
    sync.options.http.client_key = authority.client_key();
    expect_fresh(first_sync(nginx));
}

TEST(SyncOverTls, IsNotLockedOutByTheDaysOfACertificate) {
    tests::TestAuthority over(tests::TestAuthority::Validity::Over);
    tests::Nginx nginx(platform.tree(), over, conf());
    sync.options.http.ca_file = over.ca();
    expect_fresh(first_sync(nginx));
}

TEST(SyncOverTls, CostsAnUnchangedPollHalfAKilobyteAnArea) {
    tests::Nginx nginx(platform.tree(), authority, conf());
    sync.options.http.ca_file = authority.ca();
    expect_fresh(first_sync(nginx));
    SyncStatus status = sync.sync_now();
    expect_fresh(status);
    CHECK_TRUE(status.bytes_received > 0 && status.bytes_received <= 2 * 500);
}
