#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "middleware/base/log.h"
#include "middleware/base/result.h"

namespace linli::simulator {

struct HeadendRun {
    std::filesystem::path plan;
    /// Addresses to send to, for ever; or one file; or none, and the channels are only made.
    std::vector<std::string> targets;
    std::filesystem::path cache;
    /// Of a file.
    int seconds = 30;
    std::optional<std::chrono::sys_seconds> clock;
};

/// Makes what of the channels is missing, then sends them until SIGINT or SIGTERM, or writes the file.
base::Result<void> run_headend(const HeadendRun& run, base::Log& log);

}  // namespace linli::simulator
