#pragma once

#include "epg/si/byte_reader.h"

namespace linli::epg {

constexpr std::size_t kPacketSize = 188;
constexpr std::uint8_t kSyncByte = 0x47;

/// A transport packet, looked at where it lies. @spec ISO/IEC 13818-1 §2.4.3
class TsPacket {
  public:
    /// 188 bytes, the first one of them kSyncByte.
    explicit TsPacket(const std::uint8_t* bytes) : bytes_(bytes) {}

    std::uint16_t pid() const { return static_cast<std::uint16_t>((bytes_[1] & 0x1F) << 8 | bytes_[2]); }
    bool has_transport_error() const { return bytes_[1] & 0x80; }
    bool is_unit_start() const { return bytes_[1] & 0x40; }
    bool is_scrambled() const { return bytes_[3] & 0xC0; }
    bool has_adaptation_field() const { return bytes_[3] & 0x20; }
    bool has_payload() const { return bytes_[3] & 0x10; }
    std::uint8_t continuity_counter() const { return bytes_[3] & 0x0F; }
    /// The sender says that the counter jumps here.
    bool is_discontinuity() const { return has_adaptation_field() && bytes_[4] > 0 && bytes_[5] & 0x80; }
    /// Empty too where the adaptation field claims to be longer than the packet.
    Bytes payload() const {
        if (!has_payload()) return {};
        std::size_t begin = has_adaptation_field() ? std::size_t(5) + bytes_[4] : 4;
        if (begin >= kPacketSize) return {};
        return {bytes_ + begin, kPacketSize - begin};
    }

  private:
    const std::uint8_t* bytes_;
};

}  // namespace linli::epg
