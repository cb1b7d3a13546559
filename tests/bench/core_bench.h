#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "middleware/base/result.h"
#include "tests/bench/core_content.h"
#include "tests/bench/report.h"

namespace linli::bench {

/// What the parts of the core benchmark share: a platform on loopback that serves 5,000 items.
struct CoreSetup {
    std::filesystem::path programs;  // where linli-stb and the bare program are
    std::filesystem::path work;
    std::string platform_url;
    std::filesystem::path root_file;  // of the keys of its publication
};

base::Result<void> bench_core(const std::filesystem::path& programs, const std::filesystem::path& sample,
                              std::vector<Figure>& figures);

base::Result<void> bench_screen(const CoreSetup& setup, std::vector<Figure>& figures);
base::Result<void> bench_sync(const CoreSetup& setup, std::vector<Figure>& figures);

/// Writes the frames that the bare program draws, as the application draws them now.
base::Result<void> dump_frames(const std::filesystem::path& sample, const std::filesystem::path& file);

}  // namespace linli::bench
