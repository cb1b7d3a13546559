#pragma once

#include <optional>

#include "epg/si/byte_reader.h"
#include "epg/si/table_id.h"

namespace linli::epg {

/// A section with the long header, looked at where it lies. @spec ISO/IEC 13818-1 §2.4.4.11
struct Section {
    TableId table_id = TableId::ProgramAssociation;
    /// table_id_extension: whose table it is.
    std::uint16_t extension = 0;
    std::uint8_t version = 0;
    bool is_current = true;
    std::uint8_t number = 0, last_number = 0;
    /// The CRC as it was sent.
    std::uint32_t crc = 0;
    /// What lies between header and CRC.
    Bytes body;

    /// Nothing where it is too short or its numbers contradict each other. The CRC is not checked.
    static std::optional<Section> read(Bytes bytes);
};

}  // namespace linli::epg
