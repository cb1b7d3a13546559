#include "platform/sync/sync_service.h"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <thread>

#include "content/content_store.h"
#include "middleware/base/format.h"
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
using platform::SyncStatus;
using State = SyncStatus::State;

// clang-format off
TEST_GROUP(SyncService) {
    std::atomic<bool> has_begun = false;
    std::atomic<bool> is_over = false;
    tests::TestPlatform platform;
    tests::TemporaryFolder folder;
    std::unique_ptr<base::EventLoop> loop = std::move(*base::EventLoop::create());
    std::unique_ptr<base::Log> log = base::make_silent_log();
    base::SettableClock clock{kMonday};
    std::vector<SyncStatus> statuses;
    std::unique_ptr<platform::SyncService> service;

    void start(const std::string& url) {
        platform::SyncOptions options{url, area("12/0101"), folder.path() / "content.db", folder.path() / "objects"};
        service = std::make_unique<platform::SyncService>(options, clock, *log, *loop,
                                                          [this](const SyncStatus& status) { statuses.push_back(status); });
        service->start();
    }
    /// Waits for the end of the next attempt.
    SyncStatus next() {
        statuses.clear();
        auto give_up = std::chrono::steady_clock::now() + 10s;
        while (std::chrono::steady_clock::now() < give_up) {
            loop->run_once(100ms);
            if (!statuses.empty() && statuses.back().state != State::Running) return statuses.back();
        }
        return {};
    }
    void publish_chain() {
        platform.publish(area("12"), std::vector{make_notice("city", "市")});
        platform.publish(area("12/0101"), std::vector{make_notice("district", "区")});
    }
};
// clang-format on

TEST(SyncService, BringsTheWholeChain) {
    publish_chain();
    start(platform.url() + "/");
    SyncStatus status = next();
    CHECK_TEXT_EQUAL("", status.last_error);
    CHECK_TRUE(status.state == State::Fresh);
    CHECK_TRUE(statuses.front().state == State::Running);
    CHECK_TRUE(status.last_success == kMonday);
    LONGS_EQUAL(2, status.areas_changed);
    CHECK_TRUE(status.bytes_received > 0);

    auto store = content::ContentStore::open(folder.path() / "content.db");
    auto rows = store->items(content::Board::Notices, "", area("12/0101").chain(), std::nullopt);
    LONGS_EQUAL(2, rows->size());
}

TEST(SyncService, SyncsAgainWhenItIsAsked) {
    publish_chain();
    start(platform.url());
    next();
    service->sync_now();
    SyncStatus status = next();
    CHECK_TRUE(status.state == State::Fresh);
    LONGS_EQUAL(0, status.areas_changed);
    UNSIGNED_LONGS_EQUAL(0, status.bytes_received);
}

TEST(SyncService, TellsWhyItFailedAndWhenItLastSucceeded) {
    publish_chain();
    start(platform.url());
    next();
    clock.advance(1h);
    platform.set_fault("0101/head.signed", [](auto&) {
        net::HttpResponse response;
        response.status = 500;
        return response;
    });
    service->sync_now();
    SyncStatus status = next();
    CHECK_TRUE(status.state == State::Failed);
    STRCMP_CONTAINS("area 12/0101: ", status.last_error.c_str());
    STRCMP_CONTAINS("status 500", status.last_error.c_str());
    CHECK_TRUE(status.last_success == kMonday);
}

TEST(SyncService, TakesACityWithoutPublicationForAFault) {
    platform.publish(area("12/0101"), std::vector{make_notice("district", "区")});
    start(platform.url());
    SyncStatus status = next();
    CHECK_TRUE(status.state == State::Failed);
    STRCMP_CONTAINS("area 12: nothing is published at", status.last_error.c_str());
    LONGS_EQUAL(1, status.areas_changed);
}

TEST(SyncService, SyncsWhenTheNetworkComesBack) {
    publish_chain();
    start(platform.url());
    next();
    service->set_network(false);
    service->sync_now();
    CHECK_TRUE(next().state == State::Failed);
    service->set_network(true);
    CHECK_TRUE(next().state == State::Fresh);
}

TEST(SyncService, ReportsAStoreThatCannotBeMade) {
    folder.write("content.db/in-the-way", "");
    publish_chain();
    start(platform.url());
    SyncStatus status = next();
    CHECK_TRUE(status.state == State::Failed);
    CHECK_FALSE(status.last_error.empty());
}

TEST(SyncService, EndsAtOnceInTheMiddleOfATransfer) {
    publish_chain();
    platform.set_fault(".zst", [&](auto&) {
        net::HttpResponse response;
        response.stream = [&](auto& write) {
            has_begun = true;
            while (!is_over && write("x")) std::this_thread::sleep_for(10ms);
        };
        response.stream_length = 100'000;
        return response;
    });
    start(platform.url());
    while (!has_begun) std::this_thread::sleep_for(1ms);
    service.reset();
    is_over = true;
    loop->run_once();
    for (const SyncStatus& status : statuses) CHECK_TRUE(status.state == State::Running);
}

TEST(SyncService, PostsNothingOnceItIsGone) {
    publish_chain();
    start(platform.url());
    while (platform.requests(".zst") < 2) std::this_thread::sleep_for(1ms);
    service.reset();
    loop->run_once(10ms);
    CHECK_TRUE(statuses.empty());
}

/// A process of its own that syncs once, in a loop of the test killed at any moment.
// clang-format off
TEST_GROUP(SyncKilled) {
    tests::TestPlatform platform;
    tests::TemporaryFolder folder;
    content::AreaCode home = area("12/0101");
    static constexpr int kItems = 1500;

    void publish(int version) {
        std::vector<content::Item> items;
        for (int i = 0; i < kItems; ++i)
            items.push_back(make_notice("n" + std::to_string(i), "v" + std::to_string(version)));
        platform.publish(home, items, {{std::string(200'000, static_cast<char>('a' + version % 26)), "image/png"}},
                         kMonday + std::chrono::hours(version));
    }
    /// Syncs in a child; killed after `delay`, if it is not done before. Whether it was done.
    bool sync_in_child(std::chrono::microseconds delay) {
        std::string program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "linli_test_sync_once";
        std::string url = platform.url();
        std::string store = folder.path() / "content.db";
        std::string objects = folder.path() / "objects";
        pid_t child = ::vfork();
        if (child == 0) {
            ::execl(program.c_str(), program.c_str(), url.c_str(), home.str().c_str(), store.c_str(), objects.c_str(), nullptr);
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
    for (auto delay = 500us; delay < 100ms; delay += 3ms) {
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
