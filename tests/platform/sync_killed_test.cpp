#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <thread>

#include "content/content_store.h"
#include "tests/content/sample_items.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::area;
using linli::tests::kMonday;
using linli::tests::make_notice;

/// A process of its own that syncs once, in a loop of the test killed at any moment.
// clang-format off
TEST_GROUP(SyncKilled) {
    tests::TestPlatform platform;
    tests::TemporaryFolder folder;
    content::AreaCode home = area("12/0101");
    static constexpr int kItems = 600;

    void publish(int version) {
        std::vector<content::Item> items;
        for (int i = 0; i < kItems; ++i)
            items.push_back(make_notice("n" + std::to_string(i), "v" + std::to_string(version)));
        auto picture = platform.signed_tree.add_object(std::string(200'000, static_cast<char>('a' + version % 26)));
        picture.is_prefetched = true;
        std::get<content::Notice>(items[0].content).body.push_back(content::Picture{picture, "图", ""});
        platform.publish(home, items, kMonday + std::chrono::hours(version));
    }
    /// Syncs in a child; killed after `delay`, if it is not done before. Whether it was done.
    bool sync_in_child(std::chrono::microseconds delay) {
        std::string program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "linli_test_sync_once";
        std::string url = platform.url();
        std::string data = folder.path();
        std::string root = platform.signed_tree.root_file();
        pid_t child = ::vfork();
        if (child == 0) {
            ::execl(program.c_str(), program.c_str(), url.c_str(), home.str().c_str(), data.c_str(), root.c_str(), nullptr);
            ::_exit(127);
        }
        int status = 0;
        auto end = std::chrono::steady_clock::now() + delay;
        while (::waitpid(child, &status, WNOHANG) == 0) {
            if (std::chrono::steady_clock::now() >= end) ::kill(child, SIGKILL);
            std::this_thread::sleep_for(100us);
        }
        if (WIFEXITED(status)) LONGS_EQUAL(0, WEXITSTATUS(status));
        return WIFEXITED(status);
    }
    /// The version that the store shows: all of its items are of it.
    int stored_version() {
        auto store = content::ContentStore::open(folder.path() / "content.db");
        CHECK_GOOD(store);
        CHECK_TEXT_EQUAL("", store->notice());
        auto rows = store->items(content::Board::Notices, "", {home}, std::nullopt);
        CHECK_GOOD(rows);
        LONGS_EQUAL(kItems, rows->size());
        for (const auto& row : *rows) CHECK_TEXT_EQUAL(rows->front().title, row.title);
        return std::atoi(rows->front().title.c_str() + 1);
    }
};
// clang-format on

TEST(SyncKilled, LeavesOldOrNewContentWholeAtAnyMoment) {
    publish(1);
    CHECK_TRUE(sync_in_child(30s));
    int interrupted = 0;
    int version = 1;
    for (auto delay = 500us; delay < 100ms; delay += 4ms) {
        publish(++version);
        int before = stored_version();
        bool was_done = sync_in_child(delay);
        int after = stored_version();
        CHECK_TRUE(after == before || after == version);
        if (was_done) LONGS_EQUAL(version, after);
        if (!was_done) ++interrupted;
    }
    // How many depends on the machine; the first always, since no process is done in half a millisecond.
    CHECK_TRUE(interrupted > 0);
    CHECK_TRUE(sync_in_child(30s));
    LONGS_EQUAL(version, stored_version());
}
