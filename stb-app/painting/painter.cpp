#include "stb-app/painting/painter.h"

#include <algorithm>

#include "middleware/graphics/qr_code.h"
#include "stb-app/theme/theme.h"

namespace linli::app {

using graphics::Canvas;

void Painter::paint(Frame frame) {
    Size size = display_.canvas().size();
    Rect screen{0, 0, size.width, size.height};
    std::vector<Rect> areas;
    if (has_frame_) {
        areas = changed_areas(frame_, frame);
    } else {
        areas.push_back(screen);
    }
    frame_ = std::move(frame);
    has_frame_ = true;
    std::erase_if(areas, [&](Rect& area) {
        area = area.intersection(screen);
        return area.empty();
    });
    if (areas.empty()) return;
    for (const Rect& area : areas) paint_area(area);
    display_.present(areas);
}

void Painter::show_picture(std::shared_ptr<const graphics::Image> picture) {
    picture_ = std::move(picture);
    if (!has_frame_ || !frame_.live) return;
    paint_area(*frame_.live);
    display_.present(std::span(&*frame_.live, 1));
}

void Painter::paint_area(const Rect& area) {
    Canvas& canvas = display_.canvas();
    canvas.clip(area);
    // What lies under an opaque picture need not be painted.
    bool is_covered = frame_.live && frame_.live->contains(area);
    if (!is_covered) {
        Size size = canvas.size();
        canvas.fill_gradient({0, 0, size.width, size.height}, colors::kGroundTop, colors::kGroundBottom);
    }
    for (const Shape& shape : frame_.shapes)
        if (shape.area.intersects(area)) paint_shape(shape);
}

void Painter::paint_shape(const Shape& shape) {
    Canvas& canvas = display_.canvas();
    switch (shape.kind) {
        case Shape::Kind::Card: canvas.fill_rounded(shape.area, shape.radius, shape.color); break;
        case Shape::Kind::Text: canvas.draw_text(shape.x, shape.baseline, shape.text, shape.font, shape.color); break;
        case Shape::Kind::Picture: canvas.draw_image(*shape.image, shape.area.x, shape.area.y); break;
        case Shape::Kind::Live:
            if (picture_ != nullptr && picture_->size == Size{shape.area.width, shape.area.height}) {
                canvas.draw_image(*picture_, shape.area.x, shape.area.y);
            } else {
                canvas.fill(shape.area, shape.color);
            }
            break;
        case Shape::Kind::QrCode: paint_code(shape); break;
    }
}

void Painter::paint_code(const Shape& shape) {
    auto code = graphics::make_qr_code(shape.text);
    if (!code) return;
    Pixels module = shape.area.width / code->side_with_quiet_zone();
    for (int y = 0; y < code->side; ++y) {
        for (int x = 0; x < code->side;) {
            int end = x;
            while (end < code->side && code->is_dark(end, y)) ++end;
            Pixels left = shape.area.x + (x + graphics::kQuietModules) * module;
            Pixels top = shape.area.y + (y + graphics::kQuietModules) * module;
            display_.canvas().fill({left, top, (end - x) * module, module}, shape.color);
            x = std::max(end, x + 1);
        }
    }
}

}  // namespace linli::app
