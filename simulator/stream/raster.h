#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

/// The few tools that the scene of the sample stream is drawn with. Colours are display values from 0 to 1.
namespace linli::simulator {

struct Tint {
    float red = 0, green = 0, blue = 0;

    Tint operator+(const Tint& other) const { return {red + other.red, green + other.green, blue + other.blue}; }
    Tint operator*(float by) const { return {red * by, green * by, blue * by}; }
};

constexpr Tint tint(std::uint32_t rgb) {
    auto part = [&](int shift) { return static_cast<float>((rgb >> shift) & 0xFF) / 255.0f; };
    return {part(16), part(8), part(0)};
}

inline Tint mix(const Tint& from, const Tint& to, float share) {
    return {from.red + (to.red - from.red) * share, from.green + (to.green - from.green) * share,
            from.blue + (to.blue - from.blue) * share};
}

/// 0 below `from`, 1 above `to`, smooth between.
inline float smooth_step(float from, float to, float value) {
    float share = std::clamp((value - from) / (to - from), 0.0f, 1.0f);
    return share * share * (3.0f - 2.0f * share);
}

struct Raster {
    int width = 0, height = 0;
    std::vector<Tint> tints;

    Raster(int w, int h) : width(w), height(h), tints(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
    Tint* row(int y) { return tints.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width); }
    const Tint* row(int y) const { return tints.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width); }
};

/// How much of each pixel a figure covers. The figure's own origin is at (origin_x, origin_y) of it.
struct Silhouette {
    int width = 0, height = 0;
    float origin_x = 0, origin_y = 0;
    std::vector<float> coverage;

    float at(int x, int y) const { return coverage[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)]; }
};

/// Smooths the edge of a figure that is given as "is this point inside", in units of the 1024 × 576 design.
/// The figure lies between (left, top) and (right, bottom).
Silhouette cut_silhouette(float left, float top, float right, float bottom, float scale,
                          const std::function<bool(float x, float y)>& is_inside);

enum class Facing { Upright, Mirrored };
/// Lays a figure over the raster with its origin at (x, y), in pixels and with fractions. `Mirrored` turns it upside
/// down about its origin. `bend` moves each row sideways.
void lay_over(Raster& raster, const Silhouette& figure, float x, float y, const Tint& color, float opacity,
              Facing facing = Facing::Upright, const std::function<float(int y)>& bend = {});
/// A soft light at (x, y) that fades out at `radius`.
void add_glow(Raster& raster, float x, float y, float radius, const Tint& color, float strength);

/// Value noise in [0, 1] that repeats after `period` steps of x; deterministic.
float periodic_noise(float x, float y, int period, std::uint32_t seed);
/// Five octaves of it.
float periodic_clouds(float x, float y, int period, std::uint32_t seed);
/// A number in [0, 1) for each (x, y).
float hashed(int x, int y, std::uint32_t seed);

}  // namespace linli::simulator
