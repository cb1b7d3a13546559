#pragma once

#include "middleware/graphics/geometry.h"
#include "middleware/text/font.h"

namespace linli::app {

using graphics::Color;
using graphics::Pixels;
using graphics::Rect;
using graphics::Size;

/// The viewer's choice.
enum class TextSize { Standard, Large, ExtraLarge };
inline constexpr int kTextSizeCount = 3;

/// Colours. Contrasts are asserted in tests/stb-app/theme: body text at least 7:1, everything at least 4.5:1,
/// focused against not focused at least 3:1 (WCAG 2.2 §1.4.3, §1.4.6, §1.4.11).
namespace colors {
inline constexpr Color kGroundTop = graphics::rgb(0x10303A);
inline constexpr Color kGroundBottom = graphics::rgb(0x0A2028);
inline constexpr Color kCard = graphics::rgb(0x163E47);
inline constexpr Color kText = graphics::rgb(0xF3EFE4);
inline constexpr Color kMuted = graphics::rgb(0xBFD3D2);
/// The one accent, for focus alone.
inline constexpr Color kFocus = graphics::rgb(0xFFC24B);
inline constexpr Color kFocusBorder = graphics::rgb(0xFFF1CC);
inline constexpr Color kTextOnFocus = graphics::rgb(0x231A06);
inline constexpr Color kMutedOnFocus = graphics::rgb(0x4A3A12);
inline constexpr Color kUrgent = graphics::rgb(0xB3261E);
inline constexpr Color kImportant = graphics::rgb(0x8A4B00);
inline constexpr Color kRule = graphics::rgb(0x2F5A63);
inline constexpr Color kScreen = graphics::rgb(0x05090B);
/// The coloured keys of the remote.
inline constexpr Color kKeyRed = graphics::rgb(0xE5484D);
inline constexpr Color kKeyGreen = graphics::rgb(0x3FA34D);
inline constexpr Color kKeyYellow = graphics::rgb(0xF2C230);
inline constexpr Color kKeyBlue = graphics::rgb(0x4A8FE7);
/// Eight hues of equal lightness (OKLCH L 0.80, C 0.11), for symbols only.
inline constexpr int kHueCount = 8;
inline constexpr Color kHues[kHueCount] = {
    graphics::rgb(0xF2AD73), graphics::rgb(0x59D4CD), graphics::rgb(0xCEC068), graphics::rgb(0x71C9FA),
    graphics::rgb(0x90D192), graphics::rgb(0xFDA1A0), graphics::rgb(0xB6B4FF), graphics::rgb(0xEAA3DA),
};
}  // namespace colors

/// Every length of the interface for one output size and one text size. Named lengths are for 1080 lines and
/// are scaled by height.
class Theme {
  public:
    Theme(Size screen, TextSize text_size);

    Size screen() const { return screen_; }
    TextSize text_size() const { return text_size_; }
    /// A length of the 1080-line design on this output.
    Pixels scaled(double lines_1080) const;
    bool is_sd() const;

    /// What text and controls stay inside of: 96 × 54 of 1920 × 1080, a tenth each side on SD (EBU R 95).
    Rect safe_area() const;

    // Sizes in em.
    Pixels body() const { return scaled(em_); }
    Pixels title() const;    ///< body × 1.35; at extra large, body, and less on SD
    Pixels small() const;    ///< body ÷ 1.35, never below the smallest text
    Pixels chrome() const;   ///< status line and key legend
    Pixels button() const;
    Pixels number() const;   ///< a telephone number, the largest thing on its page
    /// 1.3 × the em, rounded up: the least distance of two lines.
    static Pixels line_height(Pixels em);
    /// 1.45 × the em: the distance of lines in running text.
    static Pixels reading_height(Pixels em);

    Pixels unit() const { return scaled(12); }         ///< 8 px at 720 lines
    Pixels radius() const { return scaled(18); }
    Pixels focus_border() const;                       ///< at least 4 px at 1080 lines, never below 2 px
    Pixels focus_growth() const { return scaled(6); }  ///< how much larger the focused element is, each side

    text::FontSpec font(Pixels em, text::Face face = text::Face::Regular) const { return {face, em}; }

    /// The smallest text anywhere, in lines of 1080. Source: DIGITALEUROPE, 24 of 576 lines.
    static constexpr double kSmallestText = 45;
    /// The share of the screen that the live window covers at least. Source: NRTA 2023.
    static constexpr double kLiveShare = 0.40;

  private:
    Size screen_;
    TextSize text_size_;
    double em_;
};

}  // namespace linli::app
