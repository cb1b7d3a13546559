#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/publication/key_ring.h"
#include "platform/publication/root.h"

namespace linli::platform {

/// What the next version of a root has otherwise than the newest one. What is not said stays.
struct RootDraft {
    std::optional<unsigned> threshold;
    /// All keys of the root; none: as they were.
    std::vector<base::PublicKey> keys;
    /// Cities with their keys, in the place of what was named for them.
    std::map<content::AreaCode, KeySet> cities;
    /// Cities that publish no longer.
    std::vector<content::AreaCode> dropped;
    std::chrono::days lifetime{5 * 365};
};

/// The version that follows `newest`, or version 1.
base::Result<Root> draft_root(const std::optional<Root>& newest, const RootDraft& draft,
                              std::chrono::sys_seconds now);

/// The root that a file holds: a draft that nobody has signed (XML), or a signed file, good or not.
base::Result<Root> read_any_root(std::string_view file);
/// Signs such a file with each of these keys; signatures that it has stay.
base::Result<std::string> sign_root(std::string_view file,
                                    const std::vector<const base::SecretKey*>& keys);

}  // namespace linli::platform
