#pragma once

#include <string>
#include <string_view>

/// Texts as they are compared in a search: one 16-bit unit a character, and `kBreak` where a word cannot go on.
namespace linli::content::search {

/// Between two runs of characters, for white space, punctuation and tags; also after the last character of a text.
inline constexpr char16_t kBreak = 0;

/// Appends the units of a text, and a break. Full-width forms become half-width ones, Latin letters small. Characters
/// beyond the Basic Multilingual Plane share the 6,400 units of its private range: two of them may be taken for equal.
void fold_text(std::string_view utf8, std::u16string& units);

/// Whether the first `title` or `name` of an item, which is its title, is passed over.
enum class Title { With, Without };

/// The same for all that stands between the tags of an item's XML. A line break between two Chinese characters is
/// nothing, as in what is shown.
void fold_item(std::string_view xml, Title title, std::u16string& units);

}  // namespace linli::content::search
