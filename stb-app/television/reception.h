#pragma once

#include <cstdint>
#include <string>

#include "epg/guide/guide_counters.h"
#include "epg/si/si_counters.h"

namespace linli::app {

/// How well service information and guide are received, for Diagnostics. Counted from the start.
struct Reception {
    epg::SiCounters si;
    epg::GuideCounters guide;
    /// Bytes that came faster than they were read.
    std::uint64_t left_out = 0;
    /// Times that were sent and not believed.
    int doubted_times = 0;
    /// Of no country or region that the broadcast names is the local time that of this box.
    bool is_local_time_other = false;
    /// What became of the file that the guide is kept in; empty when all is well.
    std::string trouble;
};

}  // namespace linli::app
