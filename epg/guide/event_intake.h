#pragma once

#include <chrono>
#include <optional>

#include "epg/guide/claim.h"
#include "epg/guide/guide_counters.h"
#include "epg/guide/guide_update.h"

namespace linli::epg {

/// Which times are taken in. Without a clock, all that can be written down.
struct TimeWindow {
    std::uint32_t first_end = 0;
    std::uint32_t last_start = 0xFFFFFFFF - 366 * 86400;

    /// An event is kept so long after its end.
    static constexpr std::chrono::hours kKept{3};
    /// A schedule's 16 tables reach 64 days ahead. @spec ETSI TS 101 211 §4.1.4
    static constexpr std::chrono::days kFurthest{65};

    static TimeWindow around(std::chrono::sys_seconds now);
    /// Whether a claim is over, told from its own words.
    bool is_over(const Claim& claim) const;
};

/// Longer ones are mistakes (some head-ends send 30 days for "until further notice").
inline constexpr std::chrono::hours kLongestEvent{24};

/// Makes a claim of what a source said; nothing where it cannot be true or is of no use, which is counted. The claim
/// borrows the event's texts.
std::optional<Claim> take_in(const IncomingEvent& event, const ClaimSlot& slot, const TimeWindow& window,
                             GuideCounters& counters);

/// As much of a description as is kept.
std::string_view kept_description(std::string_view text);

}  // namespace linli::epg
