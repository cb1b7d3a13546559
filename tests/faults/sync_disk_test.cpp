#include <algorithm>

#include "content/content_store.h"
#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "tests/content/sample_items.h"
#include "tests/faults/faulty_run.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using content::Part;
using linli::tests::kMonday;
namespace fs = std::filesystem;

namespace {

constexpr int kNotices = 40;

std::string title(int version) { return "第" + std::to_string(version) + "版"; }

}  // namespace

// clang-format off
/// A sync whose disk fails it, at each of its calls and in each way.
TEST_GROUP(SyncOnABadDisk) {
    tests::TestPlatform platform;
    tests::TemporaryFolder folder;
    content::AreaCode city = tests::area("12");
    content::AreaCode home = tests::area("12/0101");
    fs::path disk = folder.path() / "disk";

    std::vector<std::string> command() const {
        return {tests::program("linli_test_sync_once"), platform.url(), home.str(), disk,
                platform.signed_tree.root_file()};
    }
    /// Each version replaces the notices of both areas and has a picture that comes with them; of the city one notice
    /// in eight changes, so that it comes as a delta. The district has an alert of its own.
    void publish(int version) {
        auto now = kMonday + std::chrono::hours(version);
        std::string picture(20'000, static_cast<char>('a' + version));
        auto object = platform.signed_tree.add_object(picture);
        object.is_prefetched = true;
        for (const auto& area : {city, home}) {
            std::vector<content::Item> items;
            for (int i = 0; i < kNotices; ++i) {
                bool is_changed = area == home || i % 8 == 0;
                auto item = tests::make_notice("n" + std::to_string(i), title(is_changed ? version : 1));
                if (i == 0) std::get<content::Notice>(item.content).body.push_back(content::Picture{object, "图", ""});
                items.push_back(std::move(item));
            }
            platform.publish(area, items, now);
        }
        auto alert = tests::make_notice("alert", title(version));
        platform.signed_tree.publish(home, std::vector{alert}, now, Part::Alerts);
    }
    /// Of which version the notices of an area are, as a whole; 0 is nothing at all, -1 a mixture.
    int version_of(content::ContentStore& store, const content::AreaCode& area) {
        auto rows = store.items(content::Board::Notices, "", {area}, std::nullopt);
        if (!rows) return -1;
        std::erase_if(*rows, [](auto& row) { return row.key.id == "alert"; });
        if (rows->empty()) return 0;
        if (rows->size() != kNotices) return -1;
        for (int version = 1; version <= 2; ++version) {
            auto is_right = [&](const content::ItemRow& row) {
                bool is_changed = area == home || std::atoi(row.key.id.c_str() + 1) % 8 == 0;
                return row.title == title(is_changed ? version : 1);
            };
            if (std::ranges::all_of(*rows, is_right)) return version;
        }
        return -1;
    }
    int version_of_alert(content::ContentStore& store) {
        auto rows = store.items(content::Board::Notices, "", {home}, std::nullopt);
        if (!rows) return -1;
        for (const auto& row : *rows)
            if (row.key.id == "alert") return row.title == title(1) ? 1 : row.title == title(2) ? 2 : -1;
        return 0;
    }
    /// What is wrong with what the box shows: each part of each area has to be as it was `before`, or as it is to be.
    std::string examine_store(int before, int after) {
        auto store = content::ContentStore::open(disk / "content.db");
        if (!store) return store.error().message;
        for (int version : {version_of(*store, city), version_of(*store, home), version_of_alert(*store)})
            if (version != before && version != after) return "the box shows neither the old nor the new";
        return "";
    }
    /// Every object under its name has the hash that is its name.
    std::string examine_objects() {
        std::error_code none;
        for (const auto& entry : fs::recursive_directory_iterator(disk / "objects", none)) {
            std::string name = entry.path().filename();
            if (name.size() == 64 && base::Sha256::of(base::read_file(entry.path()).value_or("")) != name)
                return "an object is not what its name says";
        }
        return "";
    }
    std::string examine(const tests::FaultyRun& run, int before, int after) {
        bool says_done = !run.was_ended && run.status == 0;
        for (auto problem : {examine_store(says_done ? after : before, after), examine_objects()})
            if (!problem.empty()) return problem;
        auto again = tests::run_with_fault(command(), disk, {});
        if (again.status != 0) return "the next sync fails: " + again.message;
        for (auto problem : {examine_store(after, after), examine_objects()})
            if (!problem.empty()) return "after the next sync: " + problem;
        return "";
    }
    void expect_old_or_new(const fs::path& before_folder, int before, int after, long most_points) {
        tests::FaultLoop loop{.command = command(), .before = before_folder, .disk = disk, .most_points = most_points};
        CHECK_TEXT_EQUAL("", tests::try_every_fault(loop, [&](const tests::FaultyRun& run) { return examine(run, before, after); }));
    }
};
// clang-format on

TEST(SyncOnABadDisk, ShowsNothingOrAllOfTheFirstContent) {
    publish(1);
    fs::create_directories(folder.path() / "empty");
    expect_old_or_new(folder.path() / "empty", 0, 1, 40);
}

TEST(SyncOnABadDisk, ShowsOldOrNewContentWhole) {
    publish(1);
    fs::create_directories(disk);
    auto first = tests::run_with_fault(command(), disk, {});
    CHECK_TEXT_EQUAL("", first.message);
    fs::rename(disk, folder.path() / "old");
    publish(2);
    expect_old_or_new(folder.path() / "old", 1, 2, 1000);
}
