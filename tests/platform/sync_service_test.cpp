#include "platform/sync/sync_service.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <thread>

#include "content/content_store.h"
#include "middleware/base/file.h"
#include "platform/sync/object_folder.h"
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
using linli::tests::with_status;
using platform::Part;
using platform::SyncStatus;
using State = SyncStatus::State;

// clang-format off
TEST_GROUP(SyncService) {
    std::atomic<bool> has_begun = false;
    std::atomic<bool> is_over = false;
    tests::TestPlatform platform;
    tests::SignedTree& tree = platform.signed_tree;
    tests::SyncRunner sync{platform};
    content::AreaCode city = area("12");
    content::AreaCode home = area("12/0101");

    void publish_chain() {
        platform.publish(city, std::vector{make_notice("city", "市")});
        platform.publish(home, std::vector{make_notice("district", "区")});
    }
    SyncStatus first_sync() {
        sync.start();
        return sync.next();
    }
    void expect_fresh(const SyncStatus& status) {
        CHECK_TEXT_EQUAL("", status.last_error);
        CHECK_TRUE(status.state == State::Fresh);
    }
    content::Item notice_with(const content::Object& object) {
        auto item = make_notice("picture", "图");
        std::get<content::Notice>(item.content).body.push_back(content::Picture{object, "一张图", ""});
        return item;
    }
    bool has_object(const content::Object& object) {
        return std::filesystem::exists(*platform::object_file(sync.options.object_folder, object.src));
    }
    void want(const content::Object& object) { sync.service->want_object(object.src.substr(7)); }
    SyncStatus wait_for_wants(std::uint64_t wants) {
        return sync.wait([&](const SyncStatus& status) { return status.wants_answered >= wants; });
    }
};
// clang-format on

TEST(SyncService, BringsTheWholeChain) {
    publish_chain();
    SyncStatus status = first_sync();
    expect_fresh(status);
    CHECK_TRUE(status.last_success == kMonday);
    LONGS_EQUAL(2, status.areas_changed);
    CHECK_TRUE(status.bytes_received > 0 && status.bytes_total >= status.bytes_received);
    LONGS_EQUAL(2, sync.titles().size());

    UNSIGNED_LONGS_EQUAL(1, status.root_version);
    CHECK_TEXT_EQUAL(platform.url(), status.base_url);
    LONGS_EQUAL(2, status.areas.size());
    CHECK_TRUE(status.areas[1].area == home && status.areas[1].part == Part::Content);
    UNSIGNED_LONGS_EQUAL(tree.head(home).sequence, status.areas[1].sequence);
    CHECK_TRUE(status.areas[1].expires == tree.head(home).expires);
    CHECK_TRUE(status.next_attempt > kMonday && status.next_attempt < kMonday + 400s);
    CHECK_TRUE(status.store_bytes > 0);
}

TEST(SyncService, WritesNothingWhenNothingChanged) {
    publish_chain();
    first_sync();
    sync.sync_now();
    std::map<std::string, std::filesystem::file_time_type> before;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sync.data()))
        before[entry.path()] = entry.last_write_time();
    SyncStatus status = sync.sync_now();
    expect_fresh(status);
    LONGS_EQUAL(0, status.areas_changed);
    CHECK_TRUE(status.bytes_received > 0 && status.bytes_received <= 2 * 500);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sync.data()))
        CHECK_TRUE_TEXT(before[entry.path()] == entry.last_write_time(), entry.path().c_str());
}

TEST(SyncService, TellsWhyItFailedAndWhenItLastSucceeded) {
    publish_chain();
    first_sync();
    sync.clock.advance(1h);
    platform.set_fault("0101/head.signed", [](auto&) { return with_status(500); });
    SyncStatus status = sync.sync_now();
    CHECK_TRUE(status.state == State::Failed);
    STRCMP_CONTAINS("area 12/0101: ", status.last_error.c_str());
    STRCMP_CONTAINS("status 500", status.last_error.c_str());
    STRCMP_CONTAINS("status 500", status.areas[1].error.c_str());
    CHECK_TEXT_EQUAL("", status.areas[0].error);
    CHECK_TRUE(status.last_success == kMonday);
    LONGS_EQUAL(1, status.attempts_failed);
    LONGS_EQUAL(2, sync.sync_now().attempts_failed);
    platform.clear_faults();
    LONGS_EQUAL(0, sync.sync_now().attempts_failed);
}

