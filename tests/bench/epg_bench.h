#pragma once

#include <vector>

#include "middleware/base/result.h"
#include "tests/bench/report.h"

namespace linli::bench {

/// Service information from transport packets to events with UTF-8 text, beside libdvbpsi and GStreamer on the same bytes.
base::Result<void> bench_epg(std::vector<Figure>& figures);

}  // namespace linli::bench
