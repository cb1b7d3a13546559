#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace linli::tests {

/// Every include below `root` that breaks an arrow of the architecture (which folder may include
/// which) or brings a third-party header outside its one folder: a sentence each, sorted.
std::vector<std::string> find_broken_arrows(const std::filesystem::path& root);

}  // namespace linli::tests
