#include "simulator/stream/multiplex/multiplexer.h"

#include <algorithm>

#include "simulator/stream/si/si_writer.h"

namespace linli::simulator {

namespace {

constexpr std::size_t kPacket = 188;
/// The clock is told every 35 ms; the standard asks for 40.
/// @spec ETSI TR 101 290 §5.2.2
constexpr std::int64_t kClockEvery = 35 * PacketClock::kPerSecond / 1000;
constexpr std::int64_t kBitsForSections = 500'000;

Bytes null_packet() {
    Bytes packet(kPacket, std::byte{0xFF});
    packet[0] = std::byte{0x47};
    packet[1] = std::byte{0x1F};
    packet[3] = std::byte{0x10};
    return packet;
}

}  // namespace

Multiplexer::Multiplexer(std::vector<Program> programs, std::int64_t bits_per_second)
    : clock_(bits_per_second), programs_(std::move(programs)) {
    for (const Program& program : programs_) {
        for (std::size_t i = 0; i < program.loops.size(); ++i) {
            std::uint16_t pid = program.service.streams[i].pid;
            Sending sending{.service_id = program.service.id, .sender = StreamSender(*program.loops[i], pid, kDelay), .clock_told = {}};
            if (pid == program.service.pcr_pid) sending.clock_told = -kClockEvery;
            sendings_.push_back(std::move(sending));
        }
    }
}

std::int64_t Multiplexer::rate_for(std::span<const Program> programs) {
    std::int64_t bits = kBitsForSections;
    for (const Program& program : programs)
        for (const ElementaryLoop* loop : program.loops)
            bits += loop->bytes() * 8 * kTicksOfSecond / std::max<Ticks>(loop->length, 1) * 11 / 10 + 60'000;
    return (bits / 100'000 + 1) * 100'000;
}

void Multiplexer::send(std::uint16_t pid, std::span<const Section> sections) {
    Bytes packets = packetizers_.try_emplace(pid, pid).first->second.packets(sections);
    for (std::size_t at = 0; at + kPacket <= packets.size(); at += kPacket)
        waiting_.emplace_back(packets.begin() + static_cast<std::ptrdiff_t>(at), packets.begin() + static_cast<std::ptrdiff_t>(at + kPacket));
}

std::chrono::nanoseconds Multiplexer::now() const {
    // 27 MHz: a tick is 1000/27 ns.
    std::int64_t clock = clock_.of_packet(packet_);
    return std::chrono::nanoseconds(clock / 27 * 1000 + clock % 27 * 1000 / 27);
}

Bytes Multiplexer::next() {
    std::int64_t clock = clock_.of_packet(packet_++);
    for (Sending& sending : sendings_) {
        if (!sending.clock_told || clock - *sending.clock_told < kClockEvery) continue;
        sending.clock_told = clock;
        return sending.sender.clock_packet(clock);
    }
    Ticks now = clock / 300;
    Sending* first = nullptr;
    for (Sending& sending : sendings_)
        if (sending.sender.due() <= now && (first == nullptr || sending.sender.due() < first->sender.due())) first = &sending;
    bool is_section_turn = !waiting_.empty() && (first == nullptr || !was_section_);
    was_section_ = is_section_turn;
    if (is_section_turn) {
        Bytes packet = std::move(waiting_.front());
        waiting_.pop_front();
        return packet;
    }
    return first != nullptr ? first->sender.next(clock, first->clock_told.has_value()) : null_packet();
}

SiService Multiplexer::move_pids(std::uint16_t service_id, std::uint16_t by) {
    std::size_t at = 0;
    for (Program& program : programs_) {
        if (program.service.id != service_id) {
            at += program.loops.size();
            continue;
        }
        program.service.pcr_pid = static_cast<std::uint16_t>(program.service.pcr_pid + by);
        for (std::size_t i = 0; i < program.service.streams.size(); ++i) {
            SiStream& stream = program.service.streams[i];
            stream.pid = static_cast<std::uint16_t>(stream.pid + by);
            // What is only told of is not sent.
            if (i < program.loops.size()) sendings_[at + i].sender.move_to(stream.pid);
        }
        return program.service;
    }
    return {};
}

}  // namespace linli::simulator
