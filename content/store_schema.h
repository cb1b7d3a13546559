#pragma once

#include <cstdint>
#include <vector>

#include "middleware/storage/migration.h"

namespace linli::content {

/// The version of the content store's schema that this program reads and writes. docs/store.md tells them all.
inline constexpr std::int64_t kStoreVersion = 2;

/// How a content store of each older version, and an empty file, becomes one of `kStoreVersion`.
std::vector<storage::Migration> store_migrations();

}  // namespace linli::content
