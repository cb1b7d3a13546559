#pragma once

#include <filesystem>
#include <vector>

#include "content/checker.h"
#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/publication/key_ring.h"
#include "platform/publication/tree_writer.h"

namespace linli::platform {

struct PublishReport {
    /// With faults nothing was published.
    content::CheckReport check;
    struct Area {
        content::AreaCode code;
        int items = 0;
        PublishOutcome outcome = PublishOutcome::Unchanged;
    };
    std::vector<Area> areas;
    int files_removed = 0;
};

/// Checks an editor's folder and, when it is without fault, puts every area in it into the tree of a publication,
/// which has a root. Publishing again what did not change changes no byte; the cost follows the change, since
/// TREE/.publisher/state.db remembers the rest. An error is what the disk or a bound of the format refuses, or that no
/// area could be signed; areas before it are published then, and doing it again goes on. Two at a time on one tree wait
/// for each other.
base::Result<PublishReport> publish_folder(const std::filesystem::path& folder, const std::filesystem::path& tree,
                                           const KeyRing& keys, const PublishOptions& options);

}  // namespace linli::platform
