#pragma once

#include <string_view>

namespace linli::text {

/// Letters of one range of characters, from `first` on, one a character.
struct InitialsRange {
    char32_t first;
    std::string_view letters;
};

/// U+00C0 to U+024F: Latin letters with marks. Made by linli-make-initials when this is built.
extern const InitialsRange kLatinInitials;
/// U+4E00 to U+9FFF: the common ideographs, each as it is most often read.
extern const InitialsRange kHanInitials;

}  // namespace linli::text
