#include "tests/content/sample_items.h"
#include "tests/platform/sync_runner.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::area;
using linli::tests::kMonday;
using linli::tests::make_notice;
using platform::SyncStatus;
using State = SyncStatus::State;

// clang-format off
/// What is old, and what a wrong clock does: content is called old and shown, nothing is refused, nothing let in.
TEST_GROUP(SyncTime) {
    tests::TestPlatform platform;
    tests::SignedTree& tree = platform.signed_tree;
    tests::SyncRunner sync{platform};
    content::AreaCode home = area("12/0101");
    const std::chrono::sys_seconds k1970{};
    const std::chrono::sys_seconds k2040 = std::chrono::sys_days(std::chrono::year(2040) / 1 / 1);

    void setup() override { platform.publish(home, std::vector{make_notice("a", "区")}); }
    SyncStatus first_sync() {
        sync.start();
        return sync.next();
    }
    /// The next attempt succeeds, and shows this.
    void expect_title(const SyncStatus& status, const char* title) {
        CHECK_TEXT_EQUAL("", status.last_error);
        CHECK_TRUE(status.state == State::Fresh);
        CHECK_TRUE(sync.titles() == std::vector<std::string>{title});
    }
    void expect_rollback_refused() {
        auto old = tree.head(home);
        old.sequence = 1;
        tree.put_head(old);
        SyncStatus status = sync.sync_now();
        CHECK_TRUE(status.state == State::Failed);
        STRCMP_CONTAINS("is older than", status.last_error.c_str());
    }
};
// clang-format on

TEST(SyncTime, AFrozenPublicationIsShownAndCalledOld) {
    CHECK_FALSE(first_sync().is_old);
    sync.clock.set(tree.head(home).expires);
    CHECK_FALSE(sync.sync_now().is_old);
    sync.clock.set(tree.head(home).expires + 1s);
    SyncStatus status = sync.sync_now();
    CHECK_TRUE(status.is_old && status.areas[1].is_old);
    expect_title(status, "区");

    tree.publish(area("12"), std::vector<content::Item>(), tree.head(home).expires + 1s);
    tree.renew(home, tree.head(home).expires + 1s);
    CHECK_FALSE(sync.sync_now().is_old);
}

TEST(SyncTime, ContentThatIsHeldBackGrowsOldThoughItsHeadIsNew) {
    first_sync();
    auto old_expiry = tree.head(home).expires;
    tree.publish(home, std::vector{make_notice("a", "新")}, kMonday + 24h * 29);
    platform.set_fault(".zst", [](auto&) { return tests::with_status(404); });
    sync.clock.set(old_expiry + 1s);
    SyncStatus status = sync.sync_now();
    CHECK_TRUE(status.areas[1].is_old);
    CHECK_TRUE(status.areas[1].published == kMonday);
    CHECK_TRUE(sync.titles() == std::vector<std::string>{"区"});
}

TEST(SyncTime, IsKnownToBeOldWithoutANetwork) {
    first_sync();
    sync.stop();
    platform.stop();
    sync.clock.set(tree.head(home).expires + 1s);
    CHECK_TRUE(first_sync().is_old);
}

TEST(SyncTime, AnUnknownClockNeitherLocksOutNorOpens) {
    sync.clock.set(k1970);
    sync.clock.set_state(base::ClockState::Unknown);
    SyncStatus status = first_sync();
    expect_title(status, "区");
    CHECK_FALSE(status.is_old);
    expect_rollback_refused();
}

TEST(SyncTime, AClockAt1970NeitherLocksOutNorOpens) {
    sync.clock.set(k1970);
    SyncStatus status = first_sync();
    expect_title(status, "区");
    expect_rollback_refused();
    // What was signed later tells that time has passed.
    tree.publish(area("12"), std::vector{make_notice("later", "市")}, tree.head(home).expires + 24h);
    status = sync.sync_now();
    CHECK_TRUE(status.areas[1].is_old && !status.areas[0].is_old);
    // And it is not forgotten.
    sync.stop();
    platform.stop();
    CHECK_TRUE(first_sync().areas[1].is_old);
}

TEST(SyncTime, AClockAt2040NeitherLocksOutNorOpens) {
    sync.clock.set(k2040);
    SyncStatus status = first_sync();
    expect_title(status, "区");
    CHECK_TRUE(status.is_old);
    tree.publish(home, std::vector{make_notice("a", "新")}, kMonday + 1h);
    expect_title(sync.sync_now(), "新");
    expect_rollback_refused();
    // Set right, it is as if nothing had been.
    tree.publish(home, std::vector{make_notice("a", "更新")}, kMonday + 2h);
    sync.clock.set(kMonday + 2h);
    status = sync.sync_now();
    expect_title(status, "更新");
    CHECK_FALSE(status.is_old);
}
