#pragma once

#include "middleware/base/result.h"
#include "middleware/storage/database.h"

namespace linli::content::search {

/// Where updates have left many small segments, joins the newest of a part of an area into one, so that a search looks
/// at few places; what they say of items that are gone is left out. A transaction for each part of an area; nothing is
/// written where there is nothing to join. Memory does not grow with the segments' length.
base::Result<void> merge_segments(storage::Database& database);

}  // namespace linli::content::search