TEST(SyncService, KnowsAfterARestartWhenItLastSucceededAndWhatItHas) {
    publish_chain();
    first_sync();
    sync.stop();
    platform.stop();
    SyncStatus status = first_sync();
    CHECK_TRUE(status.state == State::Failed && status.is_unreachable);
    CHECK_TRUE(status.last_success == kMonday);
    UNSIGNED_LONGS_EQUAL(tree.head(home).sequence, status.areas[1].sequence);
}

TEST(SyncService, LeavesAServerAloneThatAsksForIt) {
    publish_chain();
    platform.set_fault("head.signed", [](auto&) {
        auto response = with_status(503);
        response.headers = {{"Retry-After", "7200"}};
        return response;
    });
    CHECK_TRUE(first_sync().next_attempt >= kMonday + 7200s);
}

TEST(SyncService, TakesACityWithoutPublicationForAFault) {
    SyncStatus status = first_sync();
    CHECK_TRUE(status.state == State::Failed);
    STRCMP_CONTAINS("area 12: nothing is published at", status.last_error.c_str());
}

TEST(SyncService, SyncsNothingWithoutAProvisionedRoot) {
    publish_chain();
    sync.options.root_file = sync.data() / "none.signed";
    SyncStatus status = first_sync();
    CHECK_TRUE(status.state == State::Failed);
    STRCMP_CONTAINS("none.signed", status.last_error.c_str());
    LONGS_EQUAL(0, platform.requests(""));
}

TEST(SyncService, SyncsWhenTheNetworkComesBack) {
    publish_chain();
    first_sync();
    sync.service->set_network(false);
    CHECK_TRUE(sync.sync_now().is_unreachable);
    sync.service->set_network(true);
    expect_fresh(sync.next());
}

TEST(SyncService, ReportsAStoreThatCannotBeMade) {
    CHECK_GOOD(base::write_file_atomically(sync.data() / "content.db/in-the-way", ""));
    publish_chain();
    SyncStatus status = first_sync();
    CHECK_TRUE(status.state == State::Failed);
    CHECK_FALSE(status.last_error.empty());
}

TEST(SyncService, TakesTheNextBaseUrlWhenOneFails) {
    publish_chain();
    tests::TestPlatform broken;
    broken.set_fault("publication", [](auto&) { return with_status(500); });
    sync.options.base_urls = {"http://127.0.0.1:1/down", broken.url(), platform.url()};
    SyncStatus status = first_sync();
    expect_fresh(status);
    CHECK_TEXT_EQUAL(platform.url(), status.base_url);

    // The one that answered is asked first from then on.
    int requests = broken.requests("");
    expect_fresh(sync.sync_now());
    LONGS_EQUAL(requests, broken.requests(""));
}

TEST(SyncService, TakesContentFromAnotherBaseUrlWhereOneWasTamperedWith) {
    publish_chain();
    tests::TestPlatform tampered;
    for (const char* part : {"signed", ".zst"}) tampered.set_fault(part, [](auto&) { return tests::with_body("forgery"); });
    sync.options.base_urls = {tampered.url(), platform.url()};
    expect_fresh(first_sync());
    LONGS_EQUAL(2, sync.titles().size());
}

TEST(SyncService, FollowsRootsOverThreeVersions) {
    publish_chain();
    first_sync();
    for (int rotation = 0; rotation < 3; ++rotation) {
        std::vector<base::SecretKey> keys;
        keys.push_back(base::SecretKey::generate());
        keys.push_back(base::SecretKey::generate());
        tree.next_root(std::move(keys), 2);
    }
    // The head says so.
    tree.publish(city, std::vector{make_notice("city", "新")}, kMonday + 1h);
    SyncStatus status = sync.sync_now();
    expect_fresh(status);
    UNSIGNED_LONGS_EQUAL(4, status.root_version);

    sync.stop();
    status = first_sync();
    expect_fresh(status);
    UNSIGNED_LONGS_EQUAL(4, status.root_version);
}

TEST(SyncService, FollowsTheRootWhenTheHeadOfTheCityIsNotGood) {
    publish_chain();
    first_sync();
    tree.change_key(city, kMonday);
    tree.renew(city, kMonday + 1h);
    SyncStatus status = sync.sync_now();
    expect_fresh(status);
    UNSIGNED_LONGS_EQUAL(2, status.root_version);
    LONGS_EQUAL(2, sync.titles().size());
}

