#pragma once

#include <cstdint>

namespace linli::epg {

/// What was taken in and what was refused, for Diagnostics. Counted from the start.
struct GuideCounters {
    std::uint64_t events = 0;  // taken in
    std::uint64_t too_long = 0;
    std::uint64_t without_title = 0;
    std::uint64_t out_of_time = 0;  // over already, or too far ahead to be true
    std::uint64_t cut_texts = 0;
    std::uint64_t past_limits = 0;  // more channels or events than are kept
};

}  // namespace linli::epg
