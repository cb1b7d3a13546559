#include "content/content_store.h"
#include "content/exchange_writer.h"
#include "tests/content/sample_items.h"
#include "tests/faults/faulty_run.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
namespace fs = std::filesystem;

// clang-format off
TEST_GROUP(WithdrawOnABadDisk) {
    tests::TemporaryFolder folder;
    content::AreaCode home = tests::area("12/0101");
    fs::path disk = folder.path() / "disk";
    fs::path file = disk / "content.db";

    void fill(int items) {
        auto store = content::ContentStore::open(file);
        CHECK_GOOD(store);
        for (const char* area : {"12/0101", "12"}) {
            auto update = store->replace(tests::area(area));
            CHECK_GOOD(update);
            for (int i = 0; i < items; ++i) {
                auto item = tests::make_notice("n" + std::to_string(i), "停水通知 " + std::to_string(i));
                CHECK_GOOD(update->add(item, content::write_item(item)));
            }
            CHECK_GOOD(update->commit({.sequence = 1}));
        }
        store->settle();
    }
    /// Whatever happened, the area is there as a whole or in part, is found as far as it is there, and can be withdrawn.
    std::string examine(const tests::FaultLoop& loop, const tests::FaultyRun& run, std::size_t items) {
        auto [there, found] = shown("12/0101");
        if (there != found) return "what is there is not what is found";
        if (run.message.starts_with("withdrawing")) return run.message;
        if (!run.was_ended && run.status == 0 && there != 0) return "it says that it is done";
        if (shown("12") != std::pair(items, items)) return "another area has lost something";
        auto again = tests::run_with_fault(loop.command, disk, {});
        if (again.status != 0 || shown("12/0101").first != 0) return "it cannot be done again: " + again.message;
        return "";
    }
    void expect_good(int items, long points, std::vector<tests::FaultKind> kinds) {
        fill(items);
        fs::rename(disk, folder.path() / "before");
        tests::FaultLoop loop{.command = {tests::program("linli_test_withdraw_once"), file, home.str()},
                              .before = folder.path() / "before", .disk = disk, .most_points = points, .kinds = kinds};
        CHECK_TEXT_EQUAL("", tests::try_every_fault(loop, [&](const tests::FaultyRun& run) {
            return examine(loop, run, static_cast<std::size_t>(items));
        }));
    }
    /// How many items the area has, and how many of them are found.
    std::pair<std::size_t, std::size_t> shown(const char* area) {
        auto store = content::ContentStore::open(file);
        CHECK_GOOD(store);
        CHECK_TEXT_EQUAL("", store->notice());
        std::vector<content::AreaCode> chain = {tests::area(area)};
        return {*store->count(content::Board::Notices, "", chain, std::nullopt),
                store->search("停水", chain, std::nullopt)->size()};
    }
};
// clang-format on

TEST(WithdrawOnABadDisk, SucceedsOnAFullOne) { expect_good(3000, 40, {tests::FaultKind::Full}); }

TEST(WithdrawOnABadDisk, IsDoneOrCanBeDoneAgainAfterEveryFault) {
    using enum tests::FaultKind;
    expect_good(300, 40, {Kill, Cut, CutBytes, CutSome});
}
