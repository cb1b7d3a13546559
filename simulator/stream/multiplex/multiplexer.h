#pragma once

#include <cstdint>
#include <deque>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "simulator/stream/multiplex/packet_clock.h"
#include "simulator/stream/multiplex/stream_sender.h"
#include "simulator/stream/si/section.h"
#include "simulator/stream/si/si_model.h"

namespace linli::simulator {

/// A transport stream of constant rate that never ends: services that repeat, and whatever sections it is given.
/// Deterministic. One thread.
class Multiplexer {
  public:
    struct Program {
        SiService service;
        /// One for each of the service's streams, in the same order; empty for a service that is only told of. Lives longer.
        std::vector<const ElementaryLoop*> loops;
    };

    /// How long after it was sent a picture is decoded at the earliest.
    static constexpr Ticks kDelay = 3 * kTicksOfSecond / 10;

    Multiplexer(std::vector<Program> programs, std::int64_t bits_per_second);
    /// What these need, with something to spare for sections.
    static std::int64_t rate_for(std::span<const Program> programs);

    /// Sections to be sent next on a PID. They share the way with pictures: at most every second packet is theirs.
    void send(std::uint16_t pid, std::span<const Section> sections);
    /// How many packets of sections wait.
    std::size_t waiting() const { return waiting_.size(); }

    /// The next packet; a null packet where nothing is due.
    Bytes next();
    /// When it leaves, from the beginning of the stream.
    std::chrono::nanoseconds now() const;

    /// Fault: the streams of a program move to other PIDs. Its PMT is the caller's to send.
    SiService move_pids(std::uint16_t service_id, std::uint16_t by);

  private:
    struct Sending {
        std::uint16_t service_id;
        StreamSender sender;
        /// When the clock was last told on it; nothing where another stream tells it.
        std::optional<std::int64_t> clock_told;
    };

    PacketClock clock_;
    std::vector<Program> programs_;
    std::vector<Sending> sendings_;
    std::map<std::uint16_t, SectionPacketizer> packetizers_;
    std::deque<Bytes> waiting_;
    bool was_section_ = false;
    std::int64_t packet_ = 0;
};

}  // namespace linli::simulator
