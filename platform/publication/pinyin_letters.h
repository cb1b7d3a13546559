#pragma once

#include <memory>

#include "middleware/text/reading.h"

namespace linli::platform {

/// Reads single characters as ICU does: the letter under which a list in the order of pinyin has them. Takes about a
/// millisecond to make. One thread at a time.
class PinyinLetters final : public text::LetterReader {
  public:
    PinyinLetters();
    ~PinyinLetters() override;
    char letter(char32_t character) override;

  private:
    struct Icu;
    std::unique_ptr<Icu> icu_;
};

}  // namespace linli::platform
