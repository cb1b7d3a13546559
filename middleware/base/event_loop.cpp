#include "middleware/base/event_loop.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

namespace linli::base {

using namespace std::chrono;

Result<std::unique_ptr<EventLoop>> EventLoop::create() {
    int fd = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (fd < 0) return fail(std::string("cannot create an event descriptor: ") + std::strerror(errno));
    return std::unique_ptr<EventLoop>(new EventLoop(fd));
}

EventLoop::~EventLoop() { ::close(wake_fd_); }

void EventLoop::post(Task task) {
    {
        std::lock_guard lock(mutex_);
        posted_.push_back(std::move(task));
    }
    ::eventfd_write(wake_fd_, 1);
}

void EventLoop::quit() {
    {
        std::lock_guard lock(mutex_);
        quit_ = true;
    }
    ::eventfd_write(wake_fd_, 1);
}

void EventLoop::watch(int fd, Task ready) { watched_[fd] = std::make_shared<Task>(std::move(ready)); }

void EventLoop::unwatch(int fd) { watched_.erase(fd); }

EventLoop::TimerId EventLoop::start_timer(milliseconds delay, Task task) {
    TimerId id = next_timer_++;
    timers_.emplace(steady_clock::now() + delay, Timer{id, std::move(task)});
    return id;
}

void EventLoop::stop_timer(TimerId timer) {
    auto found = std::ranges::find_if(timers_, [&](auto& entry) { return entry.second.id == timer; });
    if (found != timers_.end()) timers_.erase(found);
}

void EventLoop::run() {
    for (;;) {
        {
            std::lock_guard lock(mutex_);
            if (quit_) {
                quit_ = false;
                return;
            }
        }
        run_once(milliseconds::max());
    }
}

void EventLoop::run_once(milliseconds wait) {
    milliseconds longest = wait;
    if (auto next = until_next_timer()) longest = std::min(longest, *next);
    int timeout = longest > hours(1) ? -1 : static_cast<int>(longest.count());
    if (timeout < 0 && wait != milliseconds::max()) timeout = static_cast<int>(milliseconds(hours(1)).count());

    std::vector<pollfd> fds{{wake_fd_, POLLIN, 0}};
    for (auto& [fd, task] : watched_) fds.push_back({fd, POLLIN, 0});
    if (::poll(fds.data(), fds.size(), timeout) > 0) {
        if (fds[0].revents != 0) {
            eventfd_t ignored;
            ::eventfd_read(wake_fd_, &ignored);
        }
        for (std::size_t i = 1; i < fds.size(); ++i) {
            if (fds[i].revents == 0) continue;
            // A task may unwatch any descriptor, its own too: each is looked up again, and held while it runs.
            if (auto found = watched_.find(fds[i].fd); found != watched_.end()) {
                std::shared_ptr<Task> ready = found->second;
                (*ready)();
            }
        }
    }
    run_posted();
    run_due_timers();
}

void EventLoop::run_posted() {
    std::vector<Task> tasks;
    {
        std::lock_guard lock(mutex_);
        tasks.swap(posted_);
    }
    for (Task& task : tasks) task();
}

void EventLoop::run_due_timers() {
    auto now = steady_clock::now();
    while (!timers_.empty() && timers_.begin()->first <= now) {
        Task task = std::move(timers_.begin()->second.task);
        timers_.erase(timers_.begin());
        task();
    }
}

std::optional<milliseconds> EventLoop::until_next_timer() const {
    if (timers_.empty()) return std::nullopt;
    return std::max(milliseconds(0), ceil<milliseconds>(timers_.begin()->first - steady_clock::now()));
}

}  // namespace linli::base
