#pragma once

#include "stb-app/layout/pen.h"
#include "stb-app/pages/page.h"

namespace linli::app {

/// Places a QR code on a light plate at the upper edge of `area`, no higher than it, its caption to the right of it (under
/// it where there is no room). Modules are whole pixels, at least 4 on 720 lines where that fits. Returns the height.
Pixels place_qr(Pen& pen, const QrElement& code, const Rect& area);

}  // namespace linli::app
