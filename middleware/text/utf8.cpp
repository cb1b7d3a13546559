#include "middleware/text/utf8.h"

namespace linli::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

char32_t take_character(std::string_view& rest) {
    auto first = static_cast<unsigned char>(rest.front());
    std::size_t size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (size == 1) {
        rest.remove_prefix(1);
        return first;
    }
    if (size == 0 || rest.size() < size) {
        rest.remove_prefix(1);
        return kReplacement;
    }
    char32_t value = first & (0x7F >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if (!is_continuation(rest[i])) {
            rest.remove_prefix(1);
            return kReplacement;
        }
        value = (value << 6) | (static_cast<unsigned char>(rest[i]) & 0x3F);
    }
    rest.remove_prefix(size);
    bool is_overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    return is_overlong || is_surrogate || value > 0x10FFFF ? kReplacement : value;
}

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) take_character(text);
    return count;
}

bool is_han(char32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
           (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

}  // namespace linli::text
