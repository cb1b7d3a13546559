#pragma once

#include <filesystem>
#include <vector>

#include "middleware/base/result.h"
#include "tests/bench/report.h"

namespace linli::bench {

/// Watching: channel change to first picture, in the same stream and to another one, beside the wait for an entry point
/// that no player can avoid; memory of the box while it plays SD and HD.
base::Result<void> bench_watching(const std::filesystem::path& programs, std::vector<Figure>& figures);

}  // namespace linli::bench
