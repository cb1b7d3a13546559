#pragma once

#include <string>

#include "middleware/graphics/image.h"

namespace linli::tests {

/// What the QR code on a picture says, as a telephone would read it; empty where there is none, or more than one.
std::string read_qr_code(const graphics::Image& picture);

}  // namespace linli::tests
