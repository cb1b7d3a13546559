#include "epg/si/time_table.h"

#include <algorithm>

namespace linli::epg {

using namespace std::chrono;

namespace {

/// Times are sent once in some seconds and wait in buffers.
constexpr seconds kTolerance{30};
/// How often another time is to be said before it is believed. TDT comes at least every 30 s.
constexpr int kAgreements = 3;
constexpr int kFirstAgreements = 2;
constexpr sys_seconds kEarliestCredible = sys_days(year(2024) / January / 1);

}  // namespace

bool TimeTable::Heard::agrees_with(sys_seconds other, Steady other_at) const {
    seconds drift = (other - time) - duration_cast<seconds>(other_at - at);
    return abs(drift) <= kTolerance;
}

std::optional<sys_seconds> TimeTable::take(const TimeInformation& heard, Steady now) {
    if (heard.time < kEarliestCredible) {
        ++doubted_;
        return std::nullopt;
    }
    bool has_checksum = heard.source.table_id == TableId::TimeOffset;
    bool is_believed = believed_ ? believed_->agrees_with(heard.time, now) : has_checksum;
    if (!is_believed) {
        bool goes_on = other_ && other_->agrees_with(heard.time, now);
        agreements_ = goes_on ? agreements_ + 1 : 1;
        other_ = {heard.time, now};
        if (believed_ || !goes_on) ++doubted_;
        is_believed = agreements_ >= (believed_ ? kAgreements : kFirstAgreements);
    }
    if (!is_believed) return std::nullopt;
    believed_ = {heard.time, now};
    other_.reset();
    return heard.time;
}

bool has_local_offset(std::span<const LocalTimeOffset> offsets, minutes offset, sys_seconds time) {
    return std::ranges::any_of(offsets, [&](const LocalTimeOffset& entry) {
        return (entry.change && time >= *entry.change ? entry.next_offset : entry.offset) == offset;
    });
}

}  // namespace linli::epg
