#pragma once

#include <filesystem>
#include <vector>

#include "middleware/base/result.h"
#include "tests/bench/report.h"

namespace linli::bench {

/// Bookings per second and how long one takes, of the reference platform on both databases with 1, 2 and 4 instances; beside
/// it the bare database.
base::Result<void> bench_bookings(const std::filesystem::path& programs, std::vector<Figure>& figures);

/// From the key to the confirmation on the screen.
base::Result<void> bench_answer(const std::filesystem::path& sample, std::vector<Figure>& figures);

}  // namespace linli::bench
