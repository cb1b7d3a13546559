#pragma once

#include <string>
#include <string_view>

namespace linli::content::search {

/// The digit keys that spell initials: 2 for a, b and c … 9 for w, x, y and z; digits for themselves.
std::string to_key_digits(std::string_view initials);

}  // namespace linli::content::search
