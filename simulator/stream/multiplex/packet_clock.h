#pragma once

#include "simulator/stream/multiplex/elementary_loop.h"

namespace linli::simulator {

/// When each packet of a stream of constant rate leaves, in ticks of 27 MHz.
/// @spec ISO/IEC 13818-1 §2.4.2.2
class PacketClock {
  public:
    static constexpr std::int64_t kBitsOfPacket = 188 * 8;
    static constexpr std::int64_t kPerSecond = 27'000'000;

    explicit PacketClock(std::int64_t bits_per_second) : bits_per_second_(bits_per_second) {}
    std::int64_t of_packet(std::int64_t packet) const {
        // In two steps: the product would leave 64 bits after some days.
        std::int64_t bits = packet * kBitsOfPacket;
        return bits / bits_per_second_ * kPerSecond + bits % bits_per_second_ * kPerSecond / bits_per_second_;
    }

  private:
    std::int64_t bits_per_second_;
};

}  // namespace linli::simulator
