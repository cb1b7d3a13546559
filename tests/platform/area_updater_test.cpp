#include "platform/sync/area_updater.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "content/exchange_writer.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/storage/database.h"
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
using platform::Part;
using Outcome = AreaReport::Outcome;

namespace {

/// Every file below a folder with its bytes and its time.
std::map<std::string, std::string> snapshot(const std::filesystem::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        auto time = entry.last_write_time().time_since_epoch().count();
        files[entry.path()] = std::to_string(time) + base::read_file(entry.path()).value_or("");
    }
    return files;
}

std::vector<content::Item> many_notices(int count, int changed = 0) {
    std::vector<content::Item> items;
    for (int i = 0; i < count; ++i)
        items.push_back(make_notice(base::format("n{:04}", i), base::format("{}第{}号", i < changed ? "新" : "", i)));
    return items;
}

}  // namespace

// clang-format off
TEST_GROUP(AreaUpdater) {
    tests::TestPlatform platform;
    tests::TestBox box{platform.url(), platform.signed_tree.root_file()};
    content::AreaCode home = area("12/0101");

    void expect(Outcome outcome, const AreaReport& report) {
        CHECK_TEXT_EQUAL("", report.error);
        CHECK_TEXT_EQUAL("", report.note);
        CHECK_TRUE(outcome == report.outcome);
    }
    /// Every row of the store's tables of items, in any order.
    std::vector<std::string> rows(tests::TestBox& of) {
        std::vector<std::string> rows;
        for (content::Board board : {content::Board::Notices, content::Board::Services, content::Board::Guides}) {
            auto items = of.store->items(board, "", home.chain(), std::nullopt);
            auto categories = of.store->all_categories(board, home.chain());
            for (const auto& row : *items) rows.push_back(content::write_item(**of.store->item(row.key)));
            for (const auto& category : *categories) rows.push_back(category.id + category.name + category.icon);
        }
        std::ranges::sort(rows);
        return rows;
    }
};
// clang-format on

