#include "stb-app/layout/chrome.h"

#include <algorithm>

#include "middleware/base/format.h"

namespace linli::app {
namespace {

using input::Key;

struct KeyCap {
    std::string_view symbol;  // a symbol, or
    std::string text;         // a text on a cap
    Color color;
};

KeyCap cap_of(Key key) {
    switch (key) {
        case Key::Up: return {"arrow-up-bold", {}, colors::kText};
        case Key::Down: return {"arrow-down-bold", {}, colors::kText};
        case Key::Left: return {"arrow-left-bold", {}, colors::kText};
        case Key::Right: return {"arrow-right-bold", {}, colors::kText};
        case Key::Back: return {"undo-variant", {}, colors::kText};
        case Key::Home: return {"home", {}, colors::kText};
        case Key::Red: return {"checkbox-blank-circle", {}, colors::kKeyRed};
        case Key::Green: return {"checkbox-blank-circle", {}, colors::kKeyGreen};
        case Key::Yellow: return {"checkbox-blank-circle", {}, colors::kKeyYellow};
        case Key::Blue: return {"checkbox-blank-circle", {}, colors::kKeyBlue};
        default: return {{}, std::string(input::key_name(key)), colors::kText};
    }
}

/// One cap a key; from one digit key to another, one cap for all of them: "0–9".
std::vector<KeyCap> caps_of(const std::vector<Key>& keys) {
    if (keys.size() == 2 && input::digit_of(keys[0]) && input::digit_of(keys[1]))
        return {{{}, base::format("{}–{}", input::key_name(keys[0]), input::key_name(keys[1])), colors::kText}};
    std::vector<KeyCap> caps;
    for (Key key : keys) caps.push_back(cap_of(key));
    return caps;
}

/// Without a title or buttons beside it, the position stands at the end of the legend.
bool has_position_in_legend(const Page& page) {
    return page.title.empty() && !page.position.empty() &&
           std::ranges::none_of(page.elements, [](const Element& element) { return std::holds_alternative<ButtonElement>(element); });
}

/// The legend: each hint is its keys and its words; hints that do not fit on a line go to the next one.
class Legend {
  public:
    /// Between the edges `left` and `right`.
    Legend(Pen& pen, const Page& page, Pixels left, Pixels right)
        : pen_(pen), page_(page), theme_(pen.theme()), left_(left), right_(right) {}

    Pixels height() {
        // Hints stand apart; closer together rather than on a second line.
        Pixels height = flow(nullptr);
        while (height > Theme::line_height(em()) && gap_ > theme_.unit()) {
            gap_ -= theme_.unit() / 2;
            height = flow(nullptr);
        }
        if (height > Theme::line_height(em())) {
            most_caps_ = 2;
            height = flow(nullptr);
        }
        return height;
    }
    void place(const Rect& area) { flow(&area); }

  private:
    Pixels em() const { return theme_.chrome(); }
    text::FontSpec font() const { return theme_.font(em()); }
    Pixels right() {
        if (!has_position_in_legend(page_)) return right_;
        return right_ - pen_.text_width(page_.position, font()) - theme_.unit();
    }
    Pixels cap_width(const KeyCap& cap) {
        return cap.text.empty() ? em() : pen_.text_width(cap.text, font()) + theme_.unit();
    }
    Pixels hint_width(const KeyHint& hint) {
        Pixels width = theme_.unit() / 2 + pen_.text_width(hint.text, font());
        for (const KeyCap& cap : shown_caps(hint)) width += cap_width(cap) + theme_.unit() / 4;
        return width;
    }
    std::vector<KeyCap> shown_caps(const KeyHint& hint) const {
        std::vector<KeyCap> caps = caps_of(hint.keys);
        if (caps.size() > most_caps_) caps.resize(most_caps_);
        return caps;
    }

    Pixels flow(const Rect* area) {
        Pixels line = Theme::line_height(em());
        Pixels x = left_;
        Pixels y = area ? area->y : 0;
        Pixels lines = page_.legend.empty() ? 0 : 1;
        for (const KeyHint& hint : page_.legend) {
            Pixels width = hint_width(hint);
            if (x > left_ && x + width > right()) {
                x = left_;
                y += line;
                ++lines;
            }
            if (area) place_hint(hint, x, y, line);
            x += width + gap_;
        }
        return lines * line;
    }

    void place_hint(const KeyHint& hint, Pixels x, Pixels y, Pixels line) {
        for (const KeyCap& cap : shown_caps(hint)) {
            Pixels width = cap_width(cap);
            if (!cap.symbol.empty()) {
                pen_.symbol(cap.symbol, em(), cap.color, {x, y, width, line});
            } else {
                pen_.card({x, y + line / 12, width, line - line / 6}, theme_.radius() / 2, colors::kRule);
                pen_.text(cap.text, font(), colors::kText, {x, y, width, line}, line, Pen::Align::Center);
            }
            x += width + theme_.unit() / 4;
        }
        x += theme_.unit() / 2;
        pen_.text(hint.text, font(), colors::kMuted, {x, y, theme_.screen().width, line}, line);
    }

