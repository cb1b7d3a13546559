#pragma once

#include <functional>
#include <memory>

#include "epg/guide/guide_listener.h"
#include "middleware/base/event_loop.h"

namespace linli::epg {

/// Brings batches from workers to the UI thread, a few at a time: a worker that is faster waits, so that a file of a
/// gigabyte does not pile up in the queue. Made and ended on the UI thread.
class GuideFeed {
  public:
    using Apply = std::function<void(const GuideBatch&)>;
    /// Batches on their way.
    static constexpr int kMostWaiting = 4;

    /// `apply` runs on the UI thread, as long as the feed lives.
    GuideFeed(base::EventLoop& loop, Apply apply);
    /// Batches on their way are dropped, and workers wait no longer.
    ~GuideFeed();
    GuideFeed(const GuideFeed&) = delete;
    GuideFeed& operator=(const GuideFeed&) = delete;

    /// What a worker calls, from any thread, also when the feed has gone: then the batch is dropped. The loop must outlive
    /// the workers.
    GuideListener::Sink sink() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace linli::epg
