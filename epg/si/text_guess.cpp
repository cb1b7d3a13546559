// What head-ends really send (tests/epg/si/text_guess_test.cpp):
//   - GBK without any mark, all over China (UnmarkedGbkIsChinese);
//   - UTF-8 without a mark (UnmarkedUtf8IsRecognised);
//   - French and German without a mark, which is right, and whose accents must not become Chinese
//     (EuropeanTextsStayEuropean);
//   - texts cut to a length in the middle of a character (ACutCharacterChangesNoGuess).
#include "epg/si/text_guess.h"

#include <algorithm>

namespace linli::epg {
namespace {

bool is_usual(unsigned first, unsigned second) {
    return second >= 0xA1 && ((first >= 0xA1 && first <= 0xA3) || (first >= 0xB0 && first <= 0xD7));
}

/// How long the UTF-8 character is that begins here; 0: none. `is_cut` where the text ends in it.
std::size_t utf8_length(Bytes rest, bool& is_cut) {
    std::uint8_t lead = rest[0];
    std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (i == rest.size()) {
            is_cut = true;
            return i;
        }
        if ((rest[i] & 0xC0) != 0x80) return 0;
    }
    if (length >= 3) {
        std::uint8_t second = rest[1];
        if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0)) return 0;
        if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second >= 0x90)) return 0;
    }
    return length;
}

/// How many bytes past 0x7F follow each other at most: one for letters with accents and single signs.
std::size_t longest_high_run(Bytes text) {
    std::size_t longest = 0, run = 0;
    for (std::uint8_t byte : text) {
        run = byte >= 0x80 ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

bool has_ascii_letter(Bytes text) {
    return std::ranges::any_of(text, [](std::uint8_t byte) { return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'; });
}

}  // namespace

ChinesePairs count_chinese_pairs(Bytes text) {
    ChinesePairs count;
    for (std::size_t i = 0; i < text.size();) {
        unsigned first = text[i];
        if (first <= 0x80) {
            ++i;
            continue;
        }
        if (i + 1 == text.size()) break;
        unsigned second = text[i + 1];
        if (first == 0xFF || second < 0x40 || second == 0x7F || second == 0xFF) {
            bool is_four = i + 3 < text.size() && second >= 0x30 && second <= 0x39 && text[i + 2] > 0x80 &&
                           text[i + 3] >= 0x30 && text[i + 3] <= 0x39;
            count.bad += !is_four;
            count.pairs += is_four;
            i += is_four ? 4 : 1;
            continue;
        }
        ++count.pairs;
        count.usual += is_usual(first, second);
        count.in_rows += first >= 0xA1 && second >= 0xA1;
        i += 2;
    }
    return count;
}

Utf8Look look_as_utf8(Bytes text) {
    Utf8Look look = Utf8Look::Ascii;
    for (std::size_t i = 0; i < text.size();) {
        bool is_cut = false;
        std::size_t length = utf8_length(text.subspan(i), is_cut);
        if (length == 0) return Utf8Look::Not;
        if (is_cut) break;
        if (length > 2) look = Utf8Look::Plain;
        if (length == 2 && look == Utf8Look::Ascii) look = Utf8Look::TwoByteOnly;
        i += length;
    }
    return look;
}

Encoding guess_encoding(Bytes text) {
    Utf8Look utf8 = look_as_utf8(text);
    if (utf8 == Utf8Look::Ascii) return Encoding::Iso6937;
    if (utf8 == Utf8Look::Plain) return Encoding::Utf8;
    ChinesePairs chinese = count_chinese_pairs(text);
    std::size_t run = longest_high_run(text);
    // Two-byte UTF-8 is Latin or Cyrillic; a few words of GBK look just so.
    if (utf8 == Utf8Look::TwoByteOnly) {
        bool is_chinese = run > 2 && chinese.bad == 0 && chinese.usual == chinese.pairs;
        return is_chinese ? Encoding::Gb18030 : Encoding::Utf8;
    }
    if (run < 2) return Encoding::Iso6937;
    return chinese.look_chinese() ? Encoding::Gb18030 : Encoding::Iso6937;
}

bool is_chinese_under_latin_mark(Bytes text) {
    ChinesePairs chinese = count_chinese_pairs(text);
    bool has_rows_only = chinese.in_rows == chinese.pairs && chinese.bad == 0;
    // The longest that a Latin word has are four ("żółć").
    bool is_long = longest_high_run(text) >= 6 || (chinese.pairs >= 2 && !has_ascii_letter(text));
    return has_rows_only && is_long && chinese.look_chinese();
}

Encoding guess_big5(Bytes text) {
    std::size_t chinese_units = 0, pairs = 0;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        chinese_units += text[i] == 0 || text[i] == 0x30 || text[i] == 0xFF || (text[i] >= 0x4E && text[i] <= 0x9F);
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] < 0xA1 || text[i] > 0xF9) continue;
        ++pairs;
        ++i;
    }
    bool is_ucs2 = could_be_ucs2(text) && chinese_units * 2 * 5 >= text.size() * 4 && chinese_units > pairs;
    return is_ucs2 ? Encoding::Ucs2 : Encoding::Big5;
}

bool could_be_ucs2(Bytes text) {
    if (text.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        if ((text[i] & 0xF8) != 0xD8) continue;
        bool is_pair = (text[i] & 0xFC) == 0xD8 && i + 2 < text.size() && (text[i + 2] & 0xFC) == 0xDC;
        if (!is_pair) return false;
        i += 2;
    }
    return true;
}

}  // namespace linli::epg
