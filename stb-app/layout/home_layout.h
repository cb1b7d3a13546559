#pragma once

#include <span>

#include "stb-app/layout/pen.h"
#include "stb-app/pages/page.h"

namespace linli::app {

/// Home: the television picture at the left, out to the edge of the screen (a picture bears overscan, text does
/// not), the tiles at its right, the headline under it.
class HomeLayout {
  public:
    /// `body` is what the chrome leaves.
    HomeLayout(Pen& pen, const Rect& body);

    /// Covers exactly the share of the screen that the rule asks for, in the screen's proportions.
    Rect live() const { return live_; }
    Rect headline() const;
    bool headline_fits(const HeadlineElement& headline);
    std::size_t tiles_per_page(std::span<const TileElement> tiles);

    void place_tiles(std::span<const TileElement> tiles, std::optional<std::size_t> focus, std::span<Rect> areas);
    void place_headline(const HeadlineElement& headline, bool has_focus);

  private:
    /// How tiles stand: in how many columns, the symbol above the label or beside it.
    struct Grid {
        Pixels columns = 1;
        bool is_symbol_above = false;
        Pixels em = 0;  // of the labels
        std::size_t capacity = 1;
    };
    Grid choose_grid(std::span<const TileElement> tiles);
    bool labels_fit(std::span<const TileElement> tiles, const Grid& grid);
    void set_capacity(std::span<const TileElement> tiles, Grid& grid);
    Pixels tile_width(Pixels columns) const;
    Pixels least_tile_height(std::span<const TileElement> tiles, const Grid& grid);
    /// Of the digit before the symbol of a tile whose label stands beside it.
    Pixels number_width() const;
    Pixels label_width(const Grid& grid) const;
    void place_tile(const TileElement& tile, const Rect& area, const Grid& grid, bool has_focus);
    text::FontSpec label_font(const Grid& grid) const;

    Pen& pen_;
    const Theme& theme_;
    Rect body_;
    Rect live_;
    Rect tiles_;
};

}  // namespace linli::app
