#include "stb-app/layout/banner.h"

#include <algorithm>

#include "stb-app/layout/chrome.h"

namespace linli::app {
namespace {

class Banner {
  public:
    Banner(Pen& pen, const BannerElement& banner, const Page& page) : pen_(pen), theme_(pen.theme()), banner_(banner), page_(page) {}

    Rect place() {
        Rect safe = theme_.safe_area();
        Pixels pad = theme_.unit();
        Rect inner{safe.x + 2 * pad, 0, safe.width - 4 * pad, 0};
        Pixels legend = legend_height(pen_, page_, inner);
        auto height_now = [&] { return set(inner, nullptr) + legend + (legend > 0 ? 3 : 2) * pad; };
        // Long titles in a large text: something of the picture stays to be seen, and nothing is cut off. The guide has
        // all of it.
        Pixels most = safe.height * kMostOfHeight / 100;
        if (height_now() > most) has_next_ = false;
        if (height_now() > most) is_small_ = true;
        if (height_now() > safe.height) legend = 0;
        Pixels height = height_now();
        Rect card{safe.x, safe.bottom() - height, safe.width, height};
        pen_.card(card, theme_.radius(), colors::kCard);
        inner.y = card.y + pad;
        inner.y += set(inner, &pen_) + pad;
        if (legend > 0) place_legend(pen_, page_, {inner.x, inner.y, inner.width, legend});
        return card;
    }

  private:
    static constexpr Pixels kMostOfHeight = 70;

    /// Sets what the banner says from the upper edge of `area` down, or only measures it; returns the height.
    Pixels set(Rect area, Pen* pen) {
        Pixels top = area.y;
        Pixels em = is_small_ ? theme_.body() : theme_.title();
        text::FontSpec bold = theme_.font(em, text::Face::Bold);
        Pixels line = Theme::line_height(em);
        if (!banner_.number.empty() || !banner_.channel.empty()) {
            Pixels number = banner_.number.empty() ? 0 : pen_.text_width(banner_.number, bold) + 2 * theme_.unit();
            Pixels time = banner_.channel.empty() ? 0 : pen_.text_width(page_.status.time, small()) + 1;
            if (number + time > area.width / 2) time = 0;
            if (number > 0) write(pen, banner_.number, bold, colors::kHues[0], {area.x, area.y, number, 0}, line);
            Rect name{area.x + number, area.y, area.width - number - (time > 0 ? time + theme_.unit() : 0), 0};
            if (pen != nullptr && time > 0)
                pen->text(page_.status.time, small(), colors::kMuted, {area.right() - time, area.y, time, line}, line);
            area.y += std::max(line, write(pen, banner_.channel, bold, colors::kText, name, line));
        }
        area.y += set_programme(pen, area, banner_.now_time, banner_.now, is_small_ ? theme_.small() : theme_.body(), colors::kText);
        if (banner_.percent >= 0) area.y += set_progress(pen, area);
        if (has_next_) area.y += set_programme(pen, area, banner_.next_time, banner_.next, theme_.small(), colors::kMuted);
        if (!banner_.note.empty())
            area.y += write(pen, banner_.note, theme_.font(note_em(), text::Face::Bold), colors::kHues[0], area,
                            Theme::line_height(note_em()));
        return area.y - top;
    }

    Pixels set_programme(Pen* pen, const Rect& area, const std::string& time, const std::string& title, Pixels em, Color color) {
        if (title.empty()) return 0;
        text::FontSpec font = theme_.font(em);
        Pixels line = Theme::line_height(em);
        Pixels lead = time.empty() ? 0 : pen_.text_width(time, font) + 2 * theme_.unit();
        if (lead > area.width / 2) {
            Pixels above = write(pen, time, font, colors::kMuted, area, line);
            return above + write(pen, title, font, color, {area.x, area.y + above, area.width, 0}, line);
        }
        write(pen, time, font, colors::kMuted, {area.x, area.y, lead, 0}, line);
        return write(pen, title, font, color, {area.x + lead, area.y, area.width - lead, 0}, line);
    }

    Pixels set_progress(Pen* pen, const Rect& area) {
        Pixels thickness = std::max(4, theme_.scaled(9));
        Pixels gap = theme_.unit() / 2;
        if (pen != nullptr) {
            Rect bar{area.x, area.y + gap, area.width, thickness};
            pen->card(bar, thickness / 2, colors::kRule);
            bar.width = std::max(thickness, area.width * std::min(100, banner_.percent) / 100);
            pen->card(bar, thickness / 2, colors::kHues[1]);
        }
        return thickness + 2 * gap;
    }

    Pixels note_em() const { return is_small_ ? theme_.small() : theme_.body(); }
    text::FontSpec small() const { return theme_.font(theme_.small()); }

    Pixels write(Pen* pen, std::string_view text, text::FontSpec font, Color color, const Rect& area, Pixels line) {
        if (text.empty()) return 0;
        if (pen == nullptr) return pen_.text_height(text, font, area.width, line);
        return pen->text(text, font, color, area, line);
    }

    Pen& pen_;
    const Theme& theme_;
    const BannerElement& banner_;
    const Page& page_;
    bool has_next_ = true;
    bool is_small_ = false;
};

}  // namespace

Rect place_banner(Pen& pen, const BannerElement& banner, const Page& page) { return Banner(pen, banner, page).place(); }

}  // namespace linli::app
