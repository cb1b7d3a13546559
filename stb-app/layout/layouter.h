#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "middleware/text/typesetter.h"
#include "stb-app/layout/frame.h"
#include "stb-app/pages/page.h"
#include "stb-app/theme/theme.h"

namespace linli::app {

/// Places the elements of a page on the screen, and tells how much fits on one. Nothing is ever cut off: a long
/// name wraps, a long text becomes pages, a table that is too wide becomes a list.
class Layouter {
  public:
    Layouter(const Theme& theme, text::Typesetter& typesetter) : theme_(theme), typesetter_(typesetter) {}

    Frame lay_out(const Page& page);

    /// The status line that stands over every page that is measured from now on. True when it takes another height
    /// than the one before, so that what was measured no longer holds.
    bool set_status(const StatusLine& status);

    /// Splits the elements of a Column page over as many pages as they need. `first` and `rest` give title, legend
    /// and buttons of the first page and of the others, whose room is not available. A heading never ends a page; a
    /// paragraph is split between lines.
    std::vector<std::vector<Element>> paginate(const Page& first, const Page& rest, std::vector<Element> elements);

    /// A state and the number to call belong on one page: where the first one has no room for both, the sentence takes
    /// the place of its title, and the hint follows the number.
    void keep_number_with_state(Page& first, std::vector<Element>& elements);

    /// How many rows of a list, from `first` on, fill a page under the elements that it has: at least one, at most as
    /// many as there are digit keys. `row` gives a row with its number and the longest texts that it may get.
    std::size_t rows_on_page(const Page& page, std::size_t first, std::size_t count,
                             const std::function<RowElement(std::size_t)>& row);

    /// How many of the tiles fit on Home at once; at least one.
    std::size_t tiles_per_page(const Page& page, const std::vector<TileElement>& tiles);
    /// Whether the line under the live window has room for the text.
    bool headline_fits(const Page& page, const HeadlineElement& headline);

    const Theme& theme() const { return theme_; }

  private:
    Page with_status(Page page) const;

    const Theme& theme_;
    text::Typesetter& typesetter_;
    StatusLine status_;
};

/// The element that an arrow leads to from `focus`, by where the elements are; `focus` itself where there is none.
std::size_t neighbour(const Page& page, const Frame& frame, input::Key arrow);

}  // namespace linli::app
