#pragma once

#include <string>
#include <vector>

#include "stb-app/navigation/screen.h"

namespace linli::app {

enum class Pages { One, Several };
/// The key legend of a list: moving, choosing, turning, the screen's own keys, Back and the text size.
std::vector<KeyHint> list_legend(const Context& context, Pages pages, const std::string& choose,
                                 std::vector<KeyHint> own = {});
enum class Buttons { One, Several };
/// The key legend of a page of text. How to choose among buttons is said where there are no pages to turn: there is room
/// for one of the two.
std::vector<KeyHint> text_legend(const Context& context, Pages pages, const std::string& ok, Buttons buttons = Buttons::One);
/// The key that opens the search: the same one on Home and on every list of items.
KeyHint search_key(const Context& context);

}  // namespace linli::app
