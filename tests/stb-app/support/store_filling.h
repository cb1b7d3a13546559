#pragma once

#include <vector>

#include "content/content_store.h"
#include "content/model.h"

namespace linli::tests {

/// Replaces the content of an area by these items, by way of the exchange interface, as a sync
/// would.
void fill_area(content::ContentStore& store, const content::AreaCode& area,
               const std::vector<content::Item>& items);

}  // namespace linli::tests
