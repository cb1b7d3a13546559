#pragma once

#include <algorithm>
#include <vector>

#include "epg/si/si_counters.h"
#include "epg/si/ts_packet.h"

namespace linli::epg {

/// Finds transport packets in bytes that come in pieces of any length: packets of 188 bytes, also with the four bytes
/// of time before them (192) or the sixteen of error correction after them (204) that recorders leave there. Garbage
/// is skipped; a single wrong sync byte costs its packet and no more.
class PacketReader {
  public:
    explicit PacketReader(SiCounters& counters) : counters_(counters) {}

    /// Calls `on_packet(TsPacket)` for every packet that is whole now.
    template <typename OnPacket>
    void push(Bytes bytes, OnPacket&& on_packet) {
        while (!kept_.empty() && !bytes.empty()) {
            std::size_t before = kept_.size();
            std::size_t more = std::min(bytes.size(), kLookAhead);
            kept_.insert(kept_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(more));
            std::size_t used = read(kept_, on_packet);
            if (used >= before) {
                // The rest is read where it lies.
                bytes = bytes.subspan(used - before);
                kept_.clear();
            } else {
                kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(used));
                bytes = bytes.subspan(more);
            }
        }
        std::size_t used = read(bytes, on_packet);
        kept_.insert(kept_.end(), bytes.begin() + static_cast<std::ptrdiff_t>(used), bytes.end());
    }

    /// The input ends: reads what was kept to look ahead.
    template <typename OnPacket>
    void finish(OnPacket&& on_packet) {
        Bytes left = kept_;
        while (left.size() >= kPacketSize && left[0] == kSyncByte) {
            ++counters_.packets;
            on_packet(TsPacket(left.data()));
            left = left.subspan(std::min(left.size(), stride_ != 0 ? stride_ : kPacketSize));
        }
        counters_.garbage_bytes += left.size();
        forget();
    }

    /// Other input begins.
    void forget() {
        kept_.clear();
        stride_ = 0;
        gap_ = 0;
    }

  private:
    /// What is looked at to believe that a byte begins a packet: two more sync bytes at the same distance.
    static constexpr std::size_t kLookAhead = 2 * 204 + 1;

    /// Reads what it can and says how much of `bytes` that was.
    template <typename OnPacket>
    std::size_t read(Bytes bytes, OnPacket& on_packet) {
        std::size_t at = std::min(gap_, bytes.size());
        gap_ -= at;
        while (at < bytes.size()) {
            if (stride_ == 0 && !find_packets(bytes, at)) return at;
            std::size_t left = bytes.size() - at;
            if (bytes[at] != kSyncByte) {
                if (left <= stride_) return at;
                lose_packet(bytes, at);
                continue;
            }
            if (left < kPacketSize) return at;
            ++counters_.packets;
            on_packet(TsPacket(bytes.data() + at));
            if (left < stride_) {
                gap_ = stride_ - left;
                return bytes.size();
            }
            at += stride_;
        }
        return at;
    }

    /// From `at` on; false when more bytes are needed to tell.
    bool find_packets(Bytes bytes, std::size_t& at);
    /// No sync byte where one is due: a broken packet, or the end of them.
    void lose_packet(Bytes bytes, std::size_t& at);

    SiCounters& counters_;
    /// Bytes before those of the next push.
    std::vector<std::uint8_t> kept_;
    /// From one packet to the next; 0: to be found out.
    std::size_t stride_ = 0;
    /// What of the stride of the last packet is still to come.
    std::size_t gap_ = 0;
};

}  // namespace linli::epg
