#pragma once

#include <filesystem>

#include "middleware/base/result.h"

namespace linli::bench {

/// The box that the benchmarks run: the main community of the sample city.
inline constexpr const char* kArea = "12/0101/001/002";
inline constexpr int kItems = 5000;

/// Publishes `kItems` items for the chain of kArea into `tree`: the sample city, its notices, listings and guides
/// repeated under new ids and with numbered titles until there are enough.
base::Result<void> publish_many(const std::filesystem::path& sample, const std::filesystem::path& work,
                                const std::filesystem::path& tree);

}  // namespace linli::bench
