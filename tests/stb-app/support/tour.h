#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "tests/stb-app/support/sample_office.h"
#include "tests/stb-app/support/television.h"

namespace linli::tests {

/// Turns the pages of the open list until there is a row with these words, and chooses it by its
/// digit.
void choose(Television& tv, std::string_view words);

/// Calls `look` for the page that is shown and for each that PAGE_DOWN leads to.
void look_at_all_pages(Television& tv, const std::function<void()>& look);

/// Goes to every screen of the application, to each of its pages, and into every state it can be
/// in, and calls `look` with a name for the place.
void tour(Television& tv, const std::function<void(const std::string& place)>& look);

}  // namespace linli::tests
