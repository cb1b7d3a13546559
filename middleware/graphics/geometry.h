#pragma once

#include <algorithm>
#include <cstdint>

namespace linli::graphics {

/// Lengths and places on the output, in its pixels; the origin is the upper left corner.
using Pixels = int;

struct Size {
    Pixels width = 0;
    Pixels height = 0;
    bool operator==(const Size&) const = default;
};

struct Rect {
    Pixels x = 0;
    Pixels y = 0;
    Pixels width = 0;
    Pixels height = 0;

    Pixels right() const { return x + width; }
    Pixels bottom() const { return y + height; }
    bool empty() const { return width <= 0 || height <= 0; }
    Rect inset(Pixels by) const { return {x + by, y + by, width - 2 * by, height - 2 * by}; }
    bool intersects(const Rect& other) const {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }
    bool contains(const Rect& other) const {
        return x <= other.x && y <= other.y && right() >= other.right() && bottom() >= other.bottom();
    }
    Rect intersection(const Rect& other) const {
        Pixels left = std::max(x, other.x), top = std::max(y, other.y);
        return {left, top, std::min(right(), other.right()) - left, std::min(bottom(), other.bottom()) - top};
    }
    Rect united(const Rect& other) const {
        if (empty()) return other;
        if (other.empty()) return *this;
        Pixels left = std::min(x, other.x), top = std::min(y, other.y);
        return {left, top, std::max(right(), other.right()) - left, std::max(bottom(), other.bottom()) - top};
    }
    std::int64_t area() const { return empty() ? 0 : std::int64_t{width} * height; }
    bool operator==(const Rect&) const = default;
};

struct Color {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;
    bool operator==(const Color&) const = default;
};

/// 0xRRGGBB.
constexpr Color rgb(std::uint32_t value) {
    return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
            static_cast<std::uint8_t>(value), 255};
}

}  // namespace linli::graphics
