#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"
#include "middleware/base/signature.h"
#include "platform/publication/delegations.h"
#include "platform/publication/key_ring.h"
#include "platform/publication/root.h"
#include "platform/publication/tree_lock.h"

namespace linli::platform {

struct KeyChange {
    /// The area above has no head: the first one that is published names the keys.
    bool is_waiting = false;
    /// Areas with a head that their new keys have not signed, because these are not at hand. Until
    /// such an area is published with its new keys, receivers take nothing new of it, and withdraw
    /// what only a key signed that is named no longer.
    std::vector<content::AreaCode> must_publish;
};

/// Changes who may publish in a tree. The keys of cities are in the root, those of other areas in
/// the head of the area above, which is signed again with the same content; where there is none
/// yet, the change waits for it in the tree (`Delegations`). Heads of the area itself that would be
/// good no longer are signed first, by the old keys and the new ones, so that there is no moment in
/// which a receiver would withdraw what is still right. An error leaves all as it was, or with a
/// first step done: doing it again completes it.
class KeyChanges {
  public:
    /// Locks the tree. `ring` must outlive this.
    static base::Result<KeyChanges> begin(const std::filesystem::path& tree, const KeyRing& ring,
                                          std::chrono::sys_seconds now);

    /// Names all keys of an area that is no city.
    base::Result<KeyChange> delegate(const content::AreaCode& area, const KeySet& keys);
    /// Puts a key in the place of another one.
    base::Result<KeyChange> rotate(const content::AreaCode& area, const base::PublicKey& old_key,
                                   const base::PublicKey& new_key);
    /// Names a key no longer. When it was the area's only one, nobody may publish for it any more.
    base::Result<KeyChange> revoke(const content::AreaCode& area, const base::PublicKey& key);
    /// Puts the next version of the root, or the first one, into its place: signed by itself and by
    /// the newest root.
    base::Result<KeyChange> install_root(std::string_view root_file);

  private:
    KeyChanges(std::filesystem::path tree, const KeyRing& ring, std::chrono::sys_seconds now,
               TreeLock lock)
        : tree_(std::move(tree)), ring_(ring), now_(now), lock_(std::move(lock)) {}

    base::Result<KeySet> present_keys(const content::AreaCode& area) const;
    /// No keys: nobody may publish for the area.
    base::Result<KeyChange> change(const content::AreaCode& area,
                                   const std::optional<KeySet>& keys);
    base::Result<void> hand_over(Delegations& delegations, const content::AreaCode& area,
                                 const std::optional<KeySet>& keys, KeyChange& report) const;
    base::Result<void> write_head_again(Head head, const KeySet& keys, const KeySet* also) const;

    std::filesystem::path tree_;
    const KeyRing& ring_;
    std::chrono::sys_seconds now_;
    TreeLock lock_;
};

}  // namespace linli::platform
