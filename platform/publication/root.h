#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/publication/signed_file.h"

namespace linli::platform {

/// The keys from which all trust in a publication comes (docs/publication.md, "Keys").
struct Root {
    std::uint64_t version = 1;
    std::chrono::sys_seconds published{};
    std::chrono::sys_seconds expires{};
    KeySet keys;
    std::map<content::AreaCode, KeySet> cities;
};

/// Reads the payload of a root file.
base::Result<Root> read_root(std::string_view xml);
std::string write_root(const Root& root);
/// "root/2.signed"
std::string root_path(std::uint64_t version);

}  // namespace linli::platform
