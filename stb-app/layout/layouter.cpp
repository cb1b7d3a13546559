#include "stb-app/layout/layouter.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "stb-app/layout/announcement_sheet.h"
#include "stb-app/layout/banner.h"
#include "stb-app/layout/chrome.h"
#include "stb-app/layout/elements.h"
#include "stb-app/layout/home_layout.h"

namespace linli::app {
namespace {

void place_live(Pen& pen, const LiveElement& live, const Rect& area, bool has_focus, Frame& frame) {
    const Theme& theme = pen.theme();
    if (has_focus && area.width < theme.screen().width) {
        Pixels border = theme.focus_border();
        pen.card({area.x, area.y - border, area.width + border, area.height + 2 * border}, 0, colors::kFocus);
    }
    Shape shape;
    shape.kind = Shape::Kind::Live;
    shape.area = area;
    shape.color = colors::kScreen;
    pen.add(std::move(shape));
    frame.live = area;
    if (live.text.empty()) return;
    Pixels line = Theme::line_height(theme.body());
    // The picture may reach the edge of the screen; words may not.
    Rect inner = area.intersection(theme.safe_area());
    Pixels width = inner.width * 9 / 10;
    Pixels height = pen.text_height(live.text, theme.font(theme.body()), width, line);
    pen.text(live.text, theme.font(theme.body()), colors::kMuted,
             {inner.x + (inner.width - width) / 2, inner.y + (inner.height - height) / 2, width, line}, line, Pen::Align::Center);
}

void place_message(Pen& pen, const std::string& message) {
    const Theme& theme = pen.theme();
    Rect safe = theme.safe_area();
    text::FontSpec font = theme.font(theme.body(), text::Face::Bold);
    Pixels line = Theme::line_height(theme.body());
    Pixels pad = 2 * theme.unit();
    Pixels height = pen.text_height(message, font, safe.width - 2 * pad, line) + 2 * pad;
    Rect area{safe.x, safe.bottom() - height, safe.width, height};
    Pixels border = theme.focus_border();
    pen.card(area.inset(-border), theme.radius() + border, colors::kFocusBorder);
    pen.card(area, theme.radius(), colors::kCard);
    pen.text(message, font, colors::kText, {area.x + pad, area.y + pad, area.width - 2 * pad, 0}, line, Pen::Align::Center);
}

/// The tiles of a page, with their places among its elements.
std::vector<TileElement> tiles_of(const Page& page, std::size_t& first) {
    std::vector<TileElement> tiles;
    for (std::size_t i = 0; i < page.elements.size(); ++i) {
        if (const auto* tile = std::get_if<TileElement>(&page.elements[i])) {
            if (tiles.empty()) first = i;
            tiles.push_back(*tile);
        }
    }
    return tiles;
}

void place_home(Pen& pen, const Page& page, const Rect& body, Frame& frame) {
    HomeLayout home(pen, body);
    for (std::size_t i = 0; i < page.elements.size(); ++i) {
        if (const auto* live = std::get_if<LiveElement>(&page.elements[i])) {
            place_live(pen, *live, home.live(), page.focus == i, frame);
            frame.elements[i] = home.live();
        } else if (const auto* headline = std::get_if<HeadlineElement>(&page.elements[i])) {
            home.place_headline(*headline, page.focus == i);
            frame.elements[i] = home.headline();
        }
    }
    std::size_t first = 0;
    std::vector<TileElement> tiles = tiles_of(page, first);
    std::optional<std::size_t> focus;
    if (page.focus >= first && page.focus < first + tiles.size()) focus = page.focus - first;
    home.place_tiles(tiles, focus, std::span(frame.elements).subspan(first, tiles.size()));
}

bool stands_in_column(const Element& element) {
    return !std::holds_alternative<ButtonElement>(element) && !std::holds_alternative<AnnouncementElement>(element) &&
           !std::holds_alternative<ChoiceElement>(element);
}

/// The focused element last: it is larger than its place and lies over its neighbours.
void place_column(Pen& pen, const Page& page, const Rect& body, Frame& frame) {
    Pixels y = body.y;
    const Element* above = nullptr;
    std::vector<Rect> places(page.elements.size());
    for (std::size_t i = 0; i < page.elements.size(); ++i) {
        const Element& element = page.elements[i];
        if (!stands_in_column(element)) continue;
        if (above != nullptr) y += gap_between(pen.theme(), *above, element);
        above = &element;
        // A row has what is left of the page, as when it was measured; all else, the page.
        bool is_row = std::holds_alternative<RowElement>(element);
        places[i] = {body.x, y, body.width, is_row ? body.bottom() - y : body.height};
        if (i == page.focus && is_focusable(element)) {
            Pen ruler(pen.theme(), pen.typesetter(), nullptr);
            frame.elements[i] = {body.x, y, body.width, place_element(ruler, element, places[i], true)};
        } else {
            frame.elements[i] = {body.x, y, body.width, place_element(pen, element, places[i], false)};
        }
        y += frame.elements[i].height;
    }
    if (page.focus < places.size() && !places[page.focus].empty() && is_focusable(page.elements[page.focus]))
        place_element(pen, page.elements[page.focus], places[page.focus], true);
}

bool has_announcement(const Page& page) {
    return std::ranges::any_of(page.elements,
                               [](const Element& element) { return std::holds_alternative<AnnouncementElement>(element); });
}

Page without_announcement(Page page) {
    page.legend = std::move(page.legend_below);
    return page;
}

}  // namespace

Frame Layouter::lay_out(const Page& page) {
    Frame frame;
    frame.shapes.reserve(96);
    frame.elements.resize(page.elements.size());
    Pen pen(theme_, typesetter_, &frame);
    if (page.arrangement == Arrangement::FullScreen) {
        Rect screen{0, 0, theme_.screen().width, theme_.screen().height};
        for (std::size_t i = 0; i < page.elements.size(); ++i) {
            if (const auto* live = std::get_if<LiveElement>(&page.elements[i])) {
                // Over a picture that is not there the banner says why.
                bool has_banner = !has_announcement(page) && std::ranges::any_of(page.elements, [](const Element& element) {
                    return std::holds_alternative<BannerElement>(element);
                });
                place_live(pen, has_banner ? LiveElement{} : *live, screen, page.focus == i, frame);
                frame.elements[i] = screen;
            } else if (const auto* banner = std::get_if<BannerElement>(&page.elements[i]);
                       banner != nullptr && !has_announcement(page)) {
                // Both stand at the foot of the picture; the banner gives way.
                frame.elements[i] = place_banner(pen, *banner, page);
            }
        }
    } else {
        Rect body = place_chrome(pen, page.legend_below.empty() ? page : without_announcement(page));
        if (page.arrangement == Arrangement::Home) {
            place_home(pen, page, body, frame);
        } else {
            body = place_buttons(pen, page, body, &frame.elements);
            place_column(pen, page, body, frame);
        }
    }
    frame.page_shapes = frame.shapes.size();
    place_announcement(pen, page, frame);
    if (!page.message.empty()) place_message(pen, page.message);
    return frame;
}

bool Layouter::set_status(const StatusLine& status) {
    Pen ruler(theme_, typesetter_, nullptr);
    Pixels before = status_height(ruler, status_);
    status_ = status;
    return status_height(ruler, status_) != before;
}

Page Layouter::with_status(Page page) const {
    page.status = status_;
    return page;
}

std::size_t Layouter::tiles_per_page(const Page& page, const std::vector<TileElement>& tiles) {
    Pen ruler(theme_, typesetter_, nullptr);
    return HomeLayout(ruler, place_chrome(ruler, with_status(page))).tiles_per_page(tiles);
}

bool Layouter::headline_fits(const Page& page, const HeadlineElement& headline) {
    Pen ruler(theme_, typesetter_, nullptr);
    return HomeLayout(ruler, place_chrome(ruler, with_status(page))).headline_fits(headline);
}

std::size_t neighbour(const Page& page, const Frame& frame, input::Key arrow) {
    if (page.focus >= frame.elements.size()) return page.focus;
    const Rect& from = frame.elements[page.focus];
    bool is_vertical = arrow == input::Key::Up || arrow == input::Key::Down;
    bool is_forward = arrow == input::Key::Down || arrow == input::Key::Right;
    std::size_t best = page.focus;
    Pixels best_distance = std::numeric_limits<Pixels>::max();
    for (std::size_t i = 0; i < page.elements.size(); ++i) {
        const Rect& to = frame.elements[i];
        if (i == page.focus || to.empty() || !is_focusable(page.elements[i])) continue;
        // Along the arrow from edge to edge; across it, from middle to middle, which counts double.
        Pixels along = is_vertical ? (is_forward ? to.y - from.bottom() : from.y - to.bottom())
                                   : (is_forward ? to.x - from.right() : from.x - to.right());
        Pixels across = is_vertical ? std::abs((to.x + to.width / 2) - (from.x + from.width / 2))
                                    : std::abs((to.y + to.height / 2) - (from.y + from.height / 2));
        if (along < 0) continue;
        Pixels distance = along + 2 * across;
        if (distance < best_distance) {
            best_distance = distance;
            best = i;
        }
    }
    return best;
}

}  // namespace linli::app
