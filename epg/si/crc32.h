#pragma once

#include <cstdint>

#include "epg/si/byte_reader.h"

namespace linli::epg {

/// CRC-32/MPEG-2 of bytes. Over a section with its own CRC at the end it is zero where nothing is broken.
/// @spec ISO/IEC 13818-1 annex A
using Crc32 = std::uint32_t (*)(Bytes bytes);

/// With tables, eight bytes at a time: works everywhere.
std::uint32_t crc32_by_tables(Bytes bytes);
/// Goes on from a CRC of what came before.
std::uint32_t crc32_by_tables(Bytes bytes, std::uint32_t before);

/// With carry-less multiplication, where this machine can do that; null elsewhere.
Crc32 crc32_by_multiplication();

/// The quickest that this machine has.
Crc32 fastest_crc32();

}  // namespace linli::epg
