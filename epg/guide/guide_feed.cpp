#include "epg/guide/guide_feed.h"

#include <condition_variable>
#include <mutex>

namespace linli::epg {

struct GuideFeed::State {
    base::EventLoop& loop;
    Apply apply;  // UI thread
    std::mutex mutex{};
    std::condition_variable changed{};
    int waiting = 0;         // guarded by mutex
    bool is_closed = false;  // guarded by mutex

    /// False when it is closed.
    bool enter() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return waiting < kMostWaiting || is_closed; });
        if (!is_closed) ++waiting;
        return !is_closed;
    }
    void leave() {
        {
            std::lock_guard lock(mutex);
            --waiting;
        }
        changed.notify_one();
    }
    void close() {
        {
            std::lock_guard lock(mutex);
            is_closed = true;
        }
        changed.notify_all();
    }
    bool is_open() {
        std::lock_guard lock(mutex);
        return !is_closed;
    }
};

GuideFeed::GuideFeed(base::EventLoop& loop, Apply apply) : state_(std::make_shared<State>(loop, std::move(apply))) {}

GuideFeed::~GuideFeed() { state_->close(); }

GuideListener::Sink GuideFeed::sink() const {
    return [state = state_](GuideBatch batch) {
        if (!state->enter()) return;
        // A task is copied: the batch is not.
        auto shared = std::make_shared<GuideBatch>(std::move(batch));
        state->loop.post([state, shared] {
            if (state->is_open()) state->apply(*shared);
            state->leave();
        });
    };
}

}  // namespace linli::epg
