#include "platform/sync/area_updater.h"

#include <filesystem>

#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "tests/content/sample_items.h"
#include "tests/platform/test_box.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::area;
using linli::tests::kMonday;
using linli::tests::make_notice;
using platform::AreaReport;

// clang-format off
TEST_GROUP(AreaUpdater) {
    tests::TestPlatform platform;
    tests::TestBox box{platform.url()};
    content::AreaCode home = area("12/0101");

    void expect(AreaReport::Outcome outcome, const AreaReport& report) {
        CHECK_TEXT_EQUAL("", report.error);
        CHECK_TRUE(outcome == report.outcome);
    }
};
// clang-format on

TEST(AreaUpdater, FetchesWhatIsPublished) {
    auto items = tests::full_items();
    auto head = platform.publish(home, items);

    auto report = box.update(home);
    expect(AreaReport::Outcome::Changed, report);
    CHECK_TRUE(report.has_new_content);
    CHECK_TRUE(report.poll == head.poll);
    CHECK_TRUE(report.bytes_received > head.content.length);
    for (const auto& item : items) {
        if (item.kind() == content::Kind::Category) continue;
        auto stored = box.store->item({home, item.id});
        CHECK_GOOD(stored);
        CHECK_TRUE_TEXT(stored->has_value() && **stored == item, item.id.c_str());
    }
    auto version = *box.store->version(home);
    UNSIGNED_LONGS_EQUAL(head.sequence, version->sequence);
    CHECK_TEXT_EQUAL(head.content.sha256, version->content_hash);
}

TEST(AreaUpdater, AsksAgainWithTheValidatorOfTheHead) {
    platform.publish(home, tests::full_items());
    expect(AreaReport::Outcome::Changed, box.update(home));
    box.clock.advance(5min);

    auto report = box.update(home);
    expect(AreaReport::Outcome::Unchanged, report);
    UNSIGNED_LONGS_EQUAL(0, report.bytes_received);
    LONGS_EQUAL(2, platform.requests("head.signed"));
    LONGS_EQUAL(1, platform.requests(".zst"));
}

TEST(AreaUpdater, ReplacesTheContentOfTheArea) {
    platform.publish(home, std::vector{make_notice("a", "一"), make_notice("b", "二")});
    expect(AreaReport::Outcome::Changed, box.update(home));
    platform.publish(home, std::vector{make_notice("b", "贰")}, {}, kMonday + 1h);

    expect(AreaReport::Outcome::Changed, box.update(home));
    CHECK_TRUE(box.titles(home) == std::vector<std::string>{"贰"});
}

TEST(AreaUpdater, FetchesNoContentForAHeadThatWasOnlyRenewed) {
    platform.publish(home, tests::full_items());
    expect(AreaReport::Outcome::Changed, box.update(home));
    platform.publish(home, tests::full_items(), {}, kMonday + 24h * 20);

    auto report = box.update(home);
    expect(AreaReport::Outcome::Unchanged, report);
    CHECK_FALSE(report.has_new_content);
    LONGS_EQUAL(1, platform.requests(".zst"));
}

TEST(AreaUpdater, TakesAnAreaWithoutPublicationForUnpublished) {
    expect(AreaReport::Outcome::Unpublished, box.update(home));
}

TEST(AreaUpdater, HearsTheClockOfThePlatform) {
    class Ear final : public base::Clock {
      public:
        std::chrono::sys_seconds now() const override { return kMonday; }
        base::ClockState state() const override { return base::ClockState::Unknown; }
        std::chrono::steady_clock::time_point steady() const override { return {}; }
        void hear(std::chrono::sys_seconds time) override { heard = time; }
        std::chrono::sys_seconds heard;
    } ear;
    platform.publish(home, tests::full_items());

    platform::AreaUpdater(platform.url(), box.client, *box.store, box.objects, ear, {}).update(home);
    auto here = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    CHECK_TRUE(std::chrono::abs(ear.heard - here) < 1min);
}

TEST(AreaUpdater, FetchesObjectsAfterTheContent) {
    auto head = platform.publish(home, tests::full_items(), {{"picture", "image/png"}, {"list", "application/pdf"}});

    expect(AreaReport::Outcome::Changed, box.update(home));
    auto file = platform::object_file(box.object_folder(), "sha256:" + base::Sha256::of("picture"));
    CHECK_TEXT_EQUAL("picture", *base::read_file(*file));
    CHECK_TRUE(box.objects.has(head.objects[1]));
}

TEST(AreaUpdater, FetchesObjectsAgainThatWereThrownAway) {
    auto head = platform.publish(home, tests::full_items(), {{"picture", "image/png"}});
    box.update(home);
    std::filesystem::remove(box.object_folder() / head.objects[0].sha256);
    expect(AreaReport::Outcome::Unchanged, box.update(home));
    CHECK_TRUE(box.objects.has(head.objects[0]));

    std::filesystem::remove_all(box.object_folder());
    expect(AreaReport::Outcome::Unchanged, box.update(home));
    CHECK_TRUE(box.objects.has(head.objects[0]));
    LONGS_EQUAL(1, platform.requests(".zst"));
}

TEST(AreaUpdater, TidiesAwayObjectsThatNoHeadNames) {
    auto old = platform.publish(home, tests::full_items(), {{"old", "image/png"}, {"kept", "image/png"}});
    box.update(home);
    auto head = platform.publish(home, tests::full_items(), {{"kept", "image/png"}}, kMonday + 1h);
    CHECK_GOOD(base::write_file_atomically(box.object_folder() / "interrupted.part", "half"));
    box.update(home);

    box.objects.tidy({home});
    CHECK_FALSE(box.objects.has(old.objects[0]));
    CHECK_TRUE(box.objects.has(head.objects[0]));
    CHECK_FALSE(std::filesystem::exists(box.object_folder() / "interrupted.part"));
    CHECK_TRUE(box.objects.head(home).has_value());
}

TEST_GROUP(ObjectFile){};

TEST(ObjectFile, IsOnlyFoundByHash) {
    std::string hash(64, 'a');
    CHECK_TRUE(platform::object_file("/objects", "sha256:" + hash) == std::filesystem::path("/objects") / hash);
    for (const char* name : {"", "a.png", "sha256:", "sha256:../../etc/passwd", "sha256:AA"})
        CHECK_FALSE(platform::object_file("/objects", name).has_value());
}
