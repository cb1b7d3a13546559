#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/publication/head.h"

namespace linli::platform {

/// A picture or an attachment.
struct ObjectBytes {
    std::string bytes;
    std::string media_type;
};

/// All that one area publishes.
struct AreaPublication {
    content::AreaCode area;
    /// An exchange document in canonical form.
    std::string document;
    std::vector<ObjectBytes> objects;
};

struct PublishOptions {
    std::chrono::sys_seconds now{};
    /// How long boxes take a head for good.
    std::chrono::days lifetime{30};
    /// A box asks no more often than this.
    std::chrono::seconds poll{60};
};

enum class PublishOutcome {
    Unchanged,  ///< no byte of the tree was touched
    Renewed,    ///< the same content with a new head, because the old one had lived half its life
    Changed,
};

/// Puts an area into the tree of a publication: its objects first, its head last, each file by rename, so that who
/// reads meanwhile, or after a crash, finds the old state or the new one. One writer a tree at a time.
base::Result<PublishOutcome> publish_area(const std::filesystem::path& tree, const AreaPublication& publication,
                                          const PublishOptions& options);

/// Removes objects that no head has named for `grace`: boxes that have read the head before are through with them.
base::Result<int> remove_unused_objects(const std::filesystem::path& tree, std::chrono::hours grace);

}  // namespace linli::platform
