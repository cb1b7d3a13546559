#include "epg/si/table_parser.h"

#include "epg/si/dvb_time.h"

namespace linli::epg {
namespace {

constexpr std::uint16_t kPidBits = 0x1FFF;

TableSource source_of(const Section& section, std::uint16_t pid) {
    return {pid, section.table_id, section.version, section.number, section.last_number};
}

RunningStatus running_status_of(std::uint8_t bits) { return bits <= 5 ? RunningStatus(bits) : RunningStatus::Undefined; }

/// @spec ISO/IEC 13818-1 table 2-34; AVS and AVS2 as GB/T 17975.1 adds them
ProgramMap::Kind kind_of_stream_type(std::uint8_t type) {
    switch (type) {
        case 0x01: case 0x02: case 0x10: case 0x1B: case 0x24: case 0x42: case 0xD2: return ProgramMap::Kind::Video;
        case 0x03: case 0x04: case 0x0F: case 0x11: case 0x43: case 0x81: return ProgramMap::Kind::Audio;
        default: return ProgramMap::Kind::Other;
    }
}

}  // namespace

ProgramAssociation TableParser::programs(const Section& section, std::uint16_t pid) {
    ProgramAssociation table;
    table.source = source_of(section, pid);
    table.stream = section.extension;
    for (ByteReader reader(section.body); reader.left() >= 4;) {
        std::uint16_t number = reader.u16();
        std::uint16_t program_pid = reader.u16() & kPidBits;
        if (number == 0)
            table.network_pid = program_pid;
        else
            table.programs.push_back({number, program_pid});
    }
    return table;
}

ProgramMap TableParser::program(const Section& section, std::uint16_t pid) {
    ProgramMap table;
    table.source = source_of(section, pid);
    table.program = section.extension;
    ByteReader reader(section.body);
    table.clock_pid = reader.u16() & kPidBits;
    for_each_descriptor(reader.bytes_at_most(reader.length12()), counters_, [&](DescriptorTag tag, Bytes) {
        if (tag == DescriptorTag::ConditionalAccess) table.is_scrambled = true;
    });
    while (!reader.is_at_end()) {
        std::uint8_t type = reader.u8();
        std::uint16_t stream_pid = reader.u16() & kPidBits;
        Bytes descriptors = reader.bytes_at_most(reader.length12());
        if (reader.has_failed() && descriptors.empty()) break;
        table.streams.push_back(program_stream(type, stream_pid, descriptors));
    }
    check(reader);
    return table;
}

ProgramMap::Stream TableParser::program_stream(std::uint8_t type, std::uint16_t pid, Bytes descriptors) {
    using Kind = ProgramMap::Kind;
    ProgramMap::Stream stream;
    stream.pid = pid;
    stream.stream_type = type;
    stream.kind = kind_of_stream_type(type);
    for_each_descriptor(descriptors, counters_, [&](DescriptorTag tag, Bytes body) {
        bool has_language = false;
        switch (tag) {
            case DescriptorTag::ConditionalAccess: stream.is_scrambled = true; break;
            case DescriptorTag::Ac3:
            case DescriptorTag::EnhancedAc3: stream.kind = Kind::Audio; break;
            case DescriptorTag::Teletext: stream.kind = Kind::Teletext; has_language = true; break;
            case DescriptorTag::Subtitling: stream.kind = Kind::Subtitles; has_language = true; break;
            case DescriptorTag::Language: has_language = true; break;
            default: break;
        }
        if (has_language && body.size() >= 3 && stream.language.empty()) stream.language = code_of(body.first(3));
    });
    return stream;
}

NetworkInformation TableParser::network(const Section& section, std::uint16_t pid) {
    NetworkInformation table;
    table.source = source_of(section, pid);
    table.id = section.extension;
    text_.enter({section.extension, 0, 0});
    ByteReader reader(section.body);
    for_each_descriptor(reader.bytes_at_most(reader.length12()), counters_, [&](DescriptorTag tag, Bytes body) {
        if (tag == DescriptorTag::NetworkName || tag == DescriptorTag::BouquetName) table.name = text_.decode(body);
    });
    ByteReader streams(reader.bytes_at_most(reader.length12()));
    while (!streams.is_at_end()) {
        NetworkInformation::Stream stream = network_stream(streams);
        if (streams.has_failed()) break;
        table.streams.push_back(std::move(stream));
    }
    check(reader);
    check(streams);
    return table;
}

NetworkInformation::Stream TableParser::network_stream(ByteReader& reader) {
    NetworkInformation::Stream stream;
    stream.stream = reader.u16();
    stream.network = reader.u16();
    std::uint32_t specifier = 0;
    for_each_descriptor(reader.bytes(reader.length12()), counters_, [&](DescriptorTag tag, Bytes body) {
        if (tag == DescriptorTag(logical_channels_.tag)) {
            auto channels = logical_channels_.read(body, specifier);
            stream.channels.insert(stream.channels.end(), channels.begin(), channels.end());
            return;
        }
        switch (tag) {
            case DescriptorTag::PrivateDataSpecifier: specifier = ByteReader(body).u32(); break;
            case DescriptorTag::ServiceList: {
                auto listed = read_service_list(body);
                stream.services.insert(stream.services.end(), listed.begin(), listed.end());
                break;
            }
            case DescriptorTag::CableDelivery:
                stream.delivery = DeliverySystem::Cable;
                stream.cable = read_cable_delivery(body);
                break;
            case DescriptorTag::TerrestrialDelivery: stream.delivery = DeliverySystem::Terrestrial; break;
            case DescriptorTag::SatelliteDelivery: stream.delivery = DeliverySystem::Satellite; break;
            default: break;
        }
    });
    return stream;
}

ServiceDescriptions TableParser::services(const Section& section, std::uint16_t pid) {
    ServiceDescriptions table;
    table.source = source_of(section, pid);
    table.stream = section.extension;
    ByteReader reader(section.body);
    table.network = reader.u16();
    reader.skip(1);
    while (!reader.is_at_end()) {
        ServiceDescriptions::Service service;
        service.id = {table.network, table.stream, reader.u16()};
        std::uint8_t flags = reader.u8();
        service.has_schedule = flags & 2;
        service.has_present_following = flags & 1;
        std::uint16_t word = reader.u16();
        service.running_status = running_status_of(static_cast<std::uint8_t>(word >> 13));
        service.is_scrambled = word & 0x1000;
        Bytes descriptors = reader.bytes_at_most(word & 0x0FFF);
        if (reader.has_failed() && descriptors.empty()) break;
        text_.enter(service.id);
        for_each_descriptor(descriptors, counters_, [&](DescriptorTag tag, Bytes body) {
            if (tag == DescriptorTag::ConditionalAccessIdentifier) service.has_conditional_access = true;
            if (tag != DescriptorTag::Service) return;
            auto described = ServiceDescriptor::read(body);
            if (!described) {
                ++counters_.cut_descriptors;
                return;
            }
            service.type = described->type;
            service.name = text_.decode(described->name);
            service.provider = text_.decode(described->provider);
        });
        table.services.push_back(std::move(service));
    }
    check(reader);
    return table;
}

std::optional<TimeInformation> TableParser::time(Bytes section, std::uint16_t pid) {
    constexpr std::size_t kHeader = 3, kCrc = 4;
    if (section.size() < kHeader) {
        ++counters_.malformed_sections;
        return std::nullopt;
    }
    TimeInformation table;
    table.source = {pid, TableId(section[0])};
    bool is_offset_table = table.source.table_id == TableId::TimeOffset;
    Bytes body = section.subspan(kHeader);
    if (is_offset_table) body = body.first(body.size() - std::min(body.size(), kCrc));
    ByteReader reader(body);
    if (read_time(reader.bytes(5), table.time) != TimeField::Good) {
        ++counters_.bad_times;
        return std::nullopt;
    }
    if (is_offset_table) {
        for_each_descriptor(reader.bytes_at_most(reader.length12()), counters_, [&](DescriptorTag tag, Bytes descriptor) {
            if (tag != DescriptorTag::LocalTimeOffset) return;
            auto offsets = read_local_time_offsets(descriptor, counters_);
            table.offsets.insert(table.offsets.end(), offsets.begin(), offsets.end());
        });
    }
    check(reader);
    return table;
}

}  // namespace linli::epg