TEST(SyncService, FollowsNoRootOfAForger) {
    publish_chain();
    first_sync();
    tests::TestPlatform forger;
    forger.signed_tree.next_root();
    auto forged = *base::read_file(forger.tree() / platform::root_path(2));
    platform.set_fault("root/2.signed", [forged](auto&) { return tests::with_body(forged); });
    auto head = tree.head(city);
    head.root = 2;
    ++head.sequence;
    tree.put_head(head);
    UNSIGNED_LONGS_EQUAL(1, sync.sync_now().root_version);
    LONGS_EQUAL(2, sync.titles().size());
}

TEST(SyncService, WithdrawsWhatARevokedKeySigned) {
    publish_chain();
    first_sync();
    tree.change_key(home, kMonday + 1h);
    SyncStatus status = sync.sync_now();
    CHECK_TRUE(status.state == State::Failed);
    STRCMP_CONTAINS("area 12/0101: ", status.last_error.c_str());
    LONGS_EQUAL(1, status.areas_changed);
    CHECK_TRUE(sync.titles() == std::vector<std::string>{"市"});

    tree.renew(home, kMonday + 2h);
    expect_fresh(sync.sync_now());
    LONGS_EQUAL(2, sync.titles().size());
}

TEST(SyncService, WithdrawsAllWhenTheCityIsRevoked) {
    publish_chain();
    first_sync();
    tree.change_key(city, kMonday + 1h);
    sync.stop();
    SyncStatus status = first_sync();
    CHECK_TRUE(status.state == State::Failed);
    UNSIGNED_LONGS_EQUAL(2, status.root_version);
    auto titles = sync.titles();
    CHECK_TRUE(std::ranges::find(titles, "市") == titles.end());
}

TEST(SyncService, DropsAreasOfWhereTheBoxLivedBefore) {
    publish_chain();
    platform.publish(area("12/0102"), std::vector{make_notice("other", "别区")});
    first_sync();
    sync.stop();
    sync.options.area = area("12/0102");
    expect_fresh(first_sync());
    auto store = content::ContentStore::open(sync.options.content_file);
    CHECK_TRUE(*store->areas() == (std::vector{city, area("12/0102")}));
}

TEST(SyncService, LooksForAlertsByTheirOwnRhythm) {
    publish_chain();
    tree.publish(home, std::vector{make_notice("storm", "暴雨")}, kMonday, Part::Alerts);
    auto head = tree.head(home);
    head.alerts = 0s;
    ++head.sequence;
    tree.put_head(head);
    sync.options.bounds.least_alerts = 0s;
    SyncStatus status = first_sync();
    expect_fresh(status);
    LONGS_EQUAL(3, sync.titles().size());
    LONGS_EQUAL(3, status.areas.size());

    int contents = platform.requests("head.signed");
    tree.publish(home, std::vector{make_notice("storm", "暴雨加强")}, kMonday + 1min, Part::Alerts);
    status = sync.wait([](const SyncStatus& status) { return status.areas_changed > 0; });
    CHECK_TRUE(status.state == State::Fresh);
    LONGS_EQUAL(contents, platform.requests("head.signed"));
    auto titles = sync.titles();
    CHECK_TRUE(std::ranges::find(titles, "暴雨加强") != titles.end());
}

TEST(SyncService, EndsAtOnceInTheMiddleOfATransfer) {
    publish_chain();
    platform.set_fault(".zst", [&](auto&) {
        return tests::streamed(100'000, [&](auto& write) {
            has_begun = true;
            while (!is_over && write("x")) std::this_thread::sleep_for(10ms);
        });
    });
    sync.start();
    while (!has_begun) std::this_thread::sleep_for(1ms);
    sync.stop();
    is_over = true;
    sync.loop->run_once();
    for (const SyncStatus& status : sync.statuses) CHECK_TRUE(status.state == State::Running);
}

TEST(SyncService, PostsNothingOnceItIsGone) {
    publish_chain();
    sync.start();
    while (platform.requests(".zst") < 2) std::this_thread::sleep_for(1ms);
    sync.stop();
    sync.loop->run_once(10ms);
    CHECK_TRUE(sync.statuses.empty());
}

// Objects.

TEST(SyncService, FetchesAnObjectWhenItIsWanted) {
    publish_chain();
    auto object = tree.add_object("picture");
    platform.publish(home, std::vector{notice_with(object)}, kMonday + 1h);
    SyncStatus status = first_sync();
    CHECK_FALSE(has_object(object));
    UNSIGNED_LONGS_EQUAL(0, status.objects_fetched);

    want(object);
    status = wait_for_wants(1);
    UNSIGNED_LONGS_EQUAL(1, status.objects_fetched);
    UNSIGNED_LONGS_EQUAL(7, status.object_bytes);
    CHECK_TRUE(has_object(object));
}

