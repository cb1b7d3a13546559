#pragma once

#include <string>
#include <vector>

#include "stb-app/navigation/screen.h"

namespace linli::app {

enum class Pages { One, Several };
/// The key legend of a list: moving, choosing, turning, the screen's own keys, Back and the text size.
std::vector<KeyHint> list_legend(const Context& context, Pages pages, const std::string& choose,
                                 std::vector<KeyHint> own = {});
/// The key legend of a page of text.
std::vector<KeyHint> text_legend(const Context& context, Pages pages, const std::string& ok);
/// The key that opens the search: the same one on Home and on every list of items.
KeyHint search_key(const Context& context);

}  // namespace linli::app
