#pragma once

#include <chrono>
#include <filesystem>

#include "middleware/base/result.h"

namespace linli::bench {

inline constexpr int kGuideChannels = 200;
inline constexpr int kGuideDays = 7;
/// Of a channel and a day.
inline constexpr int kGuideEvents = 50;

/// Writes `week.ts`, a turn of the carousel with the SDT and the EIT schedule of a week of 200 channels (70,000 events
/// with Chinese texts: each a title, every second a summary, every third a description), and `week.xml`, the same as
/// XMLTV. The week begins at midnight, UTC.
base::Result<void> make_guide_week(const std::filesystem::path& folder, std::chrono::sys_days start);

}  // namespace linli::bench
