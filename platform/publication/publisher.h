#pragma once

#include <filesystem>
#include <vector>

#include "content/checker.h"
#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/publication/tree_writer.h"

namespace linli::platform {

/// Objects that no head names any more stay this long.
inline constexpr std::chrono::hours kObjectGrace{48};

struct PublishReport {
    /// With faults nothing was published.
    content::CheckReport check;
    struct Area {
        content::AreaCode code;
        int items = 0;
        PublishOutcome outcome = PublishOutcome::Unchanged;
    };
    std::vector<Area> areas;
    int objects_removed = 0;
};

/// Checks an editor's folder and, when it is without fault, puts every area in it into the tree of a publication.
/// Publishing again what did not change changes no byte. An error is what the disk or a bound of the format refuses;
/// areas before it are published then, and doing it again goes on. Two at a time on one tree wait for each other.
base::Result<PublishReport> publish_folder(const std::filesystem::path& folder, const std::filesystem::path& tree,
                                           const PublishOptions& options);

}  // namespace linli::platform
