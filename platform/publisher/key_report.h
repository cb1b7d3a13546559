#pragma once

#include <string>
#include <vector>

#include "content/fault.h"
#include "platform/publication/delegations.h"
#include "platform/publication/key_ring.h"

namespace linli::platform {

/// A root in lines that a person can compare with what was agreed: version, times, keys, the keys
/// of the cities. Tells which of them are in `ring`.
std::vector<std::string> describe(const Root& root, const KeyRing& ring,
                                  const content::Translate& translate);

/// The same of a whole tree: its root, then each area below the cities that somebody may publish
/// for, and those whose head is not good for the keys that are named now.
std::vector<std::string> describe(const std::filesystem::path& tree, Delegations& delegations,
                                  const KeyRing& ring, const content::Translate& translate);

}  // namespace linli::platform
