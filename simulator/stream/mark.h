#pragma once

#include <string_view>

#include "middleware/base/result.h"
#include "middleware/graphics/directfb_library.h"
#include "middleware/graphics/image.h"

namespace linli::simulator {

/// A channel's name as it stands in the corner of its pictures: brightness is strength. UI thread.
base::Result<graphics::Image> draw_mark(std::string_view name, graphics::DirectFbLibrary& directfb);

/// Lays it in white over the upper left corner.
void lay_mark(const graphics::Image& mark, graphics::Image& picture);

}  // namespace linli::simulator
