#include "middleware/text/initials.h"

#include "middleware/text/initials_table.h"
#include "middleware/text/reading.h"

namespace linli::text {
namespace {

constexpr char kUnread = '0';

class TableReader final : public LetterReader {
  public:
    char letter(char32_t c) override {
        constexpr char32_t kFullWidth = 0xFF01 - '!';
        if (c >= 0xFF01 && c <= 0xFF5E) c -= kFullWidth;
        if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
        if (c < 0x80) return static_cast<char>(c);
        if (c == 0x3007) return 'l';  // 〇, líng
        for (const InitialsRange* range : {&kHanInitials, &kLatinInitials})
            if (c >= range->first && c - range->first < range->letters.size()) return range->letters[c - range->first];
        return kUnread;
    }
};

}  // namespace

std::string initials(std::string_view title) {
    std::string letters;
    TableReader reader;
    append_initials(letters, title, reader);
    return letters;
}

void append_initial_digits(std::string& digits, std::string_view title) {
    std::size_t begin = digits.size();
    TableReader reader;
    append_initials(digits, title, reader);
    for (std::size_t i = begin; i < digits.size(); ++i) digits[i] = key_digit(digits[i]);
}

}  // namespace linli::text