TEST(SyncService, AnswersEveryWantOnce) {
    publish_chain();
    first_sync();
    sync.service->want_object(std::string(64, 'a'));
    sync.service->want_object("../../etc/passwd");
    sync.service->set_network(false);
    UNSIGNED_LONGS_EQUAL(2, wait_for_wants(2).wants_answered);
    LONGS_EQUAL(0, platform.requests("passwd"));
}

/// Whoever asks knows by it whether what he is told is from before he asked.
TEST(SyncService, SaysWhichAsksItHasSeenTo) {
    publish_chain();
    CHECK_TRUE(first_sync().asks_answered == 0);
    sync.service->set_network(false);
    sync.service->want_object(std::string(64, 'a'));
    CHECK_TRUE(wait_for_wants(1).asks_answered == 0);
    sync.service->set_network(true);
    sync.service->sync_now();
    SyncStatus status = sync.wait([](const SyncStatus& told) { return told.asks_answered == 2 && told.state != State::Running; });
    expect_fresh(status);
}

TEST(SyncService, KeepsNoObjectThatWasAltered) {
    publish_chain();
    auto object = tree.add_object("picture");
    platform.publish(home, std::vector{notice_with(object)}, kMonday + 1h);
    first_sync();
    platform.set_fault(object.src.substr(7), [](auto&) { return tests::with_body("forgery"); });
    want(object);
    UNSIGNED_LONGS_EQUAL(0, wait_for_wants(1).objects_fetched);
    CHECK_FALSE(has_object(object));
    platform.clear_faults();
    want(object);
    UNSIGNED_LONGS_EQUAL(1, wait_for_wants(2).objects_fetched);
}

TEST(SyncService, FetchesObjectsWithTheirItemsWhereTheseSaySo) {
    publish_chain();
    auto object = tree.add_object("sound", "audio/ogg");
    object.is_prefetched = true;
    platform.publish(home, std::vector{notice_with(object)}, kMonday + 1h);
    SyncStatus status = first_sync();
    expect_fresh(status);
    UNSIGNED_LONGS_EQUAL(1, status.objects_fetched);
    CHECK_TRUE(has_object(object));

    // Thrown away, it comes again with the next start.
    sync.stop();
    std::filesystem::remove_all(sync.options.object_folder);
    first_sync();
    CHECK_TRUE(has_object(object));
}

TEST(SyncService, ShowsContentWhoseObjectsAreMissing) {
    publish_chain();
    auto object = tree.add_object("picture");
    object.is_prefetched = true;
    platform.publish(home, std::vector{notice_with(object)}, kMonday + 1h);
    platform.set_fault(object.src.substr(7), [](auto&) { return with_status(404); });
    expect_fresh(first_sync());
    LONGS_EQUAL(2, sync.titles().size());
    platform.clear_faults();
    sync.sync_now();
    CHECK_TRUE(has_object(object));
}

TEST(SyncService, KeepsObjectsWithinTheQuota) {
    sync.options.object_quota = 100;
    auto first = tree.add_object(std::string(60, 'a'));
    auto second = tree.add_object(std::string(60, 'b'));
    auto third = tree.add_object(std::string(101, 'c'));
    auto items = std::vector{notice_with(first), notice_with(second), notice_with(third)};
    for (std::size_t i = 0; i < items.size(); ++i) items[i].id = "n" + std::to_string(i);
    platform.publish(home, items);
    first_sync();
    want(first);
    wait_for_wants(1);
    want(second);
    wait_for_wants(2);
    CHECK_TRUE(!has_object(first) && has_object(second));
    want(third);
    SyncStatus status = wait_for_wants(3);
    CHECK_TRUE(has_object(second) && !has_object(third));
    UNSIGNED_LONGS_EQUAL(60, status.object_bytes);
    UNSIGNED_LONGS_EQUAL(100, status.object_quota);
}

TEST(SyncService, RemovesObjectsThatNoItemNamesAnyMore) {
    auto object = tree.add_object("picture");
    platform.publish(home, std::vector{notice_with(object)});
    first_sync();
    want(object);
    wait_for_wants(1);
    platform.publish(home, std::vector{make_notice("a", "无图")}, kMonday + 1h);
    sync.sync_now();
    sync.stop();
    CHECK_FALSE(has_object(object));
}
