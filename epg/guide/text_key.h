#pragma once

#include <cstdint>
#include <string_view>

namespace linli::epg {

/// A number for a text, the same for the same text on the same machine; never 0 for one that is not empty. Good enough
/// to find a description again, and to see that a file is not what was written; no protection against an opponent.
std::uint64_t text_key(std::string_view text);

}  // namespace linli::epg
