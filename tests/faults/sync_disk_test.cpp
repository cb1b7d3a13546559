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
using linli::tests::kMonday;
namespace fs = std::filesystem;

namespace {

constexpr int kItems = 40;

std::string title(int version) { return "第" + std::to_string(version) + "版"; }

}  // namespace

// clang-format off
/// A sync whose disk fails it, at each of its calls and in each way.
TEST_GROUP(SyncOnABadDisk) {
    tests::TestPlatform platform;
    tests::TemporaryFolder folder;
    content::AreaCode home = tests::area("12/0101");
    fs::path disk = folder.path() / "disk";

    std::vector<std::string> command() const {
        return {tests::program("linli_test_sync_once"), platform.url(), home.str(), disk, platform.signed_tree.root_file()};
    }
    void publish(int version) {
        std::vector<content::Item> items;
        for (int i = 0; i < kItems; ++i)
            items.push_back(tests::make_notice("n" + std::to_string(i), title(version) + " " + std::to_string(i)));
        auto picture = platform.signed_tree.add_object(std::string(20'000, static_cast<char>('a' + version)));
        picture.is_prefetched = true;
        std::get<content::Notice>(items[0].content).body.push_back(content::Picture{picture, "图", ""});
        platform.publish(home, items, kMonday + std::chrono::hours(version));
    }
    /// What the box shows is of this version, as a whole; 0 is nothing at all, -1 a mixture.
    int version_shown() {
        auto store = content::ContentStore::open(disk / "content.db");
        if (!store) return -1;
        auto rows = store->items(content::Board::Notices, "", {home}, std::nullopt);
        if (!rows || (!rows->empty() && rows->size() != kItems)) return -1;
        if (rows->empty()) return 0;
        for (int version = 1; version <= 2; ++version)
            if (std::ranges::all_of(*rows, [&](auto& row) { return row.title.starts_with(title(version)); })) return version;
        return -1;
    }
    /// Every object under its name has the hash that is its name.
    bool has_only_true_objects() {
        std::error_code none;
        for (const auto& entry : fs::recursive_directory_iterator(disk / "objects", none)) {
            std::string name = entry.path().filename();
            if (name.size() == 64 && base::Sha256::of(base::read_file(entry.path()).value_or("")) != name) return false;
        }
        return true;
    }
    std::string examine(const tests::FaultyRun& run, int before, int after) {
        int shown = version_shown();
        if (shown != before && shown != after) return "the box shows neither " + std::to_string(before) + " nor " + std::to_string(after);
        if (!run.was_ended && run.status == 0 && shown != after) return "the sync says that all is well, but the box shows the old";
        if (!has_only_true_objects()) return "an object is not what its name says";
        auto again = tests::run_with_fault(command(), disk, {});
        if (again.status != 0) return "the next sync fails: " + again.message;
        if (version_shown() != after) return "the next sync does not bring the new";
        if (!has_only_true_objects()) return "after the next sync an object is not what its name says";
        return "";
    }
    void expect_old_or_new(const fs::path& before_folder, int before, int after) {
        tests::FaultLoop loop{.command = command(), .before = before_folder, .disk = disk};
        CHECK_TEXT_EQUAL("", tests::try_every_fault(loop, [&](const tests::FaultyRun& run) { return examine(run, before, after); }));
    }
};
// clang-format on

TEST(SyncOnABadDisk, ShowsNothingOrAllOfTheFirstContent) {
    publish(1);
    fs::create_directories(folder.path() / "empty");
    expect_old_or_new(folder.path() / "empty", 0, 1);
}

TEST(SyncOnABadDisk, ShowsOldOrNewContentWhole) {
    publish(1);
    fs::create_directories(disk);
    auto first = tests::run_with_fault(command(), disk, {});
    CHECK_TEXT_EQUAL("", first.message);
    fs::rename(disk, folder.path() / "old");
    publish(2);
    expect_old_or_new(folder.path() / "old", 1, 2);
}
