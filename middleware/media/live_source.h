#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "middleware/base/result.h"

namespace linli::media {

/// Receives the bytes of a live transport stream: from UDP or RTP, or from a tuner.
class LiveSource {
  public:
    struct Hearer {
        /// Bytes as they come, and when. Streaming thread.
        std::function<void(std::span<const std::byte>, std::chrono::steady_clock::time_point)> on_bytes;
        /// It has ended and why. Any thread.
        std::function<void(std::string)> on_error;
    };

    /// udp://, rtp:// and dvb:// are live.
    static bool is_live(const std::string& uri);

    static base::Result<std::unique_ptr<LiveSource>> open(const std::string& uri, Hearer hearer);
    /// Nothing is heard of it afterwards.
    virtual ~LiveSource() = default;
};

}  // namespace linli::media
