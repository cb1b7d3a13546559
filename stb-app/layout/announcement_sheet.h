#pragma once

#include "stb-app/layout/pen.h"
#include "stb-app/pages/page.h"

namespace linli::app {

/// Places the announcement of a page, where it has one, on a sheet along the foot of the screen: what it says, its choices,
/// and the legend where the page has its own. The sheet takes at most three fifths of the height, with smaller text where
/// it must; only text of the smallest size may make it higher, up to seven eighths. What is above it stays to be seen.
void place_announcement(Pen& pen, const Page& page, Frame& frame);

}  // namespace linli::app
