#include "stb-app/layout/home_layout.h"

#include <algorithm>
#include <cmath>

namespace linli::app {

namespace {

/// With the digit key that opens it.
std::string label_of(const HeadlineElement& headline) { return std::to_string(headline.number) + "  " + headline.label; }

}  // namespace

HomeLayout::HomeLayout(Pen& pen, const Rect& body) : pen_(pen), theme_(pen.theme()), body_(body) {
    Size screen = theme_.screen();
    double side = std::sqrt(Theme::kLiveShare);
    live_ = {0, body.y, static_cast<Pixels>(std::ceil(screen.width * side)), static_cast<Pixels>(std::ceil(screen.height * side))};
    Pixels left = live_.right() + 2 * theme_.unit();
    tiles_ = {left, body.y, body.right() - left, body.height};
}

Rect HomeLayout::headline() const {
    Pixels top = live_.bottom() + theme_.unit();
    return {body_.x, top, live_.right() - body_.x, body_.bottom() - top};
}

bool HomeLayout::headline_fits(const HeadlineElement& headline) {
    Rect area = this->headline();
    text::FontSpec font = theme_.font(theme_.small());
    Pixels line = Theme::line_height(theme_.small());
    Pixels label = pen_.text_width(label_of(headline), theme_.font(theme_.small(), text::Face::Bold)) + theme_.unit();
    Pixels width = area.width - 4 * theme_.unit() - label;
    return width > 0 && pen_.text_height(headline.text, font, width, line) <= area.height;
}

Pixels HomeLayout::tile_width(Pixels columns) const { return (tiles_.width - (columns - 1) * theme_.unit()) / columns; }

Pixels HomeLayout::label_width(const Grid& grid) const {
    Pixels inner = tile_width(grid.columns) - 2 * theme_.unit();
    return grid.is_symbol_above ? inner : inner - number_width() - grid.em - theme_.unit();
}

Pixels HomeLayout::number_width() const { return pen_.text_width("8", theme_.font(theme_.chrome())) + theme_.unit() / 2; }

text::FontSpec HomeLayout::label_font(const Grid& grid) const { return theme_.font(grid.em, text::Face::Bold); }

Pixels HomeLayout::least_tile_height(std::span<const TileElement> tiles, const Grid& grid) {
    Pixels label = 0;
    for (const TileElement& tile : tiles)
        label = std::max(label, pen_.text_height(tile.label, label_font(grid), label_width(grid), Theme::line_height(grid.em)));
    return grid.is_symbol_above ? label + theme_.title() + theme_.unit() : label;
}

bool HomeLayout::labels_fit(std::span<const TileElement> tiles, const Grid& grid) {
    return std::ranges::all_of(tiles, [&](const TileElement& tile) {
        return pen_.text_width(tile.label, label_font(grid)) <= label_width(grid);
    });
}

void HomeLayout::set_capacity(std::span<const TileElement> tiles, Grid& grid) {
    Pixels height = least_tile_height(tiles, grid);
    Pixels rows = (tiles_.height + theme_.unit()) / (height + theme_.unit());
    grid.capacity = static_cast<std::size_t>(std::max(1, rows * grid.columns));
}

HomeLayout::Grid HomeLayout::choose_grid(std::span<const TileElement> tiles) {
    // The best looking first: symbols above in two columns, then in one, then beside their labels; each label on one
    // line, all tiles at once. Where that cannot be, tiles beside their labels on several pages, and where the column
    // is too narrow for the labels, these step down as far as the smallest text; below that they wrap.
    Pixels body = theme_.body();
    for (Grid grid : {Grid{2, true, body}, Grid{1, true, body}, Grid{1, false, body}}) {
        if (!labels_fit(tiles, grid)) continue;
        set_capacity(tiles, grid);
        if (grid.capacity >= tiles.size()) return grid;
    }
    Grid grid{1, false, body};
    Pixels least = std::min(body, theme_.scaled(Theme::kSmallestText));
    while (grid.em > least && !labels_fit(tiles, grid)) --grid.em;
    set_capacity(tiles, grid);
    return grid;
}

std::size_t HomeLayout::tiles_per_page(std::span<const TileElement> tiles) {
    return std::min(choose_grid(tiles).capacity, std::max<std::size_t>(tiles.size(), 1));
}

void HomeLayout::place_tiles(std::span<const TileElement> tiles, std::optional<std::size_t> focus, std::span<Rect> areas) {
    if (tiles.empty()) return;
    Grid grid = choose_grid(tiles);
    auto columns = static_cast<std::size_t>(grid.columns);
    auto rows = static_cast<Pixels>((tiles.size() + columns - 1) / columns);
    Pixels gap = theme_.unit();
    // Few tiles stay tiles and do not become walls.
    Pixels wall = std::max(tiles_.height / 4, least_tile_height(tiles, grid));
    Pixels height = std::min((tiles_.height - (rows - 1) * gap) / rows, wall);
    Pixels width = tile_width(grid.columns);
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        auto column = static_cast<Pixels>(i % columns), row = static_cast<Pixels>(i / columns);
        areas[i] = {tiles_.x + column * (width + gap), tiles_.y + row * (height + gap), width, height};
        if (focus != i) place_tile(tiles[i], areas[i], grid, false);
    }
    // The focused one is larger and lies over its neighbours.
    if (focus) place_tile(tiles[*focus], areas[*focus], grid, true);
}

