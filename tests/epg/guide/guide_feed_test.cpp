#include "epg/guide/guide_feed.h"

#include <atomic>
#include <memory>
#include <thread>

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;

// clang-format off
TEST_GROUP(GuideFeed) {
    std::unique_ptr<base::EventLoop> loop = std::move(*base::EventLoop::create());

    static GuideBatch batch() {
        GuideBatch batch;
        batch.events.steps.push_back(InputRestart{});
        return batch;
    }
};
// clang-format on

TEST(GuideFeed, BatchesComeToTheUiThreadAFewAtATime) {
    std::atomic<int> posted = 0, applied = 0, most_ahead = 0;
    GuideFeed feed(*loop, [&](const GuideBatch&) {
        // One more may have been let in meanwhile for each that left.
        most_ahead = std::max(most_ahead.load(), posted - applied);
        if (++applied == 100) loop->quit();
    });
    std::thread worker([&, sink = feed.sink()] {
        for (int i = 0; i < 100; ++i) {
            sink(batch());
            ++posted;
        }
    });
    loop->run();
    worker.join();
    LONGS_EQUAL(100, applied);
    CHECK_TRUE(most_ahead <= GuideFeed::kMostWaiting);
}

TEST(GuideFeed, AWorkerThatWaitsIsLetGoWhenTheFeedEnds) {
    auto feed = std::make_unique<GuideFeed>(*loop, [](const GuideBatch&) { FAIL("applied after the end"); });
    std::thread worker([sink = feed->sink()] {
        for (int i = 0; i < 100; ++i) sink(batch());
    });
    feed.reset();
    worker.join();
    loop->run_once();
}
