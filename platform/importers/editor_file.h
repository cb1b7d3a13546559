#pragma once

#include <span>
#include <string>

#include "content/model.h"

namespace linli::platform {

/// A document of the exchange interface with the items of an area, an element a line and indented,
/// as a person likes to read and correct it.
std::string write_editor_file(const content::AreaCode& area, std::span<const content::Item> items);

}  // namespace linli::platform
