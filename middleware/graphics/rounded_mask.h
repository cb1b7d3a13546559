#pragma once

#include <cstdint>
#include <vector>

#include "middleware/graphics/geometry.h"

namespace linli::graphics {

/// How much of each pixel a disc of `radius` covers (0 to 255), line by line, 2 × radius pixels a line. Its four
/// quarters are the corners of a rounded rectangle.
std::vector<std::uint8_t> make_disc_mask(Pixels radius);

}  // namespace linli::graphics
