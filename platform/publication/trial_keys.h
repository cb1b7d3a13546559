#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"

namespace linli::platform {

/// All keys that publishing in a tree asks for, for trying out and for tests: a root of one key, a
/// key for each of these areas and for those above them, named from the root down. What is there
/// already stays; only what is missing is made. Keys are KEYS/root.key, KEYS/12.key,
/// KEYS/12-0101.key…, without passphrase: no root for a city lies on the machine that publishes
/// (docs/keys.md). Returns the file of the root to provision boxes with.
base::Result<std::filesystem::path> make_trial_keys(const std::filesystem::path& keys,
                                                    const std::filesystem::path& tree,
                                                    const std::vector<content::AreaCode>& areas,
                                                    std::chrono::sys_seconds now);

}  // namespace linli::platform
