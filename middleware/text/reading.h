#pragma once

#include <string>
#include <string_view>

namespace linli::text {

/// A Chinese character (an ideograph, 〇 included), a Latin letter (with or without a mark, also full-width) or a
/// decimal digit (also full-width). Everything else, white space and punctuation say, has no initial.
bool has_initial(char32_t character);

/// The digit key that spells an initial: 2 for a, b and c … 9 for w, x, y and z; others stand for themselves.
char key_digit(char initial);

/// Knows how single characters are read.
class LetterReader {
  public:
    virtual ~LetterReader() = default;
    /// A lower-case letter or a digit; '0' where nobody can read it.
    virtual char letter(char32_t character) = 0;
};

/// Appends one letter or digit for each character of a title that has an initial. Characters that are read in several
/// ways are read as in the longest word of ours that they stand in (pinyin_words.cpp), else as the reader says.
void append_initials(std::string& initials, std::string_view title, LetterReader& reader);

}  // namespace linli::text
