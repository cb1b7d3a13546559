#pragma once

#include <string_view>

#include "middleware/text/typesetter.h"
#include "stb-app/layout/frame.h"
#include "stb-app/theme/theme.h"

namespace linli::app {

/// Sets text and cards into a frame, or, without one, only measures them.
class Pen {
  public:
    Pen(const Theme& theme, text::Typesetter& typesetter, Frame* frame)
        : theme_(theme), typesetter_(typesetter), frame_(frame) {}

    const Theme& theme() const { return theme_; }
    text::Typesetter& typesetter() { return typesetter_; }

    enum class Align { Left, Center, Right };

    /// Text in lines of `line_height` from (x, y) down, as wide as `width`. Returns the height it takes.
    Pixels text(std::string_view text, text::FontSpec font, Color color, Rect area, Pixels line_height,
                Align align = Align::Left);
    Pixels text_height(std::string_view text, text::FontSpec font, Pixels width, Pixels line_height);
    Pixels text_width(std::string_view text, text::FontSpec font);
    /// One symbol in the middle of an area, `em` large.
    void symbol(std::string_view name, Pixels em, Color color, const Rect& area);
    void card(const Rect& area, Pixels radius, Color color);
    /// A card that can have the focus: with it, larger, in the accent, with a light border.
    void focusable_card(const Rect& area, bool has_focus);
    void add(Shape shape);

  private:
    const Theme& theme_;
    text::Typesetter& typesetter_;
    Frame* frame_;
};

/// The colours of what stands on a focusable card.
inline Color text_color(bool has_focus) { return has_focus ? colors::kTextOnFocus : colors::kText; }
inline Color muted_color(bool has_focus) { return has_focus ? colors::kMutedOnFocus : colors::kMuted; }

}  // namespace linli::app
