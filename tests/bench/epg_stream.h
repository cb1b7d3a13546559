#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace linli::bench {

enum class StreamText { Gb2312Marked, GbkUnmarked, Utf8Marked };

/// A week's EIT schedule of 200 channels, about 70,000 events with titles, summaries and long texts as Chinese networks
/// send them, in packets of one PID. One turn of the carousel, its sections in no order.
struct EpgStream {
    static constexpr std::chrono::sys_days kBegin = std::chrono::sys_days(std::chrono::year(2026) / std::chrono::November / 23);
    std::vector<std::uint8_t> packets;
    std::size_t events = 0;
    std::size_t sections = 0;
};
EpgStream make_epg_stream(StreamText text);

}  // namespace linli::bench
