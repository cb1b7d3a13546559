#include "content/initials.h"

#include "middleware/text/reading.h"
#include "middleware/text/utf8.h"

namespace linli::content {

bool has_initial(char32_t character) { return text::has_initial(character); }

std::size_t count_initials(std::string_view title) {
    std::size_t count = 0;
    while (!title.empty()) count += has_initial(text::take_character(title)) ? 1 : 0;
    return count;
}

}  // namespace linli::content
