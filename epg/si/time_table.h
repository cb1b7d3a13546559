#pragma once

#include <chrono>
#include <optional>
#include <span>

#include "epg/si/tables.h"

namespace linli::epg {

/// Says which of the times that are broadcast are to be believed: the first one, and later ones that agree with what
/// has passed since within some seconds. Another time is believed when it goes on being said: a sender that corrects
/// itself is, one wrong table is not. What is believed is for base::Clock::hear.
class TimeTable {
  public:
    using Steady = std::chrono::steady_clock::time_point;

    /// `now`: when it came. The time to be believed, or nothing.
    std::optional<std::chrono::sys_seconds> take(const TimeInformation& heard, Steady now);
    /// Times that were not believed, for Diagnostics.
    int doubted() const { return doubted_; }

  private:
    struct Heard {
        std::chrono::sys_seconds time;
        Steady at;
        /// Whether another time goes with this one.
        bool agrees_with(std::chrono::sys_seconds other, Steady other_at) const;
    };
    std::optional<Heard> believed_;
    /// Disagrees with what is believed, and with nothing that came since.
    std::optional<Heard> other_;
    int agreements_ = 0;
    int doubted_ = 0;
};

/// How far local time is from UTC at `time`, as the TOT says it of a country ("CHN", ISO 3166) and region.
std::optional<std::chrono::minutes> local_offset_at(std::span<const LocalTimeOffset> offsets, std::string_view country,
                                                    std::uint8_t region, std::chrono::sys_seconds time);

}  // namespace linli::epg
