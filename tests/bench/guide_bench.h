#pragma once

#include <filesystem>
#include <vector>

#include "middleware/base/result.h"
#include "tests/bench/report.h"

namespace linli::bench {

/// A week of 200 channels: from packets to a guide that is stored and shown, from the store after a restart, searching,
/// XMLTV against Expat alone, and the guide's screens.
base::Result<void> bench_guide(const std::filesystem::path& programs, const std::filesystem::path& sample, std::vector<Figure>& figures);

}  // namespace linli::bench
