#include "epg/si/crc32.h"

#include <array>

namespace linli::epg {
namespace {

constexpr std::uint32_t kPolynomial = 0x04C11DB7;

using Table = std::array<std::uint32_t, 256>;

/// tables[n][b]: what byte b does to the CRC when n bytes follow it.
constexpr std::array<Table, 8> make_tables() {
    std::array<Table, 8> tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte << 24;
        for (int bit = 0; bit < 8; ++bit) crc = crc << 1 ^ (crc >> 31 ? kPolynomial : 0);
        tables[0][byte] = crc;
    }
    for (std::size_t n = 1; n < tables.size(); ++n)
        for (std::size_t byte = 0; byte < 256; ++byte)
            tables[n][byte] = tables[n - 1][byte] << 8 ^ tables[0][tables[n - 1][byte] >> 24];
    return tables;
}

constexpr std::array<Table, 8> kTables = make_tables();

}  // namespace

std::uint32_t crc32_by_tables(Bytes bytes) { return crc32_by_tables(bytes, 0xFFFFFFFF); }

std::uint32_t crc32_by_tables(Bytes bytes, std::uint32_t crc) {
    const std::uint8_t* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; left -= 8, at += 8) {
        crc ^= std::uint32_t(at[0]) << 24 | std::uint32_t(at[1]) << 16 | std::uint32_t(at[2]) << 8 | at[3];
        crc = kTables[7][crc >> 24] ^ kTables[6][crc >> 16 & 0xFF] ^ kTables[5][crc >> 8 & 0xFF] ^
              kTables[4][crc & 0xFF] ^ kTables[3][at[4]] ^ kTables[2][at[5]] ^ kTables[1][at[6]] ^
              kTables[0][at[7]];
    }
    for (; left > 0; --left) crc = crc << 8 ^ kTables[0][crc >> 24 ^ *at++];
    return crc;
}

Crc32 fastest_crc32() {
    if (Crc32 multiplied = crc32_by_multiplication()) return multiplied;
    return [](Bytes bytes) { return crc32_by_tables(bytes); };
}

}  // namespace linli::epg
