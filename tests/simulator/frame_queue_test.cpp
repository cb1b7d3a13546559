#include "simulator/serve/frame_queue.h"

#include <array>

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;
using graphics::Rect;
using namespace std::chrono_literals;

TEST_GROUP(FrameQueue) {
    FrameQueue queue;
    FrameQueue::Instant now{1h};
    const Rect video{0, 80, 800, 450};

    void add(const Rect& area) { queue.add(std::span(&area, 1)); }
    std::int64_t total(const std::vector<Rect>& areas) {
        std::int64_t sum = 0;
        for (const Rect& area : areas) sum += area.area();
        return sum;
    }
};

TEST(FrameQueue, BeginsWithTheWholeScreen) {
    queue.restart({1280, 720});
    auto frame = queue.take(now, {});
    CHECK_TRUE(frame.has_value());
    CHECK_TRUE(frame->areas == std::vector<Rect>({{0, 0, 1280, 720}}));
    CHECK_FALSE(frame->video.has_value());
}

TEST(FrameQueue, WaitsForTheBrowser) {
    queue.restart({1280, 720});
    auto first = queue.take(now, {});
    add({0, 0, 10, 10});
    CHECK_FALSE(queue.take(now, {}).has_value());
    queue.acknowledge(first->number + 7);
    CHECK_FALSE(queue.take(now, {}).has_value());
    queue.acknowledge(first->number);
    auto second = queue.take(now, {});
    CHECK_TRUE(second.has_value());
    CHECK_TRUE(second->areas == std::vector<Rect>({{0, 0, 10, 10}}));
    queue.acknowledge(second->number);
    CHECK_FALSE(queue.take(now, {}).has_value());
}

TEST(FrameQueue, JoinsAreasThatOverlap) {
    add({0, 0, 10, 10});
    add({100, 0, 10, 10});
    add({5, 0, 100, 10});
    CHECK_TRUE(queue.take(now, {})->areas == std::vector<Rect>({{0, 0, 110, 10}}));
}

TEST(FrameQueue, JoinsManyAreasIntoOne) {
    for (int i = 0; i < 20; ++i) add({i * 20, 0, 10, 10});
    auto frame = queue.take(now, {});
    CHECK_TRUE(frame->areas.size() <= 6);
    Rect all;
    for (const Rect& area : frame->areas) all = all.united(area);
    CHECK_TRUE(all == Rect({0, 0, 390, 10}));
}

TEST(FrameQueue, CutsTheTelevisionOutOfTheRest) {
    queue.restart({1280, 720});
    auto frame = queue.take(now, video);
    CHECK_TRUE(frame->video == video);
    for (const Rect& area : frame->areas) CHECK_FALSE(area.intersects(video));
    LONGS_EQUAL(1280 * 720 - video.area(), total(frame->areas));
}

TEST(FrameQueue, KeepsThePaceOfTheTelevision) {
    queue.add_video();
    auto first = queue.take(now, video);
    CHECK_TRUE(first->video == video);
    queue.acknowledge(first->number);
    queue.add_video();
    CHECK_FALSE(queue.take(now + 10ms, video).has_value());
    CHECK_TRUE(queue.delay(now + 10ms) == FrameQueue::kVideoPace - 10ms);
    // A key's answer does not wait for it.
    add({900, 0, 10, 10});
    auto second = queue.take(now + 20ms, video);
    CHECK_TRUE(second.has_value() && !second->video);
    queue.acknowledge(second->number);
    CHECK_TRUE(queue.take(now + FrameQueue::kVideoPace, video)->video == video);
}

TEST(FrameQueue, ForgetsTelevisionThatHasGone) {
    queue.add_video();
    CHECK_FALSE(queue.take(now, {}).has_value());
    CHECK_FALSE(queue.delay(now).has_value());
}
