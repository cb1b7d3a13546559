#pragma once

#include <filesystem>
#include <vector>

#include "middleware/base/result.h"
#include "tests/bench/report.h"

namespace linli::bench {

/// Each screen of the guide on a box whose data folder `data` has a guide of 200 channels: from a key to its frame, beside
/// the list of the core benchmark (of 5,000 items, on the same box).
base::Result<void> bench_guide_screens(const std::filesystem::path& programs, const std::filesystem::path& sample,
                                       const std::filesystem::path& data, std::vector<Figure>& figures);

}  // namespace linli::bench
