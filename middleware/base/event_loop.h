#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "middleware/base/result.h"

namespace linli::base {

/// The one queue of the UI thread: file descriptors, timers and values that other threads post.
/// Only `post` and `quit` may be called from other threads. Sleeps in poll(2) when there is nothing to do.
class EventLoop {
  public:
    using Task = std::function<void()>;
    using TimerId = std::uint64_t;

    static Result<std::unique_ptr<EventLoop>> create();
    ~EventLoop();
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// Runs `task` on the UI thread, in the order of posting. Wakes the loop.
    void post(Task task);
    /// Calls `ready` whenever `fd` can be read. The caller keeps the descriptor open until `unwatch`.
    void watch(int fd, Task ready);
    void unwatch(int fd);
    /// Runs `task` once, `delay` from now.
    TimerId start_timer(std::chrono::milliseconds delay, Task task);
    /// A timer that ran or never was is ignored.
    void stop_timer(TimerId timer);

    /// Runs until `quit`.
    void run();
    /// Runs what is due now and returns; with a `wait`, sleeps at most that long for something to do.
    void run_once(std::chrono::milliseconds wait = std::chrono::milliseconds(0));
    void quit();

  private:
    struct Timer {
        TimerId id;
        Task task;
    };
    using Instant = std::chrono::steady_clock::time_point;

    explicit EventLoop(int wake_fd) : wake_fd_(wake_fd) {}
    void run_posted();
    void run_due_timers();
    std::optional<std::chrono::milliseconds> until_next_timer() const;

    int wake_fd_;
    std::map<int, std::shared_ptr<Task>> watched_;
    std::multimap<Instant, Timer> timers_;
    TimerId next_timer_ = 1;
    bool quit_ = false;  // guarded by mutex_
    std::mutex mutex_;
    std::vector<Task> posted_;  // guarded by mutex_
};

}  // namespace linli::base
