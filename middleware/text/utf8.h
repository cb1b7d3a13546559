#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace linli::text {

/// Takes the first character off `rest`. A byte that is not UTF-8 is taken alone and read as U+FFFD.
char32_t take_character(std::string_view& rest);

void append_utf8(std::string& out, char32_t character);

/// How many characters (code points) a text has.
std::size_t count_characters(std::string_view text);

/// Written in Chinese: ideographs of every plane, and full-width punctuation.
bool is_han(char32_t character);

}  // namespace linli::text
