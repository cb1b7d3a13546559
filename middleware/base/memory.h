#pragma once

#include <span>
#include <string>

namespace linli::base {

/// Gives memory back to the system while nothing happens: what the allocator keeps for later, and the pages of files
/// that are only read through a mapping (fonts: their glyphs have been drawn and are kept by then). They are read
/// again when they are needed. Takes a few milliseconds.
void give_back_memory(std::span<const std::string> mapped_files);

}  // namespace linli::base
