#include "simulator/stream/si/section.h"

#include <algorithm>
#include <array>

namespace linli::simulator {

namespace {

constexpr std::size_t kPacket = 188;
constexpr std::size_t kCrc = 4;
/// Through section_length.
constexpr std::size_t kHead = 3;

constexpr std::array<std::uint32_t, 256> make_crc_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i << 24;
        for (int bit = 0; bit < 8; ++bit) value = value << 1 ^ (value & 0x80000000u ? 0x04C11DB7u : 0);
        table[i] = value;
    }
    return table;
}
constexpr auto kCrcTable = make_crc_table();

}  // namespace

std::uint32_t section_crc(std::span<const std::byte> bytes) {
    std::uint32_t crc = 0xFFFFFFFFu;
    for (std::byte byte : bytes) crc = crc << 8 ^ kCrcTable[(crc >> 24 ^ static_cast<std::uint32_t>(byte)) & 0xFF];
    return crc;
}

Section seal(Section section) {
    std::size_t length = section.size() - kHead;
    section[1] = (section[1] & std::byte{0xF0}) | static_cast<std::byte>(length >> 8 & 0x0F);
    section[2] = static_cast<std::byte>(length & 0xFF);
    std::uint32_t crc = section_crc(std::span(section).first(section.size() - kCrc));
    for (std::size_t i = 0; i < kCrc; ++i) section[section.size() - kCrc + i] = static_cast<std::byte>(crc >> (24 - 8 * i) & 0xFF);
    return section;
}

Section make_section(const SectionHeader& header, std::span<const std::byte> payload) {
    ByteWriter writer;
    writer.put8(header.table_id);
    writer.put16(0xB000);

    writer.put16(header.extension);
    writer.put8(0xC0u | static_cast<std::uint32_t>(header.version & 0x1F) << 1 | (header.is_current ? 1u : 0u));
    writer.put8(header.number);
    writer.put8(header.last_number);
    writer.put(payload);
    writer.put32(0);
    Section section = writer.take();
    // Tables of DVB have a reserved bit set where those of MPEG have a zero.
    if (header.table_id >= 0x40) section[1] |= std::byte{0x40};
    return seal(std::move(section));
}

Bytes SectionPacketizer::packets(std::span<const Section> sections) {
    Bytes packets;
    auto begin_packet = [&](bool has_start, std::size_t pointer) {
        ByteWriter head;
        head.put8(0x47);
        head.put16((has_start ? 0x4000u : 0u) | pid_);
        head.put8(0x10u | continuity_);
        continuity_ = (continuity_ + 1) & 0x0F;
        if (has_start) head.put8(static_cast<std::uint32_t>(pointer));
        packets.insert(packets.end(), head.bytes().begin(), head.bytes().end());
    };
    auto room = [&] { return (kPacket - packets.size() % kPacket) % kPacket; };
    for (const Section& section : sections) {
        // A section begins in a packet that another one begins in too, where both fit; else in one of its own.
        std::span<const std::byte> rest(section);
        if (room() == 0) begin_packet(true, 0);
        else if (section.size() > room()) packets.insert(packets.end(), room(), std::byte{0xFF}), begin_packet(true, 0);
        while (!rest.empty()) {
            if (room() == 0) begin_packet(false, 0);
            std::size_t count = std::min(rest.size(), room());
            packets.insert(packets.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(count));
            rest = rest.subspan(count);
        }
        // What follows in a packet that had no pointer would not be found.
        if (section.size() > kPacket - 5) packets.insert(packets.end(), room(), std::byte{0xFF});
    }
    packets.insert(packets.end(), room(), std::byte{0xFF});
    return packets;
}

Section with_broken_crc(Section section) {
    section.back() ^= std::byte{0x01};
    return section;
}

Section with_flipped_bit(Section section, std::size_t bit) {
    section[bit / 8 % section.size()] ^= static_cast<std::byte>(0x80u >> bit % 8);
    return section;
}

Section with_cut_end(Section section, std::size_t count) {
    // The inner lengths stay as they were and reach beyond the end.
    count = std::min(count, section.size() - kHead - kCrc);
    section.resize(section.size() - count);
    return seal(std::move(section));
}

Section with_byte(Section section, std::size_t at, std::uint8_t value) {
    section[at] = static_cast<std::byte>(value);
    return seal(std::move(section));
}

Section with_lost_tail(Section section) {
    section.resize(section.size() / 2);
    return section;
}

std::vector<Section> with_version_change(std::span<const Section> before, std::span<const Section> after) {
    std::size_t half = before.size() / 2;
    std::vector<Section> sections(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(half));
    if (half < after.size()) sections.insert(sections.end(), after.begin() + static_cast<std::ptrdiff_t>(half), after.end());
    return sections;
}

}  // namespace linli::simulator
