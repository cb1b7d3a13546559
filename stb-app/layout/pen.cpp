#include "stb-app/layout/pen.h"

#include <cmath>

#include "stb-app/theme/symbols.h"

namespace linli::app {
namespace {

/// From the middle of a line up to the middle of an ideograph, whose ink stands from about 0.12 em below the
/// baseline to 0.88 em above it.
constexpr double kMiddleAboveBaseline = 0.38;
/// Symbols fill their em from the baseline's 1/8 em below.
constexpr double kSymbolMiddleAboveBaseline = 0.375;

Pixels baseline_in(Pixels top, Pixels line_height, Pixels em, double middle) {
    return top + static_cast<Pixels>(std::lround(line_height / 2.0 + middle * em));
}

}  // namespace

Pixels Pen::text(std::string_view text, text::FontSpec font, Color color, Rect area, Pixels line_height, Align align) {
    std::vector<text::Line> lines = typesetter_.set(text, font, static_cast<float>(area.width));
    Pixels y = area.y;
    for (const text::Line& line : lines) {
        float free = static_cast<float>(area.width) - line.width;
        float start = static_cast<float>(area.x) + (align == Align::Left ? 0 : align == Align::Center ? free / 2 : free);
        if (frame_ != nullptr) {
            for (const text::Run& run : line.runs) {
                if (run.text.find_first_not_of(' ') == std::string::npos) continue;
                float run_x = start + run.x;
                auto left = static_cast<Pixels>(std::floor(run_x)) - font.size / 8;
                // Ink may reach a little over the em box; the next run begins where this one's advance ends.
                auto right = static_cast<Pixels>(std::ceil(start + line.width)) + font.size / 4;
                Shape shape;
                shape.kind = Shape::Kind::Text;
                shape.area = {left, y - font.size / 8, right - left, line_height + font.size / 4};
                shape.color = color;
                shape.text = run.text;
                shape.font = {run.face, font.size};
                shape.x = run_x;
                shape.baseline = baseline_in(y, line_height, font.size, kMiddleAboveBaseline);
                frame_->shapes.push_back(std::move(shape));
            }
        }
        y += line_height;
    }
    return y - area.y;
}

Pixels Pen::text_height(std::string_view text, text::FontSpec font, Pixels width, Pixels line_height) {
    if (typesetter_.surely_fits(text, font, static_cast<float>(width))) return line_height;
    return static_cast<Pixels>(typesetter_.set(text, font, static_cast<float>(width)).size()) * line_height;
}

Pixels Pen::text_width(std::string_view text, text::FontSpec font) {
    return static_cast<Pixels>(std::ceil(typesetter_.measure(text, font)));
}

void Pen::symbol(std::string_view name, Pixels em, Color color, const Rect& area) {
    if (frame_ == nullptr) return;
    Shape shape;
    shape.kind = Shape::Kind::Text;
    shape.text = app::symbol(name);
    shape.font = {text::Face::Symbols, em};
    shape.color = color;
    shape.x = static_cast<float>(area.x) + static_cast<float>(area.width - em) / 2;
    shape.baseline = baseline_in(area.y, area.height, em, kSymbolMiddleAboveBaseline);
    shape.area = {area.x + (area.width - em) / 2 - em / 8, area.y + (area.height - em) / 2 - em / 8, em + em / 4, em + em / 4};
    frame_->shapes.push_back(std::move(shape));
}

void Pen::card(const Rect& area, Pixels radius, Color color) {
    Shape shape;
    shape.area = area;
    shape.radius = radius;
    shape.color = color;
    add(std::move(shape));
}

void Pen::focusable_card(const Rect& area, bool has_focus) {
    if (!has_focus) return card(area, theme_.radius(), colors::kCard);
    Rect grown = area.inset(-theme_.focus_growth());
    card(grown, theme_.radius() + theme_.focus_growth(), colors::kFocusBorder);
    Rect inner = grown.inset(theme_.focus_border());
    card(inner, theme_.radius() + theme_.focus_growth() - theme_.focus_border(), colors::kFocus);
}

void Pen::add(Shape shape) {
    if (frame_ != nullptr) frame_->shapes.push_back(std::move(shape));
}

}  // namespace linli::app
