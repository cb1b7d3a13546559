#pragma once

#include "stb-app/layout/pen.h"
#include "stb-app/pages/page.h"

namespace linli::app {

/// What stands in the same place on every screen: the status line above, the title, the key legend at the foot.
/// Returns the area between them, which is the page's own.
Rect place_chrome(Pen& pen, const Page& page);

/// The key legend alone, in as many lines as the width of `area` asks for.
Pixels legend_height(Pen& pen, const Page& page, const Rect& area);
void place_legend(Pen& pen, const Page& page, const Rect& area);

/// The height of the status line alone.
Pixels status_height(Pen& pen, const StatusLine& status);

/// The buttons of a page, side by side (one below the other where they are too wide) at the foot of `body`.
/// Returns what is left of `body` above them. `areas` gets a rectangle for each element that is a button.
Rect place_buttons(Pen& pen, const Page& page, Rect body, std::vector<Rect>* areas);

}  // namespace linli::app
