#pragma once

#include <string>
#include <vector>

#include "stb-app/navigation/screen.h"

namespace linli::app {

/// The key legend of a list: moving, choosing, turning, the screen's own keys, Back and the text size.
std::vector<KeyHint> list_legend(const Context& context, const std::string& choose, std::vector<KeyHint> own = {});
/// The key legend of a page of text.
std::vector<KeyHint> text_legend(const Context& context, const std::string& ok, bool has_pages);

}  // namespace linli::app
