#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "middleware/base/log.h"
#include "middleware/base/result.h"
#include "platform/booking/booking_store.h"

namespace linli::platform {

/// The files that an operator and the offices hand to the platform: docs/platform.md has their formats.
struct OfficeFiles {
    std::vector<std::filesystem::path> households, schedules, holidays, results;
};

/// Reads all of the files and then puts them into the store. A file that is not as it should be is an error with file, line
/// and what was expected, and then nothing has come into the store. Of two calendars, or two schedules of one service, the
/// later one counts.
base::Result<void> import_files(const OfficeFiles& files, BookingStore& store, std::chrono::sys_seconds now,
                                base::Log& log);

}  // namespace linli::platform
