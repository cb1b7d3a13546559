#include "tests/stb-app/support/layout_faults.h"

#include <algorithm>
#include <cmath>

#include "middleware/base/format.h"
#include "tests/stb-app/support/television.h"

namespace linli::tests {

using app::Shape;
using graphics::Pixels;
using graphics::Rect;

namespace {

/// Rounding of places to whole pixels.
constexpr Pixels kRounding = 2;
constexpr Pixels kThinnestLine = 2;

std::string show(const Rect& area) {
    return base::format("({}, {}) to ({}, {})", area.x, area.y, area.right(), area.bottom());
}

class FaultFinder {
  public:
    FaultFinder(const app::Page& page, const app::Frame& frame, const app::Theme& theme)
        : page_(page), frame_(frame), theme_(theme) {}

    std::string find() {
        check_texts();
        check_cards();
        check_elements();
        check_headings();
        return std::move(faults_);
    }

  private:
    struct Text {
        const Shape* shape;
        Rect ink;
    };

    void note(std::string fault) { faults_ += fault + "\n"; }

    void check_texts() {
        std::vector<Text> texts;
        for (std::size_t i = 0; i < frame_.shapes.size(); ++i) {
            const Shape& shape = frame_.shapes[i];
            if (shape.kind != Shape::Kind::Text) continue;
            Rect ink = ink_area(shape, typesetter_);
            if (!theme_.safe_area().inset(-kRounding).contains(ink))
                note(base::format("\"{}\" {} leaves the safe area {}", shape.text, show(ink),
                                  show(theme_.safe_area())));
            if (!shape.area.inset(-1).contains(ink))
                note(base::format("\"{}\" inks {}, outside its area {}", shape.text, show(ink),
                                  show(shape.area)));
            bool is_symbol = shape.font.face == text::Face::Symbols;
            if (!is_symbol && shape.font.size < theme_.scaled(app::Theme::kSmallestText))
                note(base::format("\"{}\" is too small: {} px", shape.text, shape.font.size));
            if (i >= frame_.page_shapes) continue;
            for (const Text& other : texts)
                check_pair(other, {&shape, ink});
            texts.push_back({&shape, ink});
        }
        if (!frame_.live || page_.arrangement == app::Arrangement::FullScreen) return;
        for (const Text& text : texts) {
            Rect middle = text.ink.inset(kRounding);
            bool is_its_own = frame_.live->contains(text.ink) && is_live_text(text.shape->text);
            if (middle.intersects(*frame_.live) && !is_its_own)
                note(base::format("\"{}\" lies over the picture", text.shape->text));
        }
    }

    bool is_live_text(const std::string& text) const {
        for (const app::Element& element : page_.elements)
            if (const auto* live = std::get_if<app::LiveElement>(&element))
                return live->text.contains(text);
        return false;
    }

    void check_pair(const Text& a, const Text& b) {
        Rect common = a.ink.intersection(b.ink);
        if (common.width <= kRounding || common.height <= kRounding) return;
        bool is_one_line =
            a.shape->baseline == b.shape->baseline && a.shape->font.size == b.shape->font.size;
        // Beside each other punctuation marks share their blank halves.
        if (is_one_line && common.width <= a.shape->font.size * 11 / 20) return;
        note(base::format("\"{}\" {} lies over \"{}\" {}", b.shape->text, show(b.ink),
                          a.shape->text, show(a.ink)));
    }

    void check_cards() {
        Rect screen{0, 0, theme_.screen().width, theme_.screen().height};
        for (const Shape& shape : frame_.shapes) {
            if (shape.kind == Shape::Kind::Text) continue;
            if (shape.area.width < kThinnestLine || shape.area.height < kThinnestLine)
                note(base::format("something at {} is thinner than two pixels", show(shape.area)));
            bool is_border_of_picture = frame_.live && shape.area.contains(*frame_.live);
            if (!screen.contains(shape.area) && !is_border_of_picture)
                note(base::format("something at {} leaves the screen", show(shape.area)));
        }
    }

    void check_elements() {
        for (std::size_t i = 0; i < page_.elements.size(); ++i) {
            const Rect& area = frame_.elements[i];
            // The banner gives way to an announcement.
            if (area.empty() && std::holds_alternative<app::BannerElement>(page_.elements[i]) &&
                std::ranges::any_of(page_.elements, is_announced))
                continue;
            if (area.empty()) {
                note(base::format("\"{}\" is nowhere", app::element_text(page_.elements[i])));
                continue;
            }
            bool is_picture = std::holds_alternative<app::LiveElement>(page_.elements[i]);
            if (!is_picture && !theme_.safe_area().contains(area))
                note(base::format("\"{}\" {} leaves the safe area",
                                  app::element_text(page_.elements[i]), show(area)));
            // An announcement lies over the page, a banner over the picture.
            if (is_announced(page_.elements[i]) || std::holds_alternative<app::BannerElement>(page_.elements[i])) continue;
            for (std::size_t j = 0; j < i; ++j) {
                if (area.intersects(frame_.elements[j]))
                    note(base::format("\"{}\" {} lies over \"{}\" {}",
                                      app::element_text(page_.elements[i]), show(area),
                                      app::element_text(page_.elements[j]),
                                      show(frame_.elements[j])));
            }
        }
    }

    static bool is_announced(const app::Element& element) {
        return std::holds_alternative<app::AnnouncementElement>(element) ||
               std::holds_alternative<app::ChoiceElement>(element);
    }

    void check_headings() {
        const app::Element* last = nullptr;
        int elements = 0;
        for (const app::Element& element : page_.elements) {
            if (std::holds_alternative<app::ButtonElement>(element) || is_announced(element)) continue;
            last = &element;
            ++elements;
        }
        // Where what follows needs a page of its own, its heading has one too.
        if (elements > 1 && std::holds_alternative<app::HeadingElement>(*last))
            note("the page ends with the heading " + app::element_text(*last));
    }

    const app::Page& page_;
    const app::Frame& frame_;
    const app::Theme& theme_;
    text::Typesetter typesetter_{test_metrics()};
    std::string faults_;
};

}  // namespace

Rect ink_area(const Shape& text, text::Typesetter& typesetter) {
    auto left = static_cast<Pixels>(std::floor(text.x));
    auto right = static_cast<Pixels>(std::ceil(text.x + typesetter.measure(text.text, text.font)));
    auto top = static_cast<Pixels>(std::lround(text.baseline - 0.88 * text.font.size));
    auto bottom = static_cast<Pixels>(std::lround(text.baseline + 0.12 * text.font.size));
    return {left, top, right - left, bottom - top};
}

std::string layout_faults(const app::Page& page, const app::Frame& frame, const app::Theme& theme) {
    return FaultFinder(page, frame, theme).find();
}

}  // namespace linli::tests
