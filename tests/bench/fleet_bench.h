#pragma once

#include <filesystem>
#include <vector>

#include "middleware/base/result.h"
#include "tests/bench/report.h"

namespace linli::bench {

/// What a city's boxes ask of a server, from which docs/serving.md reckons: the bytes of one real box on the wire, what
/// 2,000 of them cost a real nginx over TLS, and how evenly the clocks of 200,000 spread their requests. `sample` is the
/// folder of the sample city.
base::Result<void> bench_fleet(const std::filesystem::path& sample, std::vector<Figure>& figures);

}  // namespace linli::bench
