#pragma once

#include "stb-app/layout/pen.h"
#include "stb-app/pages/page.h"

namespace linli::app {

/// Places what is typed at the upper edge of `area`, at the right of it the digit keys with their letters: before
/// anything is typed, and then where they take at most a third of its height; a number has neither them nor letters. Returns the height. Where there is no
/// room for all that was typed the last of it is shown.
Pixels place_typed(Pen& pen, const TypedElement& typed, const Rect& area, bool has_focus);

}  // namespace linli::app
