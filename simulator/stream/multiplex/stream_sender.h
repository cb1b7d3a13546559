#pragma once

#include <cstdint>
#include <optional>

#include "simulator/stream/multiplex/elementary_loop.h"

namespace linli::simulator {

/// One elementary stream on its way into packets, round after round without a seam: its time stamps and its continuity
/// counter go on.
class StreamSender {
  public:
    /// The loop lives longer. `delay`: how long a unit may be under way before it is decoded.
    StreamSender(const ElementaryLoop& loop, std::uint16_t pid, Ticks delay);

    /// When its next packet may leave at the earliest; streams take turns by it.
    Ticks due() const;
    /// The next packet, which leaves at `clock` (27 MHz). `carries_clock`: a unit that a decoder can enter at tells it.
    Bytes next(std::int64_t clock, bool carries_clock);
    /// A packet that tells the clock and nothing else.
    Bytes clock_packet(std::int64_t clock) const;

    /// PIDs change while people watch: a fault.
    void move_to(std::uint16_t pid) { pid_ = pid; }

  private:
    void open_unit();

    const ElementaryLoop& loop_;
    std::uint16_t pid_;
    Ticks delay_;
    std::size_t unit_ = 0;
    Ticks round_ = 0;
    Bytes pes_;
    std::size_t sent_ = 0;
    std::uint8_t continuity_ = 0;
};

}  // namespace linli::simulator
