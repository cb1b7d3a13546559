#pragma once

#include <string>

#include "stb-app/layout/pen.h"
#include "stb-app/pages/page.h"

namespace linli::app {

/// Takes one character more from the end of a text, for which "…" stands. False where there is nothing left to take.
bool leave_out_end(std::string& text);

/// Places a row with cells at the upper edge of `area`, title and cells beside each other where every cell is wide enough
/// to be read, the later cells below the first one where two columns are, and all below the title elsewhere. The widths
/// depend on nothing but the area, so that the rows of a list agree. Where a row alone is higher than the area the ends of
/// its cells are left out. Returns the height.
Pixels place_cell_row(Pen& pen, const RowElement& row, const Rect& area, bool has_focus);

}  // namespace linli::app
