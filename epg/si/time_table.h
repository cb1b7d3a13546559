#pragma once

#include <chrono>
#include <optional>
#include <span>

#include "epg/si/tables.h"

namespace linli::epg {

/// Says which of the times that are broadcast are to be believed: the first one of a TOT, or of two TDT that agree, for
/// these have no checksum; and later ones that agree with what has passed since within some seconds. Another time is
/// believed when it goes on being said: a sender that corrects itself is, one wrong table is not. What is believed is for
/// base::Clock::hear.
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
    /// Not believed yet, and in agreement with all that came since.
    std::optional<Heard> other_;
    int agreements_ = 0;
    int doubted_ = 0;
};

/// Whether a TOT says of some country or region that its local time at `time` is so far from UTC.
bool has_local_offset(std::span<const LocalTimeOffset> offsets, std::chrono::minutes offset, std::chrono::sys_seconds time);

}  // namespace linli::epg
