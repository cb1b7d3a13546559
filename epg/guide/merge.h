#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "epg/guide/claim.h"

namespace linli::epg {

/// Which of two sources is believed where both tell of the same time; the operator's choice for a channel.
enum class Preference : std::uint8_t { Eit, Xmltv };

/// How long an event without a duration lasts at most: until the next one starts, or so long.
inline constexpr std::chrono::hours kLongestUntold{3};
/// And where none comes after it.
inline constexpr std::chrono::hours kLastUntold{1};
/// An event of the same id and title that starts so much earlier or later is the same event, moved.
inline constexpr std::chrono::hours kMovedAtMost{3};

/// An event as it is shown: which claim it is of, and when it runs after what overlaps was cut.
struct Shown {
    std::uint32_t claim = 0;
    std::uint32_t start = 0, end = 0;
};

/// The rule of precedence (docs/guide.md): makes of claims in their order (is_before) what is shown, in the order of
/// time, without overlaps. The same claims give the same result, whatever the order in which they came.
std::vector<Shown> merge(std::span<const Claim> claims, Preference preference);

}  // namespace linli::epg
