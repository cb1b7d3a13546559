#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "content/model.h"

namespace linli::platform {

/// Adds hours of the given days (bit 0 is Monday). Those that pass midnight become two entries.
void add_hours(content::Hours& hours, std::uint8_t days, std::chrono::minutes from,
               std::chrono::minutes until);

/// "9:00", "09:00:00", "9.30", "9am", "9:30 pm", "24:00". Nothing when it is no time of a day.
std::optional<std::chrono::minutes> read_time_of_day(std::string_view text);

/// Opening hours as people write them: "Mon-Fri 8:30-12:00, 14:00-17:30; Sat 9-12; Sun closed",
/// "周一至周五 8:30-17:30", "每天 24小时". Nothing when a word of it is not understood: wrong hours
/// are worse than a text.
std::optional<content::Hours> read_hours_text(std::string_view text);

}  // namespace linli::platform
