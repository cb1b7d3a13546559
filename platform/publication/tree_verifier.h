#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"

namespace linli::platform {

/// What an examination of a publication's tree found.
struct TreeReport {
    int heads = 0;
    /// What the heads name: content, deltas and objects, each file once.
    int files = 0;
    std::uint64_t bytes = 0;
    /// A line each, beginning with the file below the tree that it is about. A receiver would refuse what is named here,
    /// or look for it in vain.
    std::vector<std::string> faults;
};

/// Examines the tree of a publication with the eyes of all its receivers, who were provisioned with this root file:
/// every root and head and what they say of each other, every file that a head or an item names, and that each delta
/// leads from an older content that is still there to the present one. Changes nothing, and need not be alone.
/// An error when the root file itself is no good.
base::Result<TreeReport> verify_tree(const std::filesystem::path& tree, std::string_view root_file,
                                     std::chrono::sys_seconds now);

}  // namespace linli::platform
