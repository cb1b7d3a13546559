#include "content/initials.h"

#include "middleware/text/utf8.h"

namespace linli::content {

bool has_initial(char32_t c) {
    auto is_in = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    bool is_digit = is_in('0', '9') || is_in(0xFF10, 0xFF19);
    bool is_letter = is_in('A', 'Z') || is_in('a', 'z') || is_in(0xFF21, 0xFF3A) || is_in(0xFF41, 0xFF5A) ||
                     (is_in(0x00C0, 0x024F) && c != 0x00D7 && c != 0x00F7);
    bool is_ideograph = is_in(0x3400, 0x4DBF) || is_in(0x4E00, 0x9FFF) || is_in(0xF900, 0xFAFF) ||
                        is_in(0x20000, 0x3FFFF) || c == 0x3007;
    return is_digit || is_letter || is_ideograph;
}

std::size_t count_initials(std::string_view title) {
    std::size_t count = 0;
    while (!title.empty()) count += has_initial(text::take_character(title)) ? 1 : 0;
    return count;
}

}  // namespace linli::content
