#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/publication/delegations.h"
#include "platform/publication/head.h"
#include "platform/publication/key_ring.h"

namespace linli::platform {

struct PublishOptions {
    std::chrono::sys_seconds now{};
    /// How long boxes take a head for good.
    std::chrono::days lifetime{30};
    /// A box asks no more often than this: for what an area publishes, and for its urgent notices.
    std::chrono::seconds poll{300};
    std::chrono::seconds alerts_poll{30};
    /// For how many earlier contents of an area there is a delta.
    int deltas = 16;
};

enum class PublishOutcome {
    Unchanged,  ///< no byte of the tree was touched
    Renewed,    ///< the same content with a new head, because of its age, its keys or its settings
    Changed,
    NoKey,  ///< left as it was: the keys that have to sign its head are not at hand
};

/// Writes the files of a publication, each by rename, so that who reads meanwhile, or after a crash, finds the old
/// state or the new one. The caller holds the TreeLock and writes heads last.
class TreeWriter {
  public:
    /// All but the path are borrowed.
    TreeWriter(std::filesystem::path tree, Delegations& delegations, const KeyRing& keys, const PublishOptions& options)
        : tree_(std::move(tree)), delegations_(delegations), keys_(keys), options_(options) {}

    /// Whether a file that is named by its hash is there; a shorter one is not.
    bool has(const std::string& path, std::uint64_t length) const;
    /// Writes such a file unless it is there.
    base::Result<void> put(const std::string& path, std::string_view bytes) const;

    bool can_sign(const content::AreaCode& area) const;
    /// The head that the tree has, where it is good for the area's keys.
    std::optional<Head> head(const content::AreaCode& area, Part part) const { return delegations_.head(area, part); }
    /// Whether there is one, good or not.
    bool has_head(const content::AreaCode& area, Part part) const;
    /// Completes a head (sequence, times, root, keys of the areas below) and writes it where it says anything new.
    base::Result<PublishOutcome> put_head(Head head) const;

  private:
    std::filesystem::path tree_;
    Delegations& delegations_;
    const KeyRing& keys_;
    const PublishOptions& options_;
};

}  // namespace linli::platform
