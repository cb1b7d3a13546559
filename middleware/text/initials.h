#pragma once

#include <string>
#include <string_view>

namespace linli::text {

/// The initials of a title for the digit keys, from how Chinese is read: one lower-case letter or digit for each
/// character that has one (has_initial); "0" for what cannot be read. Reads as the publisher does, by a table that
/// was made from ICU's; rare ideographs (outside U+4E00 to U+9FFF) are not in it.
std::string initials(std::string_view title);

/// The same, appended as the digit keys that spell it.
void append_initial_digits(std::string& digits, std::string_view title);

}  // namespace linli::text
