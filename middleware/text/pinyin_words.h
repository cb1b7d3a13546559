#pragma once

#include <span>
#include <string_view>

namespace linli::text {

/// A word with a character that ICU would read otherwise, and the initials of how it is read.
struct PinyinWord {
    std::string_view word;
    std::string_view initials;
};

/// In the order of their bytes; none twice.
std::span<const PinyinWord> pinyin_words();

/// Characters that are read otherwise when they are someone's surname: where a title, or what is between punctuation in
/// it, begins with a name that one of the words that follow names comes after ("单医生", "查小明女士").
struct PinyinSurname {
    std::string_view surname;
    std::string_view initials;
};
std::span<const PinyinSurname> pinyin_surnames();

/// What follows a surname or a full name: titles and forms of address.
std::span<const std::string_view> words_after_names();

}  // namespace linli::text
