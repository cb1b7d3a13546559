#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "simulator/stream/si/byte_writer.h"

namespace linli::simulator {

/// One section with its CRC, as it goes into packets.
using Section = Bytes;

/// What begins every section that has the long form.
/// @spec ISO/IEC 13818-1 §2.4.4.11
struct SectionHeader {
    std::uint8_t table_id = 0;
    /// program number, service, transport stream, network or bouquet id
    std::uint16_t extension = 0;
    std::uint8_t version = 0;
    bool is_current = true;
    std::uint8_t number = 0;
    std::uint8_t last_number = 0;
};

/// CRC-32 as sections have it: polynomial 0x04C11DB7, nothing mirrored; 0 over a section with its CRC.
/// @spec ETSI EN 300 468 Annex C
std::uint32_t section_crc(std::span<const std::byte> bytes);

Section make_section(const SectionHeader& header, std::span<const std::byte> payload);

/// Sections on their way into packets of one PID: packs them, stuffs the last packet of a batch, counts the packets.
/// @spec ISO/IEC 13818-1 §2.4.3.2
class SectionPacketizer {
  public:
    explicit SectionPacketizer(std::uint16_t pid) : pid_(pid) {}
    /// Packets of 188 bytes that carry these sections one after the other.
    Bytes packets(std::span<const Section> sections);

  private:
    std::uint16_t pid_;
    std::uint8_t continuity_ = 0;
};

/// Faults, made on purpose. Each gives a section that is wrong in one way only: where nothing else is said, length and
/// CRC are right.
/// @{
Section with_broken_crc(Section section);
/// `bit` counts from the first bit of the section; the CRC is left as it was, as a receiver gets it.
Section with_flipped_bit(Section section, std::size_t bit);
/// Without its last `count` bytes before the CRC: a descriptor or a loop ends early.
Section with_cut_end(Section section, std::size_t count);
/// Another byte in it.
Section with_byte(Section section, std::size_t at, std::uint8_t value);
/// Without its second half, and its length as if it were there.
Section with_lost_tail(Section section);
/// The first sections of one version of a table, then the rest of another: the version changes in the middle.
std::vector<Section> with_version_change(std::span<const Section> before, std::span<const Section> after);
/// @}

/// The length that its head tells, brought up to what is there, and the CRC anew.
Section seal(Section section);

}  // namespace linli::simulator
