// What head-ends really send (tests/epg/si/section_assembler_test.cpp):
//   - every packet twice, as the standard allows (ARepeatedPacketCountsOnce);
//   - a continuity counter that never moves, from cheap modulators (ACounterThatStandsStillIsNoSilence);
//   - a new section without a mark right after one that ends in mid-packet: it is not looked for, the
//     standard demands the mark (WhatFollowsWithoutAMarkIsStuffing).
#include "epg/si/section_assembler.h"

namespace linli::epg {
namespace {

constexpr std::size_t kHeaderSize = 3;
constexpr std::uint8_t kStuffing = 0xFF;

std::size_t section_size(const std::uint8_t* header) {
    return kHeaderSize + ((header[1] & 0x0F) << 8 | header[2]);
}

}  // namespace

void SectionAssembler::push(TsPacket packet) {
    if (packet.has_transport_error()) {
        ++counters_->transport_errors;
        return;
    }
    if (packet.is_scrambled()) {
        ++counters_->scrambled_packets;
        return;
    }
    if (!packet.has_payload()) return;
    Order order = order_of(packet);
    if (order == Order::Repeated) return;
    if (order == Order::Lost) drop_section();
    Bytes payload = packet.payload();
    if (payload.empty()) {
        ++counters_->malformed_packets;
        drop_section();
        return;
    }
    if (!packet.is_unit_start()) {
        if (!section_.empty()) continue_section(payload);
        return;
    }
    std::size_t pointer = payload[0];
    if (pointer + 1 > payload.size()) {
        ++counters_->malformed_packets;
        drop_section();
        return;
    }
    if (!section_.empty()) {
        continue_section(payload.subspan(1, pointer));
        drop_section();
    }
    start_sections(payload.subspan(1 + pointer));
}

SectionAssembler::Order SectionAssembler::order_of(TsPacket packet) {
    std::uint8_t counter = packet.continuity_counter();
    bool is_first = !has_counter_ || packet.is_discontinuity();
    std::uint8_t before = counter_;
    has_counter_ = true;
    counter_ = counter;
    if (is_first) return Order::Lost;
    if (counter == ((before + 1) & 0x0F)) {
        repeats_ = 0;
        return Order::Next;
    }
    if (counter == before && repeats_ == 0) {
        repeats_ = 1;
        return Order::Repeated;
    }
    ++counters_->discontinuities;
    return Order::Lost;
}

void SectionAssembler::start_sections(Bytes payload) {
    while (!payload.empty() && payload[0] != kStuffing) {
        if (payload.size() >= kHeaderSize) {
            std::size_t size = section_size(payload.data());
            if (size > kMaxSectionSize) {
                ++counters_->malformed_sections;
                return;
            }
            if (size <= payload.size()) {
                sink_->on_section(pid_, payload.first(size));
                payload = payload.subspan(size);
                continue;
            }
        }
        section_.assign(payload.begin(), payload.end());
        return;
    }
}

void SectionAssembler::continue_section(Bytes payload) {
    std::size_t used = 0;
    while (section_.size() < kHeaderSize && used < payload.size()) section_.push_back(payload[used++]);
    if (section_.size() < kHeaderSize) return;
    std::size_t size = section_size(section_.data());
    if (size > kMaxSectionSize) {
        ++counters_->malformed_sections;
        section_.clear();
        return;
    }
    std::size_t missing = size > section_.size() ? size - section_.size() : 0;
    std::size_t more = std::min(missing, payload.size() - used);
    section_.insert(section_.end(), payload.begin() + static_cast<std::ptrdiff_t>(used),
                    payload.begin() + static_cast<std::ptrdiff_t>(used + more));
    if (section_.size() >= size) {
        sink_->on_section(pid_, section_);
        section_.clear();
    }
}

void SectionAssembler::drop_section() {
    if (section_.empty()) return;
    ++counters_->cut_sections;
    section_.clear();
}

}  // namespace linli::epg
