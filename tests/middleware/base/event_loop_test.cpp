#include "middleware/base/event_loop.h"

#include <unistd.h>

#include <string>
#include <thread>

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::base;
using namespace std::chrono;

// clang-format off
TEST_GROUP(EventLoop) {
    std::unique_ptr<EventLoop> loop = std::move(*EventLoop::create());
    std::string log;
};
// clang-format on

TEST(EventLoop, RunsPostedTasksInTheirOrder) {
    for (char c : {'a', 'b', 'c'})
        loop->post([this, c] { log += c; });
    CHECK_TEXT_EQUAL("", log);
    loop->run_once();
    CHECK_TEXT_EQUAL("abc", log);
}

TEST(EventLoop, ATaskPostedByATaskRunsInTheNextRound) {
    loop->post([this] {
        log += 'a';
        loop->post([this] { log += 'b'; });
    });
    loop->run_once();
    CHECK_TEXT_EQUAL("a", log);
    loop->run_once();
    CHECK_TEXT_EQUAL("ab", log);
}

TEST(EventLoop, APostFromAnotherThreadWakesIt) {
    std::thread worker([this] {
        loop->post([this] {
            log += 'a';
            loop->quit();
        });
    });
    loop->run();
    worker.join();
    CHECK_TEXT_EQUAL("a", log);
}

TEST(EventLoop, TimersRunByTheirTimeAndOnce) {
    loop->start_timer(milliseconds(20), [this] { log += 'b'; });
    loop->start_timer(milliseconds(1), [this] { log += 'a'; });
    loop->start_timer(milliseconds(30), [this] { loop->quit(); });
    loop->run();
    CHECK_TEXT_EQUAL("ab", log);
}

TEST(EventLoop, AStoppedTimerDoesNotRun) {
    auto stopped = loop->start_timer(milliseconds(1), [this] { log += 'a'; });
    loop->start_timer(milliseconds(5), [this] { loop->quit(); });
    loop->stop_timer(stopped);
    loop->stop_timer(stopped);
    loop->stop_timer(12345);
    loop->run();
    CHECK_TEXT_EQUAL("", log);
}

TEST(EventLoop, ATimerMayStartItselfAgain) {
    std::function<void()> again = [&] {
        log += 'a';
        if (log.size() == 3) return loop->quit();
        loop->start_timer(milliseconds(0), again);
    };
    loop->start_timer(milliseconds(0), again);
    loop->run();
    CHECK_TEXT_EQUAL("aaa", log);
}

TEST(EventLoop, CallsForADescriptorThatCanBeReadUntilItIsUnwatched) {
    int ends[2];
    LONGS_EQUAL(0, ::pipe(ends));
    loop->watch(ends[0], [&] {
        char c;
        if (::read(ends[0], &c, 1) == 1) log += c;
        loop->unwatch(ends[0]);
    });
    loop->run_once();
    CHECK_TEXT_EQUAL("", log);
    LONGS_EQUAL(2, ::write(ends[1], "xy", 2));
    loop->run_once();
    loop->run_once();
    CHECK_TEXT_EQUAL("x", log);
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST(EventLoop, QuitBeforeRunEndsTheNextRunAndOnlyThat) {
    loop->quit();
    loop->run();
    loop->post([this] {
        log += 'a';
        loop->quit();
    });
    loop->run();
    CHECK_TEXT_EQUAL("a", log);
}

TEST(EventLoop, AWatcherKeepsItsState) {
    int ends[2];
    CHECK_EQUAL(0, ::pipe(ends));
    loop->watch(ends[0], [this, end = ends[0], count = 0]() mutable {
        char byte;
        CHECK_EQUAL(1, ::read(end, &byte, 1));
        log += std::to_string(++count);
    });
    for (int i = 0; i < 3; ++i) {
        CHECK_EQUAL(1, ::write(ends[1], "x", 1));
        loop->run_once(seconds(1));
    }
    CHECK_TEXT_EQUAL("123", log);
    loop->unwatch(ends[0]);
    ::close(ends[0]);
    ::close(ends[1]);
}
