#include "simulator/stream/multiplex/stream_sender.h"

#include <algorithm>

namespace linli::simulator {

namespace {

constexpr std::size_t kPacket = 188;
constexpr std::size_t kHead = 4;

/// @spec ISO/IEC 13818-1 §2.4.3.7
void put_time_stamp(ByteWriter& writer, unsigned prefix, Ticks time) {
    auto at = static_cast<std::uint64_t>(time);
    writer.put8(prefix << 4 | static_cast<std::uint32_t>(at >> 29 & 0x0E) | 1);
    writer.put16(static_cast<std::uint32_t>(at >> 14 & 0xFFFE) | 1);
    writer.put16(static_cast<std::uint32_t>(at << 1 & 0xFFFE) | 1);
}

/// @spec ISO/IEC 13818-1 §2.4.3.5
void put_clock(ByteWriter& writer, std::int64_t clock) {
    auto base = static_cast<std::uint64_t>(clock / 300) & 0x1FFFFFFFFull;
    auto extension = static_cast<std::uint32_t>(clock % 300);
    writer.put32(static_cast<std::uint32_t>(base >> 1));
    writer.put16(static_cast<std::uint32_t>(base & 1) << 15 | 0x7E00u | extension);
}

/// An adaptation field of exactly `size` bytes, its length byte included.
void put_adaptation(ByteWriter& writer, std::size_t size, unsigned flags, std::int64_t clock) {
    std::size_t begin = writer.size();
    writer.put8(static_cast<std::uint32_t>(size - 1));
    if (size > 1) writer.put8(flags);
    if ((flags & 0x10) != 0) put_clock(writer, clock);
    while (writer.size() - begin < size) writer.put8(0xFF);
}

}  // namespace

StreamSender::StreamSender(const ElementaryLoop& loop, std::uint16_t pid, Ticks delay) : loop_(loop), pid_(pid), delay_(delay) {
    open_unit();
}

Ticks StreamSender::due() const { return loop_.units[unit_].decode + round_ * loop_.length; }

void StreamSender::open_unit() {
    const AccessUnit& unit = loop_.units[unit_];
    Ticks shift = round_ * loop_.length + delay_;
    bool has_decode = unit.decode != unit.present;
    std::size_t length = unit.bytes.size() + (has_decode ? 13 : 8);
    ByteWriter writer;
    bool is_private = loop_.type == StreamType::PrivatePes;
    writer.put32(loop_.is_video() ? 0x000001E0 : is_private ? 0x000001BD : 0x000001C0);
    writer.put16(loop_.is_video() ? 0 : static_cast<std::uint32_t>(length));
    writer.put8(0x84);  // aligned: a unit begins here
    writer.put8(has_decode ? 0xC0 : 0x80);
    writer.put8(has_decode ? 10 : 5);
    put_time_stamp(writer, has_decode ? 3 : 2, unit.present + shift);
    if (has_decode) put_time_stamp(writer, 1, unit.decode + shift);
    writer.put(unit.bytes);
    pes_ = writer.take();
    sent_ = 0;
}

Bytes StreamSender::next(std::int64_t clock, bool carries_clock) {
    std::size_t left = pes_.size() - sent_;
    bool is_start = sent_ == 0;
    bool is_entry = is_start && loop_.is_video() && loop_.units[unit_].is_entry;
    unsigned flags = is_entry ? (carries_clock ? 0x50u : 0x40u) : 0u;
    std::size_t adaptation = flags == 0 ? 0 : carries_clock ? 8 : 2;
    if (left < kPacket - kHead - adaptation) adaptation = kPacket - kHead - left;
    ByteWriter writer;
    writer.put8(0x47);
    writer.put16((is_start ? 0x4000u : 0u) | pid_);
    writer.put8((adaptation > 0 ? 0x30u : 0x10u) | continuity_);
    continuity_ = (continuity_ + 1) & 0x0F;
    if (adaptation > 0) put_adaptation(writer, adaptation, flags, clock);
    std::size_t count = std::min(left, kPacket - writer.size());
    writer.put(std::span(pes_).subspan(sent_, count));
    sent_ += count;
    if (sent_ == pes_.size()) {
        if (++unit_ == loop_.units.size()) unit_ = 0, ++round_;
        open_unit();
    }
    return writer.take();
}

Bytes StreamSender::clock_packet(std::int64_t clock) const {
    ByteWriter writer;
    writer.put8(0x47);
    writer.put16(pid_);
    // No payload: the counter stands still.
    writer.put8(0x20u | ((continuity_ - 1u) & 0x0Fu));
    put_adaptation(writer, kPacket - kHead, 0x10, clock);
    return writer.take();
}

}  // namespace linli::simulator
