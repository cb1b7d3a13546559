#pragma once

#include <cstdint>
#include <string_view>

#include "epg/guide/event.h"
#include "epg/guide/guide_update.h"

namespace linli::epg {

enum class ClaimSource : std::uint8_t { PresentFollowing, Schedule, Xmltv };

/// `Fresh`: said by the newest version. `Stale`: by one before it, which is shown where the newest says nothing yet.
enum class ClaimState : std::uint8_t { Fresh, Stale };

/// Which part of a table says it: sections are replaced as a whole.
struct ClaimSlot {
    ClaimSource source = ClaimSource::Schedule;
    std::uint8_t table_index = 0;
    std::uint8_t section = 0;
    auto operator<=>(const ClaimSlot&) const = default;
};

/// What one source says about one event. What is shown is made of all claims about a channel: merge.h.
/// Times are seconds since 1970 (UTC), good until 2106. Borrows its texts.
struct Claim {
    ClaimSlot slot;
    ClaimState state = ClaimState::Fresh;
    std::uint16_t id = 0;
    std::uint32_t start = 0;
    /// 0: not told.
    std::uint32_t duration = 0;
    /// By which the description is found (description_key); 0: there is none.
    std::uint64_t description = 0;
    std::string_view title, summary;
    Genre genre = Genre::Unknown;
    std::uint8_t minimum_age = 0;
    Running running = Running::Unknown;
};

/// The order in which claims are kept: of equal starts the one first whose section comes first.
inline bool is_before(const Claim& a, const Claim& b) {
    if (a.start != b.start) return a.start < b.start;
    return a.slot < b.slot;
}

}  // namespace linli::epg
