#include "epg/si/section.h"

namespace linli::epg {

std::optional<Section> Section::read(Bytes bytes) {
    constexpr std::size_t kHeader = 8, kCrc = 4;
    if (bytes.size() < kHeader + kCrc || (bytes[1] & 0x80) == 0) return std::nullopt;
    Section section;
    section.table_id = TableId(bytes[0]);
    section.extension = static_cast<std::uint16_t>(bytes[3] << 8 | bytes[4]);
    section.version = bytes[5] >> 1 & 0x1F;
    section.is_current = bytes[5] & 1;
    section.number = bytes[6];
    section.last_number = bytes[7];
    section.body = bytes.subspan(kHeader, bytes.size() - kHeader - kCrc);
    section.crc = ByteReader(bytes.last(kCrc)).u32();
    if (section.number > section.last_number) return std::nullopt;
    return section;
}

}  // namespace linli::epg
