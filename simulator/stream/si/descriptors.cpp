#include "simulator/stream/si/descriptors.h"

#include <algorithm>

namespace linli::simulator {

using namespace std::chrono;

namespace {

constexpr std::uint32_t kEacem = 0x28;
constexpr std::size_t kMost = 255;

void put_language(ByteWriter& writer, std::string_view language) {
    for (std::size_t i = 0; i < 3; ++i) writer.put8(i < language.size() ? static_cast<unsigned char>(language[i]) : ' ');
}

void put_text(ByteWriter& writer, const Bytes& text) {
    writer.put8(static_cast<std::uint32_t>(text.size()));
    writer.put(text);
}

Bytes short_event_descriptor(const SiEvent& event, const BroadcastEncoding& encoding) {
    ByteWriter writer;
    put_language(writer, event.language);
    Bytes title = encode_text(event.title, encoding, 120);
    put_text(writer, title);
    put_text(writer, encode_text(event.summary, encoding, kMost - 5 - title.size()));
    return make_descriptor(descriptor_tag::kShortEvent, writer.bytes());
}

void put_extended_events(ByteWriter& into, const SiEvent& event, const BroadcastEncoding& encoding) {
    constexpr std::size_t kHead = 6;
    constexpr std::size_t kMostDescriptors = 16;
    auto pieces = encode_text_pieces(event.description, encoding, kMost - kHead);
    pieces.resize(std::min(pieces.size(), kMostDescriptors));
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        ByteWriter writer;
        writer.put8(static_cast<std::uint32_t>(i << 4 | (pieces.size() - 1)));
        put_language(writer, event.language);
        writer.put8(0);  // no items
        put_text(writer, pieces[i]);
        into.put(make_descriptor(descriptor_tag::kExtendedEvent, writer.bytes()));
    }
}

void put_offset(ByteWriter& writer, minutes offset) {
    auto size = static_cast<std::uint32_t>(offset.count() < 0 ? -offset.count() : offset.count());
    writer.put_decimal(size / 60);
    writer.put_decimal(size % 60);
}

void put_decimals(ByteWriter& writer, std::uint64_t value, int digits) {
    std::uint64_t scale = 1;
    for (int i = 2; i < digits; ++i) scale *= 10;
    for (; digits > 0; digits -= 2, scale /= 100) writer.put_decimal(static_cast<std::uint32_t>(value / scale % 100));
}

}  // namespace

Bytes make_descriptor(std::uint8_t tag, std::span<const std::byte> content, int length) {
    content = content.first(std::min(content.size(), kMost));
    ByteWriter writer;
    writer.put8(tag);
    writer.put8(length < 0 ? static_cast<std::uint32_t>(content.size()) : static_cast<std::uint32_t>(length));
    writer.put(content);
    return writer.take();
}

Bytes language_descriptor(std::string_view language) {
    ByteWriter writer;
    put_language(writer, language);
    writer.put8(0);
    return make_descriptor(descriptor_tag::kLanguage, writer.bytes());
}

Bytes subtitling_descriptor(std::string_view language) {
    ByteWriter writer;
    put_language(writer, language);
    writer.put8(0x10);  // for any picture
    writer.put16(1);
    writer.put16(1);
    return make_descriptor(descriptor_tag::kSubtitling, writer.bytes());
}

Bytes name_descriptor(std::uint8_t tag, std::string_view name, const BroadcastEncoding& encoding) {
    return make_descriptor(tag, encode_text(name, encoding));
}

Bytes service_descriptor(const SiService& service, const BroadcastEncoding& encoding) {
    ByteWriter writer;
    writer.put8(static_cast<std::uint32_t>(service.type));
    put_text(writer, encode_text(service.provider, encoding, 120));
    put_text(writer, encode_text(service.name, encoding, 120));
    return make_descriptor(descriptor_tag::kService, writer.bytes());
}

Bytes service_list_descriptor(std::span<const SiService> services) {
    ByteWriter writer;
    for (const SiService& service : services) {
        writer.put16(service.id);
        writer.put8(static_cast<std::uint32_t>(service.type));
    }
    return make_descriptor(descriptor_tag::kServiceList, writer.bytes());
}

Bytes cable_delivery_descriptor(const SiMultiplex& multiplex) {
    ByteWriter writer;
    put_decimals(writer, multiplex.frequency_hz / 100, 8);
    writer.put16(0xFFF0);
    writer.put8(multiplex.modulation);
    // Seven digits of the symbol rate, then no inner code.
    std::uint64_t symbols = multiplex.symbols_per_second / 100;
    put_decimals(writer, symbols / 10, 6);
    writer.put8(static_cast<std::uint32_t>(symbols % 10 << 4 | 0xF));
    return make_descriptor(descriptor_tag::kCableDelivery, writer.bytes());
}

Bytes logical_channel_descriptors(std::span<const SiService> services) {
    ByteWriter specifier, channels;
    specifier.put32(kEacem);
    for (const SiService& service : services) {
        if (service.number == 0) continue;
        channels.put16(service.id);
        channels.put16(0xFC00u | service.number);  // visible
    }
    ByteWriter both;
    both.put(make_descriptor(descriptor_tag::kPrivateDataSpecifier, specifier.bytes()));
    both.put(make_descriptor(descriptor_tag::kLogicalChannel, channels.bytes()));
    return both.take();
}

Bytes event_descriptors(const SiEvent& event, const BroadcastEncoding& encoding) {
    ByteWriter writer;
    writer.put(short_event_descriptor(event, encoding));
    put_extended_events(writer, event, encoding);
    if (event.content != 0) {
        std::byte content[] = {static_cast<std::byte>(event.content), std::byte{0}};
        writer.put(make_descriptor(descriptor_tag::kContent, content));
    }
    if (event.minimum_age != 0) {
        ByteWriter rating;
        rating.put(std::string_view("CHN"));
        rating.put8(static_cast<std::uint32_t>(event.minimum_age - 3));
        writer.put(make_descriptor(descriptor_tag::kParentalRating, rating.bytes()));
    }
    for (const Bytes& descriptor : event.more) writer.put(descriptor);
    return writer.take();
}

Bytes local_time_offset_descriptor(std::string_view country, minutes offset, sys_seconds change, minutes next_offset) {
    ByteWriter writer;
    put_language(writer, country);
    writer.put8(0x02u | (offset.count() < 0 ? 1u : 0u));
    put_offset(writer, offset);
    put_time(writer, change);
    put_offset(writer, next_offset);
    return make_descriptor(descriptor_tag::kLocalTimeOffset, writer.bytes());
}

void put_time(ByteWriter& writer, std::optional<sys_seconds> time) {
    if (!time) {
        writer.put(Bytes(5, std::byte{0xFF}));
        return;
    }
    constexpr int kJulianOfEpoch = 40587;
    auto day = floor<days>(*time);
    hh_mm_ss clock(*time - day);
    writer.put16(static_cast<std::uint32_t>(day.time_since_epoch().count() + kJulianOfEpoch));
    writer.put_decimal(static_cast<std::uint32_t>(clock.hours().count()));
    writer.put_decimal(static_cast<std::uint32_t>(clock.minutes().count()));
    writer.put_decimal(static_cast<std::uint32_t>(clock.seconds().count()));
}

}  // namespace linli::simulator
