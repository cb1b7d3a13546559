#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "middleware/base/result.h"
#include "platform/publication/head.h"
#include "platform/publication/root.h"

namespace linli::platform {

/// A head of this area and part that is good for these keys.
base::Result<Head> verify_head(std::string_view head_file, const KeySet& keys,
                               const content::AreaCode& area, Part part);

/// Who may publish for which area: begins at the provisioned root and grows with each head that was
/// verified from the city down. Holds no file and asks nobody; sync and the publisher's tools share
/// it. Model: the client workflow of The Update Framework's specification (§5), with delegations
/// along the tree of areas.
class TrustChain {
  public:
    /// A root that was provisioned: it is checked against its own keys only.
    static base::Result<TrustChain> start(std::string_view root_file);

    const Root& root() const { return root_; }
    /// Takes the next version of the root: signed by the present one and by itself, and exactly one
    /// higher. What was learned from heads is forgotten, since it may hang on keys that are named
    /// no longer.
    base::Result<void> follow(std::string_view root_file);

    /// The keys of an area, from the root or from the head above it. Null where nobody named any.
    const KeySet* keys_of(const content::AreaCode& area) const;
    /// A head of this area and part that is good for the area's keys. Looks at nothing that changes
    /// with time: sequence and expiry are the caller's.
    base::Result<Head> verify(std::string_view head_file, const content::AreaCode& area,
                              Part part) const;
    /// From now on the areas below have the keys that this verified head names, and no others.
    void take_delegations(const Head& head);

    /// The latest time that a good root or head was published at: no earlier can it be now.
    std::chrono::sys_seconds latest_time() const { return latest_time_; }
    void note_time(std::chrono::sys_seconds published);

  private:
    explicit TrustChain(Root root);
    Root root_;
    std::map<content::AreaCode, KeySet> delegated_;
    std::chrono::sys_seconds latest_time_{};
};

}  // namespace linli::platform
