#include "simulator/stream/si/si_writer.h"

#include <algorithm>
#include <array>

#include "simulator/stream/si/descriptors.h"

namespace linli::simulator {

using namespace std::chrono;

namespace {

/// @spec ETSI EN 300 468 table 2
namespace table_id {
constexpr std::uint8_t kPat = 0x00;
constexpr std::uint8_t kPmt = 0x02;
constexpr std::uint8_t kNitActual = 0x40;
constexpr std::uint8_t kSdtActual = 0x42;
constexpr std::uint8_t kSdtOther = 0x46;
constexpr std::uint8_t kBat = 0x4A;
constexpr std::uint8_t kEitPresentFollowingActual = 0x4E;
constexpr std::uint8_t kEitPresentFollowingOther = 0x4F;
constexpr std::uint8_t kEitScheduleActual = 0x50;
constexpr std::uint8_t kEitScheduleOther = 0x60;
constexpr std::uint8_t kTdt = 0x70;
constexpr std::uint8_t kTot = 0x73;
}  // namespace table_id

/// What a section of 1024 bytes has room for after its header and before its CRC; EIT's may be four times as long.
constexpr std::size_t kMostPayload = 1024 - 8 - 4;
constexpr std::size_t kMostEitPayload = 4096 - 8 - 4;
constexpr std::size_t kEitHead = 6;

/// Shares entries out over as many payloads as they need.
std::vector<Bytes> pack(std::span<const Bytes> entries, std::size_t most) {
    std::vector<Bytes> packed(1);
    for (const Bytes& entry : entries) {
        if (!packed.back().empty() && packed.back().size() + entry.size() > most) packed.emplace_back();
        packed.back().insert(packed.back().end(), entry.begin(), entry.end());
    }
    return packed;
}

std::vector<Section> make_sections(SectionHeader header, std::span<const Bytes> payloads) {
    std::vector<Section> sections;
    header.last_number = static_cast<std::uint8_t>(payloads.size() - 1);
    for (const Bytes& payload : payloads) {
        sections.push_back(make_section(header, payload));
        ++header.number;
    }
    return sections;
}

Bytes sdt_entry(const SiService& service, const BroadcastEncoding& encoding) {
    ByteWriter writer;
    writer.put16(service.id);
    writer.put8(0xFCu | (service.has_schedule ? 2u : 0u) | (service.has_present_following ? 1u : 0u));
    std::size_t length = writer.begin_length();
    writer.put(service_descriptor(service, encoding));
    writer.end_length(length, static_cast<std::uint32_t>(service.running) << 1 | (service.is_scrambled ? 1u : 0u));
    return writer.take();
}

Bytes stream_entry(const SiStream& stream) {
    ByteWriter writer;
    writer.put8(static_cast<std::uint32_t>(stream.type));
    writer.put16(0xE000u | stream.pid);
    std::size_t length = writer.begin_length();
    if (!stream.language.empty()) writer.put(language_descriptor(stream.language));
    for (const Bytes& descriptor : stream.more) writer.put(descriptor);
    writer.end_length(length);
    return writer.take();
}

/// NIT and BAT are built alike.
std::vector<Section> write_network(SectionHeader header, const Bytes& name, std::span<const SiMultiplex> multiplexes,
                                   bool has_delivery) {
    std::vector<Bytes> entries;
    for (const SiMultiplex& multiplex : multiplexes) {
        ByteWriter writer;
        writer.put16(multiplex.stream);
        writer.put16(multiplex.network);
        std::size_t length = writer.begin_length();
        if (has_delivery) writer.put(cable_delivery_descriptor(multiplex));
        writer.put(service_list_descriptor(multiplex.services));
        if (has_delivery) writer.put(logical_channel_descriptors(multiplex.services));
        writer.end_length(length);
        entries.push_back(writer.take());
    }
    std::vector<Bytes> payloads;
    for (const Bytes& loop : pack(entries, kMostPayload - name.size() - 4)) {
        ByteWriter writer;
        std::size_t names = writer.begin_length();
        writer.put(name);
        writer.end_length(names);
        std::size_t length = writer.begin_length();
        writer.put(loop);
        writer.end_length(length);
        payloads.push_back(writer.take());
    }
    return make_sections(header, payloads);
}

Bytes event_entry(const SiEvent& event, const BroadcastEncoding& encoding) {
    ByteWriter writer;
    writer.put16(event.id);
    put_time(writer, event.start);
    if (event.duration) {
        hh_mm_ss length(*event.duration);
        writer.put_decimal(static_cast<std::uint32_t>(length.hours().count() % 100));
        writer.put_decimal(static_cast<std::uint32_t>(length.minutes().count()));
        writer.put_decimal(static_cast<std::uint32_t>(length.seconds().count()));
    } else {
        writer.put(Bytes(3, std::byte{0xFF}));
    }
    std::size_t descriptors = writer.begin_length();
    writer.put(event_descriptors(event, encoding));
    writer.end_length(descriptors, static_cast<std::uint32_t>(event.running) << 1 | (event.is_scrambled ? 1u : 0u));
    return writer.take();
}

Bytes eit_payload(const EitOptions& options, std::uint8_t segment_last, std::uint8_t last_table, const Bytes& events) {
    ByteWriter writer;
    writer.put16(options.stream);
    writer.put16(options.network);
    writer.put8(segment_last);
    writer.put8(last_table);
    writer.put(events);
    return writer.take();
}

/// A table of the schedule covers four days in 32 segments of three hours, each of at most eight sections.
constexpr std::size_t kSegments = 32;
constexpr std::size_t kSectionsOfSegment = 8;
constexpr std::size_t kTables = 16;
constexpr hours kSegmentLength{3};

std::array<std::vector<Bytes>, kTables * kSegments> share_out(std::span<const SiEvent> events, sys_seconds midnight,
                                                              const BroadcastEncoding& encoding) {
    std::array<std::vector<Bytes>, kTables * kSegments> segments;
    for (const SiEvent& event : events) {
        auto at = event.start ? std::max(*event.start - midnight, seconds(0)) / kSegmentLength : 0;
        if (static_cast<std::size_t>(at) < segments.size()) segments[static_cast<std::size_t>(at)].push_back(event_entry(event, encoding));
    }
    return segments;
}

}  // namespace

std::vector<Section> write_pat(const SiMultiplex& multiplex, std::uint8_t version) {
    std::vector<Bytes> entries;
    auto add = [&](std::uint16_t program, std::uint16_t pid) {
        ByteWriter writer;
        writer.put16(program);
        writer.put16(0xE000u | pid);
        entries.push_back(writer.take());
    };
    add(0, si_pid::kNit);
    for (const SiService& service : multiplex.services) add(service.id, service.pmt_pid);
    return make_sections({.table_id = table_id::kPat, .extension = multiplex.stream, .version = version}, pack(entries, kMostPayload));
}

Section write_pmt(const SiService& service, std::uint8_t version) {
    ByteWriter writer;
    writer.put16(0xE000u | service.pcr_pid);
    std::size_t length = writer.begin_length();
    writer.end_length(length);
    for (const SiStream& stream : service.streams) writer.put(stream_entry(stream));
    return make_section({.table_id = table_id::kPmt, .extension = service.id, .version = version}, writer.bytes());
}

std::vector<Section> write_sdt(const SiMultiplex& multiplex, Of of, const BroadcastEncoding& encoding, std::uint8_t version) {
    std::vector<Bytes> entries;
    for (const SiService& service : multiplex.services) entries.push_back(sdt_entry(service, encoding));
    std::vector<Bytes> payloads;
    for (const Bytes& loop : pack(entries, kMostPayload - 3)) {
        ByteWriter writer;
        writer.put16(multiplex.network);
        writer.put8(0xFF);
        writer.put(loop);
        payloads.push_back(writer.take());
    }
    std::uint8_t table = of == Of::Actual ? table_id::kSdtActual : table_id::kSdtOther;
    return make_sections({.table_id = table, .extension = multiplex.stream, .version = version}, payloads);
}

std::vector<Section> write_nit(std::string_view network_name, std::span<const SiMultiplex> multiplexes,
                               const BroadcastEncoding& encoding, std::uint8_t version) {
    std::uint16_t network = multiplexes.empty() ? 0 : multiplexes.front().network;
    return write_network({.table_id = table_id::kNitActual, .extension = network, .version = version},
                         name_descriptor(descriptor_tag::kNetworkName, network_name, encoding), multiplexes, true);
}

std::vector<Section> write_bat(std::uint16_t bouquet, std::string_view name, std::span<const SiMultiplex> multiplexes,
                               const BroadcastEncoding& encoding, std::uint8_t version) {
    return write_network({.table_id = table_id::kBat, .extension = bouquet, .version = version},
                         name_descriptor(descriptor_tag::kBouquetName, name, encoding), multiplexes, false);
}

std::vector<Section> write_eit_present_following(const EitOptions& options, const SiEvent* present, const SiEvent* following) {
    std::uint8_t table = options.of == Of::Actual ? table_id::kEitPresentFollowingActual : table_id::kEitPresentFollowingOther;
    std::vector<Bytes> payloads;
    for (const SiEvent* event : {present, following})
        payloads.push_back(eit_payload(options, 1, table, event ? event_entry(*event, options.encoding) : Bytes()));
    return make_sections({.table_id = table, .extension = options.service, .version = options.version}, payloads);
}

std::vector<Section> write_eit_schedule(const EitOptions& options, std::span<const SiEvent> events, sys_seconds now) {
    auto segments = share_out(events, floor<days>(now), options.encoding);
    std::size_t used = 1;
    for (std::size_t i = 0; i < segments.size(); ++i)
        if (!segments[i].empty()) used = i + 1;
    std::uint8_t first_table = options.of == Of::Actual ? table_id::kEitScheduleActual : table_id::kEitScheduleOther;
    auto last_table = static_cast<std::uint8_t>(first_table + (used - 1) / kSegments);
    std::vector<Section> sections;
    for (std::size_t table = 0; table * kSegments < used; ++table) {
        std::size_t count = std::min(kSegments, used - table * kSegments);
        std::vector<std::pair<std::uint8_t, std::vector<Bytes>>> packed;
        for (std::size_t i = 0; i < count; ++i) {
            auto parts = pack(segments[table * kSegments + i], kMostEitPayload - kEitHead);
            parts.resize(std::min(parts.size(), kSectionsOfSegment));
            packed.emplace_back(static_cast<std::uint8_t>(i * kSectionsOfSegment), std::move(parts));
        }
        auto last = static_cast<std::uint8_t>(packed.back().first + packed.back().second.size() - 1);
        for (const auto& [first, parts] : packed) {
            auto segment_last = static_cast<std::uint8_t>(first + parts.size() - 1);
            for (std::size_t i = 0; i < parts.size(); ++i)
                sections.push_back(make_section({.table_id = static_cast<std::uint8_t>(first_table + table),
                                                 .extension = options.service,
                                                 .version = options.version,
                                                 .number = static_cast<std::uint8_t>(first + i),
                                                 .last_number = last},
                                                eit_payload(options, segment_last, last_table, parts[i])));
        }
    }
    return sections;
}

Section write_tdt(sys_seconds now) {
    // The short form: five bytes and no CRC.
    ByteWriter writer;
    writer.put8(table_id::kTdt);
    writer.put16(0x7005);
    put_time(writer, now);
    return writer.take();
}

Section write_tot(sys_seconds now, std::span<const std::byte> descriptors) {
    ByteWriter writer;
    writer.put8(table_id::kTot);
    writer.put16(0x7000);
    put_time(writer, now);
    std::size_t length = writer.begin_length();
    writer.put(descriptors);
    writer.end_length(length);
    writer.put32(0);
    return seal(writer.take());
}

Section write_tot(sys_seconds now, std::string_view country, minutes offset) {
    return write_tot(now, local_time_offset_descriptor(country, offset, now + days(180), offset));
}

}  // namespace linli::simulator
