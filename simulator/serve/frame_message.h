#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "middleware/graphics/geometry.h"

namespace linli::simulator {

enum class PictureKind : std::uint8_t { Png = 1, Jpeg = 2 };

/// A part of the screen, encoded.
struct FramePart {
    graphics::Rect area;
    PictureKind kind = PictureKind::Png;
    std::string bytes;
};

/// What has changed on the screen, as one binary message to a browser: the browser shows all parts at once and then
/// acknowledges the number. All numbers are big-endian:
///   4 bytes  number of the frame          2 + 2  width and height of the screen
///   then for each part: 1 kind, 1 zero, 2 + 2 + 2 + 2 x, y, width, height, 4 length, and so many bytes of the picture
struct FrameMessage {
    std::uint32_t number = 0;
    graphics::Size screen;
    std::vector<FramePart> parts;
};

std::string write_frame(const FrameMessage& frame);

}  // namespace linli::simulator
