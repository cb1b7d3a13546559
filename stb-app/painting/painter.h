#pragma once

#include <memory>

#include "middleware/graphics/display.h"
#include "stb-app/layout/frame.h"

namespace linli::app {

/// Paints frames on a display, each time only where something changed.
class Painter {
  public:
    explicit Painter(graphics::Display& display) : display_(display) {}

    void paint(Frame frame);
    /// Shows the next television picture where the frame has room for one; its size should be that of the area.
    void show_picture(std::shared_ptr<const graphics::Image> picture);
    /// Paints everything again at the next `paint`.
    void forget() { has_frame_ = false; }

    const Frame& frame() const { return frame_; }

  private:
    void paint_area(const graphics::Rect& area);
    void paint_shape(const Shape& shape);
    void paint_code(const Shape& shape);

    graphics::Display& display_;
    Frame frame_;
    bool has_frame_ = false;
    std::shared_ptr<const graphics::Image> picture_;
};

}  // namespace linli::app
