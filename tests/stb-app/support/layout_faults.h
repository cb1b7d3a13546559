#pragma once

#include <string>

#include "middleware/text/typesetter.h"
#include "stb-app/layout/frame.h"
#include "stb-app/pages/page.h"
#include "stb-app/theme/theme.h"

namespace linli::tests {

/// Where the ink of a text shape can be: as wide as it is set, from 0.88 em above the baseline to
/// 0.12 em below.
graphics::Rect ink_area(const app::Shape& text, text::Typesetter& typesetter);

/// What is wrong with a page as it was laid out, a line each: text outside the safe area or the
/// screen, text over text, elements over elements, thin lines, a page that ends with a heading.
/// Empty where all is well.
std::string layout_faults(const app::Page& page, const app::Frame& frame, const app::Theme& theme);

}  // namespace linli::tests
