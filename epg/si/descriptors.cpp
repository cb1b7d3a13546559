#include "epg/si/descriptors.h"

#include <algorithm>

#include "epg/si/dvb_time.h"

namespace linli::epg {

std::optional<ServiceDescriptor> ServiceDescriptor::read(Bytes body) {
    ByteReader reader(body);
    ServiceDescriptor service;
    service.type = reader.u8();
    service.provider = reader.counted_bytes();
    service.name = reader.counted_bytes();
    if (reader.has_failed()) return std::nullopt;
    return service;
}

std::optional<ShortEventDescriptor> ShortEventDescriptor::read(Bytes body) {
    ByteReader reader(body);
    ShortEventDescriptor event;
    event.language = reader.bytes(3);
    event.title = reader.counted_bytes();
    event.summary = reader.counted_bytes();
    if (reader.has_failed()) return std::nullopt;
    return event;
}

std::optional<ExtendedEventDescriptor> ExtendedEventDescriptor::read(Bytes body) {
    ByteReader reader(body);
    ExtendedEventDescriptor event;
    std::uint8_t numbers = reader.u8();
    event.number = numbers >> 4;
    event.last_number = numbers & 0x0F;
    event.language = reader.bytes(3);
    event.items = reader.counted_bytes();
    event.text = reader.counted_bytes();
    if (reader.has_failed()) return std::nullopt;
    return event;
}

std::uint8_t read_minimum_age(Bytes body) {
    constexpr std::uint8_t kYoungest = 3, kLastRating = 0x0F;
    for (ByteReader reader(body); reader.left() >= 4;) {
        reader.skip(3);
        std::uint8_t rating = reader.u8();
        if (rating > 0 && rating <= kLastRating) return rating + kYoungest;
    }
    return 0;
}

std::optional<CableDelivery> read_cable_delivery(Bytes body) {
    constexpr int kModulations[] = {0, 16, 32, 64, 128, 256};
    constexpr std::uint64_t kUnit = 100;
    if (body.size() < 11) return std::nullopt;
    auto frequency = read_bcd(body.first(4));
    std::uint8_t modulation = body[6];
    // Seven digits, and the inner error correction in the last half byte.
    auto rate = read_bcd(body.subspan(7, 3));
    std::uint8_t last_digit = body[10] >> 4;
    if (!frequency || !rate || last_digit > 9) return std::nullopt;
    CableDelivery cable;
    cable.frequency_hz = *frequency * kUnit;
    cable.symbol_rate = static_cast<std::uint32_t>((*rate * 10 + last_digit) * kUnit);
    cable.modulation = modulation < std::size(kModulations) ? kModulations[modulation] : 0;
    cable.fec_inner = body[10] & 0x0F;
    return cable;
}

std::vector<NetworkInformation::ListedService> read_service_list(Bytes body) {
    std::vector<NetworkInformation::ListedService> services;
    for (ByteReader reader(body); reader.left() >= 3;) {
        std::uint16_t service = reader.u16();
        services.push_back({service, reader.u8()});
    }
    return services;
}

std::vector<LocalTimeOffset> read_local_time_offsets(Bytes body, SiCounters& counters) {
    constexpr std::size_t kEntry = 13;
    std::vector<LocalTimeOffset> offsets;
    for (ByteReader reader(body); reader.left() >= kEntry;) {
        LocalTimeOffset entry;
        entry.country = code_of(reader.bytes(3));
        std::uint8_t flags = reader.u8();
        entry.region = flags >> 2;
        bool is_negative = flags & 1;
        auto offset = read_offset(reader.bytes(2));
        std::chrono::sys_seconds change;
        TimeField field = read_time(reader.bytes(5), change);
        auto next = read_offset(reader.bytes(2));
        if (!offset || !next || field == TimeField::Bad) {
            ++counters.bad_times;
            continue;
        }
        entry.offset = is_negative ? -*offset : *offset;
        entry.next_offset = is_negative ? -*next : *next;
        if (field == TimeField::Good) entry.change = change;
        offsets.push_back(std::move(entry));
    }
    return offsets;
}

std::string_view code_of(Bytes three) {
    auto is_letter = [](std::uint8_t byte) { return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'; };
    if (three.size() != 3 || !std::ranges::all_of(three, is_letter)) return {};
    return {reinterpret_cast<const char*>(three.data()), 3};
}

std::vector<LogicalChannel> LogicalChannelRule::read(Bytes body, std::uint32_t current_specifier) const {
    constexpr std::uint32_t kNorDig = 0x29;
    std::vector<LogicalChannel> channels;
    if (specifier && *specifier != current_specifier) return channels;
    std::uint16_t bits = current_specifier == kNorDig ? 0x3FFF : 0x03FF;
    for (ByteReader reader(body); reader.left() >= 4;) {
        std::uint16_t service = reader.u16();
        std::uint16_t value = reader.u16();
        channels.push_back({service, static_cast<std::uint16_t>(value & bits), (value & 0x8000) != 0});
    }
    return channels;
}

}  // namespace linli::epg
