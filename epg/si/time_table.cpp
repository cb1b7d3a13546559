#include "epg/si/time_table.h"

namespace linli::epg {

using namespace std::chrono;

namespace {

/// Times are sent once in some seconds and wait in buffers.
constexpr seconds kTolerance{30};
/// How often another time is to be said before it is believed. TDT comes at least every 30 s.
constexpr int kAgreements = 3;
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
    if (!believed_ || believed_->agrees_with(heard.time, now)) {
        believed_ = {heard.time, now};
        other_.reset();
        return heard.time;
    }
    ++doubted_;
    bool goes_on = other_ && other_->agrees_with(heard.time, now);
    agreements_ = goes_on ? agreements_ + 1 : 1;
    other_ = {heard.time, now};
    if (agreements_ < kAgreements) return std::nullopt;
    believed_ = other_;
    other_.reset();
    return heard.time;
}

std::optional<minutes> local_offset_at(std::span<const LocalTimeOffset> offsets, std::string_view country,
                                       std::uint8_t region, sys_seconds time) {
    for (const LocalTimeOffset& entry : offsets) {
        if (entry.country != country || entry.region != region) continue;
        return entry.change && time >= *entry.change ? entry.next_offset : entry.offset;
    }
    return std::nullopt;
}

}  // namespace linli::epg
