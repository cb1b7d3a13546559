#include "content/search/key_digits.h"

#include "middleware/text/reading.h"

namespace linli::content::search {

std::string to_key_digits(std::string_view initials) {
    std::string digits(initials);
    for (char& c : digits) c = text::key_digit(c);
    return digits;
}

}  // namespace linli::content::search
