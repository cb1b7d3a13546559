#include "platform/publication/pinyin.h"

#include "platform/publication/pinyin_letters.h"

namespace linli::platform {

Pinyin::Pinyin() = default;
Pinyin::~Pinyin() = default;

std::string Pinyin::initials(std::string_view title) {
    if (!letters_) letters_ = std::make_unique<PinyinLetters>();
    std::string initials;
    text::append_initials(initials, title, *letters_);
    return initials;
}

}  // namespace linli::platform