TEST(AreaUpdater, FetchesWhatIsPublished) {
    auto items = tests::full_items();
    auto head = platform.publish(home, items);

    auto report = box.update(home);
    expect(Outcome::Changed, report);
    CHECK_TRUE(report.has_new_content);
    CHECK_TRUE(report.head->poll == head.poll);
    CHECK_TRUE(report.traffic.received > head.content.length);
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

TEST(AreaUpdater, CostsAnUnchangedPollOneSmallAnswerAndNoWrite) {
    platform.publish(home, tests::full_items());
    expect(Outcome::Changed, box.update(home));
    // The first look after a start reads the version from the store.
    box.restart();
    expect(Outcome::Unchanged, box.update(home));
    box.store->settle();
    auto before = snapshot(box.data());
    int requests = platform.requests("");

    for (int poll = 0; poll < 3; ++poll) {
        auto report = box.update_alone(home);
        expect(Outcome::Unchanged, report);
        CHECK_TRUE(report.traffic.received > 0 && report.traffic.received <= 500);
    }
    LONGS_EQUAL(requests + 3, platform.requests(""));
    CHECK_TRUE(before == snapshot(box.data()));
}

TEST(AreaUpdater, WritesNothingForTheSameHeadFromAServerWithoutValidators) {
    platform.publish(home, tests::full_items());
    auto head = *base::read_file(platform.signed_tree.head_file(home));
    platform.set_fault("0101/head.signed", [head](auto&) { return tests::with_body(head); });
    expect(Outcome::Changed, box.update(home));
    auto before = snapshot(box.trust_folder());
    expect(Outcome::Unchanged, box.update(home));
    CHECK_TRUE(before == snapshot(box.trust_folder()));
}

TEST(AreaUpdater, TouchesNoDatabaseForAnUnchangedPoll) {
    platform.publish(home, tests::full_items());
    expect(Outcome::Changed, box.update(home));
    expect(Outcome::Unchanged, box.update(home));
    box.store->settle();
    box.store->give_back_memory();
    // Whoever reads a page now finds no database.
    for (const char* suffix : {"", "-wal"}) {
        auto bytes = *base::read_file(box.store_file().string() + suffix);
        std::ofstream(box.store_file().string() + suffix, std::ios::in | std::ios::binary) << std::string(bytes.size(), '\0');
    }
    CHECK_FALSE(box.store->version(home).has_value());
    expect(Outcome::Unchanged, box.update(home));
}

TEST(AreaUpdater, ReplacesTheContentOfTheArea) {
    platform.publish(home, std::vector{make_notice("a", "一"), make_notice("b", "二")});
    expect(Outcome::Changed, box.update(home));
    platform.publish(home, std::vector{make_notice("b", "贰")}, kMonday + 1h);

    expect(Outcome::Changed, box.update(home));
    CHECK_TRUE(box.titles(home) == std::vector<std::string>{"贰"});
}

TEST(AreaUpdater, TakesADeltaWhateverItMissed) {
    platform.publish(home, many_notices(200));
    expect(Outcome::Changed, box.update(home));
    platform.publish(home, many_notices(200, 1), kMonday + 1h);
    auto head = platform.publish(home, many_notices(199, 3), kMonday + 2h);
    LONGS_EQUAL(2, head.deltas.size());
    CHECK_TRUE(head.deltas[1].length < head.content.length / 2);

    auto report = box.update(home);
    expect(Outcome::Changed, report);
    LONGS_EQUAL(0, platform.requests(head.content.sha256));
    LONGS_EQUAL(1, platform.requests(head.deltas[1].sha256));
    CHECK_TEXT_EQUAL(head.content.sha256, (*box.store->version(home))->content_hash);
    LONGS_EQUAL(199, box.titles(home).size());
}

TEST(AreaUpdater, HasTheSameRowsByDeltasAsByTheWhole) {
    auto items = tests::full_items();
    for (int step = 0; step < 12; ++step) {
        // Adds, changes and removes, categories too.
        auto published = items;
        std::rotate(published.begin(), published.begin() + step % 5, published.end());
        published.resize(published.size() - static_cast<std::size_t>(step % 4));
        for (int i = 0; i <= step; ++i)
            published.push_back(make_notice("extra" + std::to_string(i), "第" + std::to_string(i % 3 == 0 ? step : i) + "号"));
        platform.publish(home, published, kMonday + std::chrono::hours(step));
        expect(Outcome::Changed, box.update(home));

        tests::TestBox fresh(platform.url(), platform.signed_tree.root_file());
        expect(Outcome::Changed, fresh.update(home));
        CHECK_TRUE(rows(fresh) == rows(box));
    }
}

TEST(AreaUpdater, TakesTheWholeWhenADeltaIsGone) {
    platform.publish(home, many_notices(20));
    expect(Outcome::Changed, box.update(home));
    auto head = platform.publish(home, many_notices(20, 5), kMonday + 1h);
    std::filesystem::remove(platform.tree() / platform::packed_path(head.deltas[0].sha256));

    auto report = box.update(home);
    CHECK_TRUE(report.outcome == Outcome::Changed && report.error.empty());
    STRCMP_CONTAINS("status 404", report.note.c_str());
    LONGS_EQUAL(1, platform.requests(head.content.sha256));
}

TEST(AreaUpdater, TakesTheWholeWhenADeltaDoesNotLeadToTheContent) {
    platform.publish(home, many_notices(20));
    expect(Outcome::Changed, box.update(home));
    auto first = platform.signed_tree.head(home);
    platform.publish(home, many_notices(22), kMonday + 1h);
    platform.publish(home, many_notices(25), kMonday + 2h);
    // The delta of the step before: it leaves items out.
    auto wrong = platform.signed_tree.head(home);
    std::erase_if(wrong.deltas, [&](auto& delta) { return delta.from == first.content.sha256; });
    wrong.deltas[0].from = first.content.sha256;
    ++wrong.sequence;
    platform.signed_tree.put_head(wrong);

    auto report = box.update(home);
    CHECK_TRUE(report.outcome == Outcome::Changed && report.error.empty());
    STRCMP_CONTAINS("there are 23 items, not 25", report.note.c_str());
    LONGS_EQUAL(25, box.titles(home).size());
}

TEST(AreaUpdater, FetchesNoContentForAHeadThatWasOnlyRenewed) {
    platform.publish(home, tests::full_items());
    expect(Outcome::Changed, box.update(home));
    int packed = platform.requests(".zst");
    auto head = platform.signed_tree.renew(home, kMonday + 24h * 20);

    auto report = box.update(home);
    expect(Outcome::Unchanged, report);
    CHECK_FALSE(report.has_new_content);
    CHECK_TRUE(report.head->expires == head.expires);
    LONGS_EQUAL(packed, platform.requests(".zst"));
}

TEST(AreaUpdater, FetchesContentForAKeptHeadWhenTheStoreWasLost) {
    platform.publish(home, tests::full_items());
    expect(Outcome::Changed, box.update(home));
    box.store.reset();
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(box.store_file().string() + suffix);
    box.restart();
    expect(Outcome::Changed, box.update(home));
    CHECK_FALSE(box.titles(home).empty());
}

TEST(AreaUpdater, TakesAnAreaWithoutPublicationForUnpublished) {
    platform.publish(area("12"), std::vector{make_notice("a", "市")});
    expect(Outcome::Unpublished, box.update(home));
    // Nobody is named who could publish for it: nobody is asked.
    LONGS_EQUAL(0, platform.requests("0101"));
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
    platform.publish(area("12"), tests::full_items());

    platform::AreaUpdater({box.client, *box.store, *box.trust, *box.kept, box.objects, ear}, {})
        .update(platform.url(), area("12"), Part::Content);
    auto here = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    CHECK_TRUE(std::chrono::abs(ear.heard - here) < 1min);
}

TEST(AreaUpdater, BringsAlertsByTheirOwnHead) {
    platform.publish(home, std::vector{make_notice("a", "通知")});
    platform.signed_tree.publish(home, std::vector{make_notice("storm", "暴雨")}, kMonday, Part::Alerts);
    auto content = box.update(home);
    CHECK_TRUE(content.head->alerts == 30s);
    expect(Outcome::Changed, box.update_alone(home, Part::Alerts));
    LONGS_EQUAL(2, box.titles(home).size());

    platform.signed_tree.publish(home, std::vector<content::Item>(), kMonday + 1h, Part::Alerts);
    expect(Outcome::Changed, box.update_alone(home, Part::Alerts));
    expect(Outcome::Unchanged, box.update_alone(home, Part::Alerts));
    CHECK_TRUE(box.titles(home) == std::vector<std::string>{"通知"});
}

TEST(AreaUpdater, ForgetsAlertsOfAnAreaThatHasNoneOfItsOwnAnyMore) {
    platform.publish(home, std::vector{make_notice("a", "通知")});
    platform.signed_tree.publish(home, std::vector{make_notice("storm", "暴雨")}, kMonday, Part::Alerts);
    box.update(home);
    box.update_alone(home, Part::Alerts);
    auto head = platform.signed_tree.head(home);
    head.alerts.reset();
    ++head.sequence;
    platform.signed_tree.put_head(head);

    expect(Outcome::Unchanged, box.update(home));
    CHECK_TRUE(box.titles(home) == std::vector<std::string>{"通知"});
}

TEST(AreaUpdater, LeavesNoPartBehind) {
    platform.publish(home, many_notices(300));
    expect(Outcome::Changed, box.update(home));
    CHECK_TRUE(std::filesystem::is_empty(box.object_folder()));
}

TEST_GROUP(ObjectFile){};

TEST(ObjectFile, IsOnlyFoundByHash) {
    std::string hash(64, 'a');
    CHECK_TRUE(platform::object_file("/objects", "sha256:" + hash) == std::filesystem::path("/objects") / hash);
    for (const char* name : {"", "a.png", "sha256:", "sha256:../../etc/passwd", "sha256:AA"})
        CHECK_FALSE(platform::object_file("/objects", name).has_value());
}

TEST_GROUP(ObjectFolder) {
    tests::TemporaryFolder folder;
    platform::ObjectFolder objects{folder.path(), 100};
    std::string a = std::string(64, 'a'), b = std::string(64, 'b'), c = std::string(64, 'c');

    void put(const std::string& hash, std::size_t bytes, std::chrono::hours age) {
        CHECK_GOOD(base::write_file_atomically(objects.part_file(hash), std::string(bytes, 'x')));
        CHECK_GOOD(objects.keep(hash));
        std::filesystem::last_write_time(folder.path() / hash, std::filesystem::file_time_type::clock::now() - age);
    }
};

TEST(ObjectFolder, MakesRoomOfWhatWasShownLeastRecently) {
    put(a, 40, 1h);
    put(b, 30, 3h);
    put(c, 30, 2h);
    UNSIGNED_LONGS_EQUAL(100, objects.bytes());
    CHECK_TRUE(objects.make_room(20, {}));
    CHECK_TRUE(objects.has(a) && !objects.has(b) && objects.has(c));
    CHECK_TRUE(objects.make_room(60, {}));
    CHECK_TRUE(objects.has(a) && !objects.has(c));
}

TEST(ObjectFolder, SparesWhatShouldStay) {
    put(a, 40, 1h);
    put(b, 30, 3h);
    CHECK_TRUE(objects.make_room(60, {b}));
    CHECK_TRUE(!objects.has(a) && objects.has(b));
    put(a, 40, 1h);
    CHECK_FALSE(objects.make_room(80, {b}));
    CHECK_TRUE(objects.has(a) && objects.has(b));
    CHECK_FALSE(objects.make_room(101, {}));
}

TEST(ObjectFolder, TidiesAwayWhatNoItemNamesAndWhatWasInterrupted) {
    put(a, 10, 1h);
    put(b, 10, 1h);
    CHECK_GOOD(base::write_file_atomically(objects.part_file(c), "half"));
    objects.tidy({a});
    CHECK_TRUE(objects.has(a) && !objects.has(b));
    CHECK_FALSE(std::filesystem::exists(objects.part_file(c)));
}
