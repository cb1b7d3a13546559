#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "middleware/graphics/geometry.h"
#include "middleware/graphics/image.h"
#include "middleware/text/font.h"

namespace linli::app {

/// One thing to paint. Later shapes lie over earlier ones.
struct Shape {
    enum class Kind {
        Card,     ///< a filled rectangle with rounded corners
        Text,     ///< one run of text or a symbol
        Picture,  ///< an image of exactly the area's size
        Live,     ///< where the television picture is
        QrCode,   ///< the dark modules of `text` as a QR code, whose quiet zone fills the area to its edge
    };
    Kind kind = Kind::Card;
    graphics::Rect area;
    graphics::Color color;
    graphics::Pixels radius = 0;
    std::string text;
    text::FontSpec font;
    float x = 0;
    graphics::Pixels baseline = 0;
    std::shared_ptr<const graphics::Image> image;

    bool operator==(const Shape&) const = default;
};

/// A page, placed. What differs between two frames is what must be painted again.
struct Frame {
    std::vector<Shape> shapes;
    /// Where each element of the page is; empty where it is not on the screen.
    std::vector<graphics::Rect> elements;
    /// The television picture.
    std::optional<graphics::Rect> live;
};

/// The areas in which `next` looks different from `previous`: few, and not overlapping.
std::vector<graphics::Rect> changed_areas(const Frame& previous, const Frame& next);

}  // namespace linli::app
