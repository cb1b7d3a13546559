#pragma once

#include <span>
#include <string_view>

#include "simulator/stream/si/si_model.h"

/// Descriptors as bytes with tag and length. What is too long for one is cut.
/// @spec ETSI EN 300 468 §6.2
namespace linli::simulator {

namespace descriptor_tag {
constexpr std::uint8_t kLanguage = 0x0A;
constexpr std::uint8_t kNetworkName = 0x40;
constexpr std::uint8_t kServiceList = 0x41;
constexpr std::uint8_t kCableDelivery = 0x44;
constexpr std::uint8_t kBouquetName = 0x47;
constexpr std::uint8_t kService = 0x48;
constexpr std::uint8_t kShortEvent = 0x4D;
constexpr std::uint8_t kExtendedEvent = 0x4E;
constexpr std::uint8_t kContent = 0x54;
constexpr std::uint8_t kParentalRating = 0x55;
constexpr std::uint8_t kLocalTimeOffset = 0x58;
constexpr std::uint8_t kSubtitling = 0x59;
/// Of EACEM, with its private_data_specifier.
constexpr std::uint8_t kPrivateDataSpecifier = 0x5F;
constexpr std::uint8_t kLogicalChannel = 0x83;
}  // namespace descriptor_tag

/// `length` other than that of the content makes a descriptor that lies about itself.
Bytes make_descriptor(std::uint8_t tag, std::span<const std::byte> content, int length = -1);

Bytes language_descriptor(std::string_view language);
Bytes subtitling_descriptor(std::string_view language);
Bytes name_descriptor(std::uint8_t tag, std::string_view name, const BroadcastEncoding& encoding);
Bytes service_descriptor(const SiService& service, const BroadcastEncoding& encoding);
Bytes service_list_descriptor(std::span<const SiService> services);
Bytes cable_delivery_descriptor(const SiMultiplex& multiplex);
/// The private_data_specifier and the logical channels that it makes sense of.
Bytes logical_channel_descriptors(std::span<const SiService> services);
/// Short event, extended events, content and rating, then `more`.
Bytes event_descriptors(const SiEvent& event, const BroadcastEncoding& encoding);
/// `offset` and the one that takes its place at `change`; east of Greenwich is positive.
Bytes local_time_offset_descriptor(std::string_view country, std::chrono::minutes offset, std::chrono::sys_seconds change,
                                   std::chrono::minutes next_offset);

/// UTC as five bytes: date in Modified Julian Days, of which sixteen bits are sent, so that they begin again in April
/// 2038; time in decimal digits.
/// @spec ETSI EN 300 468 Annex C
void put_time(ByteWriter& writer, std::optional<std::chrono::sys_seconds> time);

}  // namespace linli::simulator
