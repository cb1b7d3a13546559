#pragma once

#include "stb-app/layout/pen.h"
#include "stb-app/pages/page.h"

namespace linli::app {

/// Places one element of a column at the upper edge of `area` (whose height is what a picture may take at most)
/// and returns its height.
Pixels place_element(Pen& pen, const Element& element, const Rect& area, bool has_focus);

/// How far the text of a paragraph is indented.
Pixels paragraph_indent(Pen& pen, const ParagraphElement& paragraph);

/// The distance between two elements of a column.
Pixels gap_between(const Theme& theme, const Element& above, const Element& below);

/// A table that is too wide for its columns is read as a list: each row a group of "heading: cell".
bool table_fits(Pen& pen, const TableElement& table, Pixels width);

}  // namespace linli::app
