#pragma once

#include <chrono>
#include <filesystem>
#include <set>
#include <string>

#include "content/model.h"
#include "middleware/base/result.h"
#include "middleware/storage/database.h"
#include "platform/publication/head.h"

namespace linli::platform {

/// Files that no head or content names any more stay this long: who has read an old head may still ask for them.
inline constexpr std::chrono::hours kObjectGrace{48};

/// Which files of the tree are named by what is published, and since when the others are not. In the publisher's state.
class UsedFiles {
  public:
    UsedFiles(storage::Database& state, const std::filesystem::path& tree) : state_(state), tree_(tree) {}

    /// All that a part of an area names from now on. What it named before and nobody names any more begins its grace.
    base::Result<void> set(const content::AreaCode& area, Part part, const std::set<std::string>& paths,
                           std::chrono::sys_seconds now);
    /// Begins the grace of every file that nothing names: for a state that begins anew. Looks into the contents of
    /// areas that the state does not know.
    base::Result<void> sweep(std::chrono::sys_seconds now);
    /// Removes those whose grace is over; how many.
    base::Result<int> remove_garbage(std::chrono::sys_seconds now);

  private:
    base::Result<std::set<std::string>> named_by_heads() const;

    storage::Database& state_;
    const std::filesystem::path& tree_;
};

}  // namespace linli::platform
