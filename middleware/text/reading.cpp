#include "middleware/text/reading.h"

#include <algorithm>
#include <optional>
#include <span>

#include "middleware/text/pinyin_words.h"
#include "middleware/text/utf8.h"

namespace linli::text {
namespace {

/// Of Chinese characters.
constexpr std::size_t kMostGivenName = 2;

/// How many bytes of a text a word is, and how it is read.
struct Match {
    std::size_t length;
    std::string_view initials;
};

bool is_ideograph(char32_t c) { return c > 0x3000 && c < 0xFF00 && has_initial(c); }

/// The longest word of ours at the beginning of a text.
std::optional<Match> find_word(std::string_view text) {
    std::string_view rest = text;
    take_character(rest);
    std::string_view first = text.substr(0, text.size() - rest.size());
    auto begin_of = [&](const PinyinWord& word) { return word.word.substr(0, first.size()); };
    std::optional<Match> longest;
    for (const PinyinWord& word : std::ranges::equal_range(pinyin_words(), first, {}, begin_of))
        if (text.starts_with(word.word) && (!longest || word.word.size() > longest->length))
            longest = Match{word.word.size(), word.initials};
    return longest;
}

/// Whether a text begins with what follows a name, after a given name of up to two characters.
bool ends_name(std::string_view text) {
    for (std::size_t given = 0; given <= kMostGivenName; ++given) {
        auto begins = [&](std::string_view word) { return text.starts_with(word); };
        if (std::ranges::any_of(words_after_names(), begins)) return true;
        if (text.empty() || !is_ideograph(take_character(text))) return false;
    }
    return false;
}

std::optional<Match> find_surname(std::string_view text) {
    for (const PinyinSurname& name : pinyin_surnames()) {
        if (text.starts_with(name.surname) && ends_name(text.substr(name.surname.size())))
            return Match{name.surname.size(), name.initials};
    }
    return std::nullopt;
}

}  // namespace

bool has_initial(char32_t c) {
    auto is_in = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    bool is_digit = is_in('0', '9') || is_in(0xFF10, 0xFF19);
    bool is_letter = is_in('A', 'Z') || is_in('a', 'z') || is_in(0xFF21, 0xFF3A) || is_in(0xFF41, 0xFF5A) ||
                     (is_in(0x00C0, 0x024F) && c != 0x00D7 && c != 0x00F7);
    bool is_ideograph = is_in(0x3400, 0x4DBF) || is_in(0x4E00, 0x9FFF) || is_in(0xF900, 0xFAFF) ||
                        is_in(0x20000, 0x3FFFF) || c == 0x3007;
    return is_digit || is_letter || is_ideograph;
}

char key_digit(char initial) {
    //                               abcdefghijklmnopqrstuvwxyz
    constexpr std::string_view kKeys("22233344455566677778889999");
    return initial >= 'a' && initial <= 'z' ? kKeys[static_cast<std::size_t>(initial - 'a')] : initial;
}

void append_initials(std::string& initials, std::string_view title, LetterReader& reader) {
    bool may_begin_name = true;
    while (!title.empty()) {
        bool is_ascii = static_cast<unsigned char>(title.front()) < 0x80;
        auto word = is_ascii ? std::nullopt : find_word(title);
        if (!is_ascii && !word && may_begin_name) word = find_surname(title);
        if (word) {
            initials += word->initials;
            title.remove_prefix(word->length);
            may_begin_name = false;
            continue;
        }
        char32_t character = take_character(title);
        may_begin_name = !is_ideograph(character);
        if (has_initial(character)) initials += reader.letter(character);
    }
}

}  // namespace linli::text
