#include "content/search/key_digits.h"

namespace linli::content::search {

std::string to_key_digits(std::string_view initials) {
    //                               abcdefghijklmnopqrstuvwxyz
    constexpr std::string_view kKeys("22233344455566677778889999");
    std::string digits(initials);
    for (char& c : digits)
        if (c >= 'a' && c <= 'z') c = kKeys[static_cast<std::size_t>(c - 'a')];
    return digits;
}

}  // namespace linli::content::search