    Pen& pen_;
    const Page& page_;
    const Theme& theme_;
    Pixels left_, right_;
    Pixels gap_ = 3 * theme_.unit();
    /// Of a hint; two of the four arrows say enough where room is short.
    std::size_t most_caps_ = 4;
};

Pixels status_gap(const Theme& theme) { return 4 * theme.unit(); }

bool has_two_lines(Pen& pen, const StatusLine& status) {
    const Theme& theme = pen.theme();
    text::FontSpec regular = theme.font(theme.chrome());
    Pixels width = pen.text_width(status.place, theme.font(theme.chrome(), text::Face::Bold)) +
                   pen.text_width(status.time, regular) + pen.text_width(status.freshness, regular);
    return width + 2 * status_gap(theme) > theme.safe_area().width;
}

/// Place at the left, time and freshness at the right; what finds no room beside them goes to a second line.
void place_status(Pen& pen, const StatusLine& status) {
    const Theme& theme = pen.theme();
    Rect safe = theme.safe_area();
    Pixels line = Theme::line_height(theme.chrome());
    text::FontSpec bold = theme.font(theme.chrome(), text::Face::Bold);
    text::FontSpec regular = theme.font(theme.chrome());

    Pixels time_width = pen.text_width(status.time, regular);
    Pixels freshness_width = pen.text_width(status.freshness, regular);
    bool is_below = has_two_lines(pen, status);

    pen.text(status.place, bold, colors::kText, {safe.x, safe.y, safe.width, line}, line);
    pen.text(status.time, regular, colors::kText, {safe.right() - time_width - 1, safe.y, time_width + 1, line}, line);
    if (!status.freshness.empty()) {
        Pixels y = is_below ? safe.y + line : safe.y;
        Pixels right = is_below ? safe.right() : safe.right() - time_width - status_gap(theme);
        Color color = status.is_warning ? colors::kHues[0] : colors::kMuted;
        pen.text(status.freshness, regular, color, {right - freshness_width - 1, y, freshness_width + 1, line}, line);
    }
}

}  // namespace

Pixels status_height(Pen& pen, const StatusLine& status) {
    return Theme::line_height(pen.theme().chrome()) * (has_two_lines(pen, status) ? 2 : 1);
}

Pixels legend_height(Pen& pen, const Page& page, const Rect& area) {
    return Legend(pen, page, area.x, area.right()).height();
}

void place_legend(Pen& pen, const Page& page, const Rect& area) {
    Legend legend(pen, page, area.x, area.right());
    (void)legend.height();  // how close its hints stand depends on it
    legend.place(area);
}

Rect place_chrome(Pen& pen, const Page& page) {
    const Theme& theme = pen.theme();
    Rect safe = theme.safe_area();
    Pixels gap = theme.unit();

    place_status(pen, page.status);
    Pixels top = safe.y + status_height(pen, page.status) + gap;
    if (!page.title.empty()) {
        text::FontSpec font = theme.font(theme.title(), text::Face::Bold);
        text::FontSpec position_font = theme.font(theme.small());
        Pixels line = Theme::line_height(theme.title());
        Pixels position_width = page.position.empty() ? 0 : pen.text_width(page.position, position_font) + 1;
        Pixels width = safe.width - (position_width > 0 ? position_width + 2 * gap : 0);
        pen.text(page.position, position_font, colors::kMuted,
                 {safe.right() - position_width, top, position_width, line}, line);
        top += pen.text(page.title, font, colors::kText, {safe.x, top, width, line}, line) + gap;
    }

    Legend legend(pen, page, safe.x, safe.right());
    Pixels legend_height = legend.height();
    Rect legend_area{safe.x, safe.bottom() - legend_height, safe.width, legend_height};
    legend.place(legend_area);
    if (has_position_in_legend(page))
        pen.text(page.position, theme.font(theme.chrome()), colors::kMuted, legend_area,
                 Theme::line_height(theme.chrome()), Pen::Align::Right);
    Pixels bottom = safe.bottom() - legend_height - gap;
    return {safe.x, top, safe.width, std::max(0, bottom - top)};
}

Rect place_buttons(Pen& pen, const Page& page, Rect body, std::vector<Rect>* areas) {
    const Theme& theme = pen.theme();
    text::FontSpec font = theme.font(theme.button(), text::Face::Bold);
    Pixels line = Theme::line_height(theme.button());
    Pixels height = line + theme.unit();
    Pixels gap = 2 * theme.unit();

    struct Placed {
        std::size_t element;
        Rect area;
    };
    std::vector<Placed> buttons;
    // Without a title the position stands beside the first buttons.
    text::FontSpec position_font = theme.font(theme.chrome());
    Pixels position = page.title.empty() && !page.position.empty() ? pen.text_width(page.position, position_font) + gap : 0;
    Pixels x = body.x, y = 0;
    for (std::size_t i = 0; i < page.elements.size(); ++i) {
        const auto* button = std::get_if<ButtonElement>(&page.elements[i]);
        if (button == nullptr) continue;
        Pixels width = std::min(body.width, pen.text_width(button->label, font) + 4 * theme.unit());
        if (x > body.x && x + width > body.right() - (y == 0 ? position : 0)) {
            x = body.x;
            y += height + gap;
        }
        buttons.push_back({i, {x, y, width, height}});
        x += width + gap;
    }
    if (buttons.empty()) return body;

    Pixels total = y + height;
    // The focused button grows: room for that stays free below.
    Pixels top = body.bottom() - total - theme.unit();
    if (page.title.empty()) {
        pen.text(page.position, position_font, colors::kMuted, {body.x, top, body.width, height}, height, Pen::Align::Right);
    }
    for (Placed& button : buttons) {
        button.area.y += top;
        bool has_focus = page.focus == button.element;
        pen.focusable_card(button.area, has_focus);
        pen.text(std::get<ButtonElement>(page.elements[button.element]).label, font, text_color(has_focus),
                 {button.area.x, button.area.y + theme.unit() / 2, button.area.width, line}, line, Pen::Align::Center);
        if (areas != nullptr) (*areas)[button.element] = button.area;
    }
    return {body.x, body.y, body.width, std::max(0, top - gap - body.y)};
}

}  // namespace linli::app
