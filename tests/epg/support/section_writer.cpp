#include "tests/epg/support/section_writer.h"

#include <algorithm>

namespace linli::tests {

using namespace std::chrono;

ByteWriter& ByteWriter::u8(unsigned value) {
    bytes_.push_back(static_cast<std::uint8_t>(value));
    return *this;
}
ByteWriter& ByteWriter::u16(unsigned value) { return u8(value >> 8 & 0xFF).u8(value & 0xFF); }
ByteWriter& ByteWriter::u32(std::uint32_t value) { return u16(value >> 16).u16(value & 0xFFFF); }
ByteWriter& ByteWriter::text(std::string_view bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
}
ByteWriter& ByteWriter::bytes(const ByteVector& more) {
    bytes_.insert(bytes_.end(), more.begin(), more.end());
    return *this;
}
ByteWriter& ByteWriter::counted(std::string_view bytes) {
    return u8(static_cast<unsigned>(bytes.size())).text(bytes);
}
ByteWriter& ByteWriter::counted12(const ByteVector& more, unsigned high) {
    return u16(high << 12 | static_cast<unsigned>(more.size())).bytes(more);
}

std::uint32_t plain_crc32(const ByteVector& bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (std::uint8_t byte : bytes) {
        for (int bit = 7; bit >= 0; --bit) {
            bool feedback = (crc >> 31) != (byte >> bit & 1u);
            crc <<= 1;
            if (feedback) crc ^= 0x04C11DB7;
        }
    }
    return crc;
}

ByteVector make_section(const SectionHead& head, const ByteVector& body) {
    ByteWriter section;
    section.u8(head.table_id).u16(0xB000 | static_cast<unsigned>(body.size() + 9)).u16(head.extension);
    section.u8(0xC0 | head.version << 1 | head.is_current).u8(head.number).u8(head.last_number).bytes(body);
    return section.u32(plain_crc32(section));
}

ByteVector descriptor(unsigned tag, const ByteVector& body) {
    return ByteWriter().u8(tag).u8(static_cast<unsigned>(body.size())).bytes(body);
}
ByteVector descriptor(unsigned tag, std::string_view body) {
    return descriptor(tag, ByteVector(body.begin(), body.end()));
}

ByteVector short_event(std::string_view language, std::string_view title, std::string_view summary) {
    return descriptor(0x4D, ByteWriter().text(language).counted(title).counted(summary));
}

ByteVector extended_event(unsigned number, unsigned last_number, std::string_view language, std::string_view text,
                          const ByteVector& items) {
    ByteWriter body;
    body.u8(number << 4 | last_number).text(language);
    body.u8(static_cast<unsigned>(items.size())).bytes(items).counted(text);
    return descriptor(0x4E, body);
}

ByteVector service_descriptor(unsigned type, std::string_view provider, std::string_view name) {
    return descriptor(0x48, ByteWriter().u8(type).counted(provider).counted(name));
}

namespace {

unsigned bcd(long value) { return static_cast<unsigned>(value / 10 * 16 + value % 10); }

}  // namespace

ByteVector dvb_time(sys_seconds time) {
    auto day = floor<days>(time);
    long modified_julian = (day - sys_days(year(1858) / 11 / 17)).count();
    hh_mm_ss clock(time - day);
    return ByteWriter().u16(static_cast<unsigned>(modified_julian) & 0xFFFF).u8(bcd(clock.hours().count()))
        .u8(bcd(clock.minutes().count())).u8(bcd(clock.seconds().count()));
}

ByteVector dvb_duration(seconds duration) {
    hh_mm_ss clock(duration);
    return ByteWriter().u8(bcd(clock.hours().count())).u8(bcd(clock.minutes().count()))
        .u8(bcd(clock.seconds().count()));
}

ByteVector event_entry(const WrittenEvent& event) {
    return ByteWriter().u16(event.id).bytes(dvb_time(event.start)).bytes(dvb_duration(event.duration))
        .counted12(event.descriptors, event.running_status << 1);
}

ByteVector eit_section(const EitHead& head, const ByteVector& events) {
    ByteWriter body;
    body.u16(head.service.stream).u16(head.service.network).u8(head.segment_last).u8(head.last_table_id).bytes(events);
    return make_section({head.table_id, head.service.service, head.version, head.number, head.last_number}, body);
}

ByteVector sdt_section(unsigned table_id, unsigned stream, unsigned network, unsigned version,
                       const std::vector<WrittenService>& services) {
    ByteWriter body;
    body.u16(network).u8(0xFF);
    for (const WrittenService& service : services)
        body.u16(service.id).u8(0xFF).counted12(service.descriptors, 8 | service.is_scrambled);
    return make_section({table_id, stream, version}, body);
}

ByteVector pat_section(unsigned stream, unsigned version, const std::vector<std::pair<unsigned, unsigned>>& programs) {
    ByteWriter body;
    for (auto [number, pid] : programs) body.u16(number).u16(0xE000 | pid);
    return make_section({0x00, stream, version}, body);
}

ByteVector tdt_section(sys_seconds time) { return ByteWriter().u8(0x70).u16(0x7005).bytes(dvb_time(time)); }

ByteVector tot_section(sys_seconds time, const ByteVector& descriptors) {
    ByteWriter section;
    section.u8(0x73).u16(0x7000 | static_cast<unsigned>(5 + 2 + descriptors.size() + 4)).bytes(dvb_time(time)).counted12(descriptors);
    return section.u32(plain_crc32(section));
}

ByteVector PacketWriter::write(const ByteVector& section) { return write_joined({section}); }

ByteVector PacketWriter::write_joined(const std::vector<ByteVector>& sections) {
    constexpr std::size_t kPayload = 184;
    ByteVector all;
    std::vector<std::size_t> starts;
    for (const ByteVector& section : sections) {
        starts.push_back(all.size());
        all.insert(all.end(), section.begin(), section.end());
    }
    ByteVector packets;
    for (std::size_t at = 0; at < all.size();) {
        // With its pointer a packet has a byte less.
        auto next_start = std::ranges::lower_bound(starts, at);
        bool has_start = next_start != starts.end() && *next_start < at + kPayload - 1;
        std::size_t room = kPayload - has_start;
        std::size_t size = std::min(room, all.size() - at);
        ByteWriter packet;
        packet.u8(0x47).u16((has_start ? 0x4000u : 0u) | pid_).u8(0x10 | (counter_++ & 0x0F));
        if (has_start) packet.u8(static_cast<unsigned>(*next_start - at));
        // A section that begins in the last byte, which the pointer displaced, waits for the next packet.
        if (!has_start && next_start != starts.end() && *next_start < at + size) size = *next_start - at;
        packet.bytes(ByteVector(all.begin() + static_cast<std::ptrdiff_t>(at),
                                all.begin() + static_cast<std::ptrdiff_t>(at + size)));
        at += size;
        ByteVector bytes = packet;
        bytes.resize(188, 0xFF);
        packets.insert(packets.end(), bytes.begin(), bytes.end());
    }
    return packets;
}

ByteVector joined(std::initializer_list<ByteVector> parts) {
    ByteVector all;
    for (const ByteVector& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace linli::tests
