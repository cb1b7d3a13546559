#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"

namespace linli::bench {

/// Content of the size of a large city for the chain of `kArea`: the sample city's own items, and notices, listings and
/// guides composed from its sentences, so that titles, words and repetition are those of real texts. Always the same
/// for the same count; without pictures. About 600 bytes of XML an item.
base::Result<std::map<content::AreaCode, std::vector<content::Item>>> make_city(const std::filesystem::path& sample, int items);

/// The same as an editor's folder, 100 items a file.
base::Result<void> write_city(const std::filesystem::path& sample, int items, const std::filesystem::path& folder);

}  // namespace linli::bench
