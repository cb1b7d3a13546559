#include "stb-app/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace linli::app {
namespace {

/// DIGITALEUROPE's minimum is 24 of 576 lines (45 of 1080); viewers of every age want larger (BBC R&D 2011);
/// extra large has a cap height of 0.7° at three metres (EN 301 549 §5.1.4).
double em_of(TextSize size) {
    switch (size) {
        case TextSize::Standard: return 48;
        case TextSize::Large: return 60;
        case TextSize::ExtraLarge: return 100;
    }
    return 60;
}

constexpr double kTitleRatio = 1.35;
constexpr Pixels kLargestSdHeight = 576;

}  // namespace

Theme::Theme(Size screen, TextSize text_size) : screen_(screen), text_size_(text_size), em_(em_of(text_size)) {}

Pixels Theme::scaled(double lines_1080) const {
    return static_cast<Pixels>(std::lround(lines_1080 * screen_.height / 1080.0));
}

Rect Theme::safe_area() const {
    Pixels side = is_sd() ? screen_.width / 10 : scaled(96);
    Pixels top = is_sd() ? screen_.height / 10 : scaled(54);
    return {side, top, screen_.width - 2 * side, screen_.height - 2 * top};
}

Pixels Theme::title() const {
    // Extra large text is large enough to be its own title; on SD a smaller one leaves room for the page.
    if (text_size_ != TextSize::ExtraLarge) return scaled(em_ * kTitleRatio);
    return is_sd() ? small() : body();
}
Pixels Theme::small() const { return scaled(std::max(kSmallestText, em_ / kTitleRatio)); }
Pixels Theme::chrome() const {
    return scaled(text_size_ == TextSize::ExtraLarge && !is_sd() ? 60 : kSmallestText);
}
Pixels Theme::button() const { return std::min(body(), scaled(74)); }
bool Theme::is_sd() const { return screen_.height <= kLargestSdHeight; }
Pixels Theme::number() const { return scaled(em_ * kTitleRatio * kTitleRatio); }
Pixels Theme::line_height(Pixels em) { return static_cast<Pixels>(std::ceil(em * 1.3)); }
Pixels Theme::reading_height(Pixels em) { return static_cast<Pixels>(std::ceil(em * 1.45)); }
Pixels Theme::focus_border() const { return std::max(2, scaled(5)); }

}  // namespace linli::app
