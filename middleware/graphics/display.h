#pragma once

#include <span>

#include "middleware/graphics/canvas.h"

namespace linli::graphics {

/// A screen: a canvas to paint on, and the act of showing what was painted. UI thread only.
/// Every backend passes tests/middleware/graphics/display_contract.h.
class Display {
  public:
    virtual ~Display() = default;
    virtual Canvas& canvas() = 0;
    /// Shows what was painted inside `areas`; what is outside them was not touched since the last call.
    virtual void present(std::span<const Rect> areas) = 0;
};

}  // namespace linli::graphics
