#pragma once

#include <optional>
#include <string>
#include <vector>

#include "epg/si/byte_reader.h"
#include "epg/si/si_counters.h"
#include "epg/si/tables.h"

namespace linli::epg {

/// @spec ETSI EN 300 468 table 12, ISO/IEC 13818-1 table 2-45
enum class DescriptorTag : std::uint8_t {
    ConditionalAccess = 0x09,
    Language = 0x0A,
    NetworkName = 0x40,
    ServiceList = 0x41,
    SatelliteDelivery = 0x43,
    CableDelivery = 0x44,
    BouquetName = 0x47,
    Service = 0x48,
    ShortEvent = 0x4D,
    ExtendedEvent = 0x4E,
    ConditionalAccessIdentifier = 0x53,
    Content = 0x54,
    ParentalRating = 0x55,
    Teletext = 0x56,
    LocalTimeOffset = 0x58,
    Subtitling = 0x59,
    TerrestrialDelivery = 0x5A,
    PrivateDataSpecifier = 0x5F,
    Ac3 = 0x6A,
    EnhancedAc3 = 0x7A,
};

/// Calls `take(DescriptorTag, Bytes)` for each descriptor of a loop. One that is longer than the loop is counted and
/// ends it: what it holds cannot be told from what follows.
template <typename Take>
void for_each_descriptor(Bytes loop, SiCounters& counters, Take&& take) {
    while (loop.size() >= 2) {
        std::size_t size = loop[1];
        if (size + 2 > loop.size()) break;
        take(DescriptorTag(loop[0]), loop.subspan(2, size));
        loop = loop.subspan(size + 2);
    }
    if (!loop.empty()) ++counters.cut_descriptors;
}

/// Texts of descriptors are bytes here; TextDecoder makes UTF-8 of them.

/// @spec ETSI EN 300 468 §6.2.33
struct ServiceDescriptor {
    std::uint8_t type = 0;
    Bytes provider, name;
    static std::optional<ServiceDescriptor> read(Bytes body);
};

/// @spec ETSI EN 300 468 §6.2.37
struct ShortEventDescriptor {
    Bytes language, title, summary;
    static std::optional<ShortEventDescriptor> read(Bytes body);
};

/// @spec ETSI EN 300 468 §6.2.15
struct ExtendedEventDescriptor {
    std::uint8_t number = 0, last_number = 0;
    Bytes language, items, text;
    static std::optional<ExtendedEventDescriptor> read(Bytes body);
};

/// From the first country that gives an age; 0: none does. @spec ETSI EN 300 468 §6.2.28
std::uint8_t read_minimum_age(Bytes body);

/// Nothing where a BCD digit is past nine. @spec ETSI EN 300 468 §6.2.13.1
std::optional<CableDelivery> read_cable_delivery(Bytes body);

/// @spec ETSI EN 300 468 §6.2.34
std::vector<NetworkInformation::ListedService> read_service_list(Bytes body);

/// @spec ETSI EN 300 468 §6.2.20
std::vector<LocalTimeOffset> read_local_time_offsets(Bytes body, SiCounters& counters);

/// Three letters of ISO 639-2 or ISO 3166; empty where they are no letters.
std::string_view code_of(Bytes three);

/// Logical channel numbers are nobody's standard: a private descriptor, which means what the private data specifier
/// before it says, and which many networks send without one.
struct LogicalChannelRule {
    std::uint8_t tag = 0x83;
    /// Only after this specifier; nothing: after any one, or none.
    std::optional<std::uint32_t> specifier;

    /// Ten bits a number as EACEM has it; fourteen after NorDig's specifier.
    std::vector<LogicalChannel> read(Bytes body, std::uint32_t current_specifier) const;
};

}  // namespace linli::epg
