#include "stb-app/layout/announcement_sheet.h"

#include <algorithm>
#include <optional>

#include "stb-app/layout/chrome.h"

namespace linli::app {
namespace {

/// An alert leaves the picture at least its upper half or so; see the shares of a live window and an L-shaped frame.
constexpr Pixels kMostFifths = 3;
constexpr Pixels kMostEighths = 7;

class Sheet {
  public:
    Sheet(Pen& pen, const Page& page, Frame& frame) : pen_(pen), theme_(pen.theme()), frame_(frame) {
        for (std::size_t i = 0; i < page.elements.size(); ++i) {
            if (const auto* said = std::get_if<AnnouncementElement>(&page.elements[i])) {
                said_ = said;
                place_ = i;
            } else if (const auto* choice = std::get_if<ChoiceElement>(&page.elements[i])) {
                if (choices_.elements.empty()) first_choice_ = i;
                choices_.elements.push_back(ButtonElement{choice->label});
            }
        }
        choices_.focus = page.focus - first_choice_;
        keys_.legend = page.legend;
    }

    bool has_something() const { return said_ != nullptr && !choices_.elements.empty(); }

    void place() {
        Rect safe = theme_.safe_area();
        Rect screen{0, 0, theme_.screen().width, theme_.screen().height};
        Pixels legend = legend_height(pen_, keys_, safe);
        Rect above_legend{safe.x, safe.y, safe.width, safe.height - legend - theme_.unit()};
        Pen ruler(theme_, pen_.typesetter(), nullptr);
        Pixels foot = screen.bottom() - place_buttons(ruler, choices_, above_legend, nullptr).bottom();

        std::size_t sentences = said_->sentences.size();
        Pixels em = theme_.chrome();
        for (Pixels smaller : {theme_.body(), theme_.small(), theme_.chrome()}) {
            em = std::max(smaller, theme_.scaled(Theme::kSmallestText));
            if (height_of_text(ruler, em, sentences) + foot <= screen.height * kMostFifths / 5) break;
        }
        while (sentences > 1 && height_of_text(ruler, em, sentences) + foot > screen.height * kMostEighths / 8) --sentences;

        Pixels top = screen.height - foot - height_of_text(ruler, em, sentences);
        Pixels border = theme_.focus_border();
        pen_.card({0, top - border, screen.width, border}, 0, colors::kFocusBorder);
        pen_.card({0, top, screen.width, screen.height - top}, 0, colors::kCard);
        frame_.elements[place_] = {safe.x, top, safe.width, set_text(pen_, em, sentences, top)};
        std::vector<Rect> buttons(choices_.elements.size());
        place_buttons(pen_, choices_, above_legend, &buttons);
        std::ranges::copy(buttons, frame_.elements.begin() + static_cast<std::ptrdiff_t>(first_choice_));
        place_legend(pen_, keys_, {safe.x, safe.bottom() - legend, safe.width, legend});
    }

  private:
    Pixels height_of_text(Pen& ruler, Pixels em, std::size_t sentences) { return set_text(ruler, em, sentences, 0); }

    /// Symbol and title on a line, the sentences below, with room above and below. Returns the height.
    Pixels set_text(Pen& pen, Pixels em, std::size_t sentences, Pixels top) {
        Rect safe = theme_.safe_area();
        Pixels line = Theme::line_height(em);
        Pixels y = top + theme_.unit();
        Pixels indent = em + theme_.unit();
        pen.symbol(said_->symbol, em, colors::kHues[0], {safe.x, y, em, line});
        y += pen.text(said_->title, theme_.font(em, text::Face::Bold), colors::kHues[0],
                      {safe.x + indent, y, safe.width - indent, 0}, line);
        for (std::size_t i = 0; i < sentences; ++i)
            y += pen.text(said_->sentences[i], theme_.font(em), colors::kText, {safe.x, y, safe.width, 0}, line);
        return y - top;
    }

    Pen& pen_;
    const Theme& theme_;
    Frame& frame_;
    const AnnouncementElement* said_ = nullptr;
    std::size_t place_ = 0;
    std::size_t first_choice_ = 0;
    /// The choices as the buttons of a page, and the legend as that of one.
    Page choices_;
    Page keys_;
};

}  // namespace

void place_announcement(Pen& pen, const Page& page, Frame& frame) {
    Sheet sheet(pen, page, frame);
    if (!sheet.has_something()) return;
    sheet.place();
}

}  // namespace linli::app
