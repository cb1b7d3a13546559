#pragma once

#include <cstddef>
#include <string_view>

/// `Item::initials` and its title run beside each other: one character of the initials for each of these of the title.
namespace linli::content {

/// A Chinese character (an ideograph, 〇 included), a Latin letter (with or without a mark, also full-width) or a
/// decimal digit (also full-width). Everything else, white space and punctuation say, has no initial.
bool has_initial(char32_t character);

/// How many initials a title has.
std::size_t count_initials(std::string_view title);

}  // namespace linli::content
