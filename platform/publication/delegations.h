#pragma once

#include <filesystem>
#include <map>
#include <optional>

#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/publication/head.h"
#include "platform/publication/root.h"

namespace linli::platform {

/// Who may publish for which area, as the tree of a publication says: its newest root names the
/// keys of the cities, the head of each area those of the areas below it. A head is believed for
/// its signatures, as a receiver does; where the tree has none that is good,
/// TREE/.publisher/delegations says what the next one has to name (it keeps a copy of what was
/// named last). For publishers; reads each head once, when it is first asked for.
class Delegations {
  public:
    /// An error where the tree has no root that is good by itself.
    static base::Result<Delegations> open(const std::filesystem::path& tree);

    const Root& root() const { return root_; }
    /// Null where nobody is named. Holds until the next `keep`.
    const KeySet* keys_of(const content::AreaCode& area);
    /// What a head of this area has to name.
    const std::map<content::AreaCode, KeySet>& below(const content::AreaCode& area);
    /// The head that the tree has of an area, where it is good for the area's keys.
    std::optional<Head> head(const content::AreaCode& area, Part part);

    /// Notes what the heads of an area name from now on: for the area's next head, and for the case
    /// that its present one is lost. Writing the head is the caller's.
    base::Result<void> keep(const content::AreaCode& area,
                            const std::map<content::AreaCode, KeySet>& below);

  private:
    Delegations(std::filesystem::path tree, Root root)
        : tree_(std::move(tree)), root_(std::move(root)) {}
    std::filesystem::path file_of(const content::AreaCode& area) const;

    std::filesystem::path tree_;
    Root root_;
    std::map<content::AreaCode, std::map<content::AreaCode, KeySet>> below_;
};

/// The version of the newest root in a tree; nothing where there is none. Versions follow one
/// another without a gap.
std::optional<std::uint64_t> newest_root(const std::filesystem::path& tree);

}  // namespace linli::platform
