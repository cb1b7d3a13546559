#include "epg/si/packet_reader.h"

namespace linli::epg {

bool PacketReader::find_packets(Bytes bytes, std::size_t& at) {
    constexpr std::size_t kStrides[] = {188, 204, 192};
    for (; at + kLookAhead <= bytes.size(); ++at, ++counters_.garbage_bytes) {
        if (bytes[at] != kSyncByte) continue;
        for (std::size_t stride : kStrides) {
            if (bytes[at + stride] != kSyncByte || bytes[at + 2 * stride] != kSyncByte) continue;
            stride_ = stride;
            return true;
        }
    }
    return false;
}

void PacketReader::lose_packet(Bytes bytes, std::size_t& at) {
    if (bytes[at + stride_] == kSyncByte) {
        ++counters_.malformed_packets;
        at += stride_;
        return;
    }
    ++counters_.resyncs;
    stride_ = 0;
}

}  // namespace linli::epg
