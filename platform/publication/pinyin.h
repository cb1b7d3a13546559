#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace linli::platform {

class PinyinLetters;

/// Makes the initials by which titles are found (content/initials.h) from how Chinese is read. Characters that are read
/// in several ways are read as in the longest word of ours that they stand in (surnames, places, common words:
/// middleware/text/pinyin_words.cpp), else in the most frequent way, which ICU knows. Costs nothing before its first use, and about a
/// millisecond then. One thread at a time.
class Pinyin {
  public:
    Pinyin();
    ~Pinyin();

    /// One lower-case letter or digit for each character of a title that has one. What nobody can read is "0".
    std::string initials(std::string_view title);

  private:
    std::unique_ptr<PinyinLetters> letters_;
};

}  // namespace linli::platform