void HomeLayout::place_tile(const TileElement& tile, const Rect& area, const Grid& grid, bool has_focus) {
    pen_.focusable_card(area, has_focus);
    Color symbol_color = has_focus ? colors::kTextOnFocus : colors::kHues[tile.hue % colors::kHueCount];
    Pixels line = Theme::line_height(grid.em);
    Pixels label_height = pen_.text_height(tile.label, label_font(grid), label_width(grid), line);
    Pixels pad = theme_.unit();
    Pixels number_em = grid.is_symbol_above ? theme_.small() : theme_.chrome();
    Pixels number_line = Theme::line_height(number_em);
    Pixels number_y = grid.is_symbol_above ? area.y + pad / 2 : area.y + (area.height - number_line) / 2;
    if (tile.number > 0)
        pen_.text(std::to_string(tile.number), theme_.font(number_em), muted_color(has_focus),
                  {area.x + pad, number_y, area.width, 0}, number_line);
    if (grid.is_symbol_above) {
        Pixels symbol_em = theme_.title();
        Pixels content = symbol_em + pad / 2 + label_height;
        Pixels top = area.y + (area.height - content) / 2;
        pen_.symbol(tile.symbol, symbol_em, symbol_color, {area.x, top, area.width, symbol_em});
        pen_.text(tile.label, label_font(grid), text_color(has_focus),
                  {area.x + pad, top + symbol_em + pad / 2, area.width - 2 * pad, line}, line, Pen::Align::Center);
        return;
    }
    Pixels top = area.y + (area.height - label_height) / 2;
    Pixels left = area.x + pad + number_width();
    pen_.symbol(tile.symbol, grid.em, symbol_color, {left, area.y, grid.em, area.height});
    pen_.text(tile.label, label_font(grid), text_color(has_focus), {left + grid.em + pad, top, label_width(grid), line}, line);
}

void HomeLayout::place_headline(const HeadlineElement& headline, bool has_focus) {
    Rect area = this->headline();
    pen_.focusable_card(area, has_focus);
    Pixels line = Theme::line_height(theme_.small());
    text::FontSpec bold = theme_.font(theme_.small(), text::Face::Bold);
    Pixels label = pen_.text_width(label_of(headline), bold);
    Pixels x = area.x + 2 * theme_.unit();
    Pixels width = area.right() - 2 * theme_.unit() - x - label - theme_.unit();
    Pixels height = pen_.text_height(headline.text, theme_.font(theme_.small()), width, line);
    Pixels top = area.y + (area.height - height) / 2;
    pen_.text(label_of(headline), bold, has_focus ? colors::kTextOnFocus : colors::kHues[0], {x, top, label + 1, line}, line);
    pen_.text(headline.text, theme_.font(theme_.small()), text_color(has_focus), {x + label + theme_.unit(), top, width, line}, line);
}

}  // namespace linli::app
