#pragma once

#include "stb-app/layout/pen.h"
#include "stb-app/pages/page.h"

namespace linli::app {

/// Places the banner of the channel with the keys of the page at the foot of the screen, over the picture. Returns where.
Rect place_banner(Pen& pen, const BannerElement& banner, const Page& page);

}  // namespace linli::app
