#include "stb-app/layout/typed_field.h"

#include <algorithm>
#include <array>

namespace linli::app {
namespace {

/// The letters on the digit keys. Source: ITU-T E.161 §3.2.
constexpr std::array<std::string_view, 10> kLetters{"", "", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"};
constexpr std::string_view kWidestLetters = "wxyz";
/// As many digits as this are seen at least, without their letters where these are too wide.
constexpr Pixels kLeastCells = 6;

class TypedField {
  public:
    TypedField(Pen& pen, const TypedElement& typed, const Rect& area, bool has_focus)
        : pen_(pen),
          theme_(pen.theme()),
          typed_(typed),
          area_(area),
          has_focus_(has_focus),
          letters_(theme_.font(theme_.chrome())) {}

    Pixels place() {
        Pixels keypad_height = 3 * keypad_line() + 2 * theme_.unit();
        bool has_keypad = !is_number() && (typed_.digits.empty() || keypad_height * 3 <= area_.height);
        Pixels keypad = has_keypad ? keypad_width() + theme_.unit() : 0;
        Pixels height = std::max(has_keypad ? keypad_height : 0, cells_height(!is_number()) + theme_.unit());
        Rect field{area_.x, area_.y, area_.width - keypad, height};
        pen_.focusable_card(field, has_focus_);
        place_cells(field.inset(theme_.unit()));
        if (has_keypad) place_keypad({field.right() + theme_.unit(), area_.y, keypad_width(), height});
        return height;
    }

  private:
    bool is_number() const { return typed_.use == TypedElement::Use::Number; }
    text::FontSpec digit_font() const { return theme_.font(theme_.body(), text::Face::Bold); }
    Pixels keypad_line() const { return Theme::line_height(theme_.chrome()); }

    // --- what was typed ---

    Pixels cells_height(bool has_letters) const {
        return Theme::line_height(theme_.body()) + (has_letters ? Theme::line_height(theme_.chrome()) : 0);
    }

    void place_cells(const Rect& area) {
        Pixels with_letters = pen_.text_width(kWidestLetters, letters_) + 2 * theme_.unit();
        bool has_letters = !is_number() && area.width / with_letters >= kLeastCells;
        Pixels width = has_letters ? with_letters : theme_.body() * 3 / 4 + theme_.unit() / 2;
        auto room = static_cast<std::size_t>(std::max<Pixels>(1, area.width / width - 1));  // one is for what comes next
        std::string_view shown = typed_.digits;
        if (shown.size() > room) shown.remove_prefix(shown.size() - room);
        Pixels top = area.y + (area.height - cells_height(has_letters)) / 2;
        Pixels x = area.x;
        for (char digit : shown) {
            Rect cell{x, top, width, 0};
            cell.y += pen_.text(std::string_view(&digit, 1), digit_font(), text_color(has_focus_), cell,
                                Theme::line_height(theme_.body()), Pen::Align::Center);
            auto key = static_cast<std::size_t>(digit - '0');
            if (has_letters && !kLetters[key].empty())
                pen_.text(kLetters[key], letters_, has_focus_ ? colors::kMutedOnFocus : colors::kHues[1], cell, keypad_line(),
                          Pen::Align::Center);
            x += width;
        }
        Pixels line = Theme::line_height(theme_.body());
        Pixels thickness = theme_.focus_border();
        pen_.card({x + theme_.unit() / 2, top + line - thickness, width - theme_.unit(), thickness}, 0,
                  muted_color(has_focus_));
    }

    // --- the keys ---

    Pixels digit_width() { return pen_.text_width("8", theme_.font(theme_.chrome(), text::Face::Bold)); }
    Pixels key_width() { return digit_width() + theme_.unit() / 2 + pen_.text_width(kWidestLetters, letters_); }
    Pixels keypad_width() { return 3 * key_width() + 4 * theme_.unit(); }

    void place_keypad(const Rect& area) {
        pen_.card(area, theme_.radius(), colors::kCard);
        Pixels top = area.y + (area.height - 3 * keypad_line()) / 2;
        for (std::size_t key = 2; key < kLetters.size(); ++key) {
            auto column = static_cast<Pixels>((key - 1) % 3), row = static_cast<Pixels>((key - 1) / 3);
            Rect cell{area.x + theme_.unit() + column * (key_width() + theme_.unit()), top + row * keypad_line(), key_width(), 0};
            pen_.text(std::to_string(key), theme_.font(theme_.chrome(), text::Face::Bold), colors::kText, cell, keypad_line());
            cell.x += digit_width() + theme_.unit() / 2;
            pen_.text(kLetters[key], letters_, colors::kHues[1], cell, keypad_line());
        }
    }

    Pen& pen_;
    const Theme& theme_;
    const TypedElement& typed_;
    Rect area_;
    bool has_focus_;
    text::FontSpec letters_;
};

}  // namespace

Pixels place_typed(Pen& pen, const TypedElement& typed, const Rect& area, bool has_focus) {
    return TypedField(pen, typed, area, has_focus).place();
}

}  // namespace linli::app
