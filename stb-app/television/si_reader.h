#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "epg/guide/guide_listener.h"
#include "epg/si/si_collector.h"

namespace linli::app {

/// Reads the service information in what the tuner delivers, on a thread of its own, so that neither the pictures nor the
/// screen wait for it. When packets come faster than they are read (nothing does, but a file that is played as fast as it
/// can be read) some are left out: the carousel brings them again.
class SiReader {
  public:
    struct Listeners {
        /// Batches for the guide; may wait. Called on the reader's thread.
        epg::GuideListener::Sink on_batch;
        /// Times that are to be believed. Called on the reader's thread.
        std::function<void(std::chrono::sys_seconds)> on_time;
    };

    SiReader(epg::SiOptions options, Listeners listeners);
    ~SiReader();
    SiReader(const SiReader&) = delete;
    SiReader& operator=(const SiReader&) = delete;

    /// Takes packets, from any thread; copies them.
    void take(std::span<const std::byte> packets);
    /// What comes from now on is another stream.
    void restart();
    struct Counters {
        epg::SiCounters si;
        /// Bytes that were left out.
        std::uint64_t left_out = 0;
        /// Times that were not believed.
        int doubted_times = 0;
        /// The broadcast says of no country that its local time is this box's.
        bool is_local_time_other = false;
    };
    /// As of the last packets that were read.
    Counters counters() const;

  private:
    void run(const std::stop_token& stop);

    const epg::SiOptions options_;
    const Listeners listeners_;
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<std::byte> waiting_;  // guarded by mutex_, as all that follows
    bool is_restarted_ = false;
    Counters counters_;
    std::jthread thread_;  // last, so that it ends first
};

}  // namespace linli::app
