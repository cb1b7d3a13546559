#include "simulator/stream/landscape.h"

#include <array>

#include "simulator/stream/figures.h"

namespace linli::simulator {

namespace {

struct Stop {
    float at;
    Tint color;
};
/// From the zenith to the water line.
constexpr std::array<Stop, 6> kSky{{{0.00f, tint(0x1B2B52)},
                                    {0.26f, tint(0x3A4576)},
                                    {0.48f, tint(0x7A6390)},
                                    {0.68f, tint(0xC98690)},
                                    {0.85f, tint(0xF3B183)},
                                    {1.00f, tint(0xFCDDA6)}}};

Tint gradient(float at) {
    for (std::size_t i = 1; i < kSky.size(); ++i)
        if (at <= kSky[i].at) return mix(kSky[i - 1].color, kSky[i].color, (at - kSky[i - 1].at) / (kSky[i].at - kSky[i - 1].at));
    return kSky.back().color;
}

/// A range of hills: its crest in design units, its colour at the crest and in the mist at its foot.
struct Range {
    float height, swell;
    float pitch;  // how many swells over the width
    std::uint32_t seed;
    Tint crest, foot;
};
constexpr std::array<Range, 4> kRanges{{{34, 62, 3.1f, 11, tint(0xB98195), tint(0xF0B795)},
                                        {22, 58, 4.0f, 23, tint(0x8A6A8E), tint(0xD79C92)},
                                        {8, 56, 3.3f, 37, tint(0x574F7B), tint(0x94708D)},
                                        {-8, 40, 4.6f, 59, tint(0x323A63), tint(0x4D4A74)}}};

float crest(const Range& range, float x) {
    float at = x / 1024.0f * range.pitch;
    float broad = periodic_noise(at, 0.5f, 64, range.seed);
    float fine = periodic_clouds(at * 5, 1.5f, 320, range.seed + 1);
    return range.height + range.swell * (broad * broad * 1.35f + 0.22f * fine);
}

/// The headland on the left, on which the tower stands.
float headland(float x) {
    float slope = 1.0f - smooth_step(40, 330, x);
    float trees = periodic_clouds(x / 13.0f, 4.5f, 512, 91) * 9.0f + periodic_noise(x / 4.5f, 2.5f, 512, 97) * 3.0f;
    return slope <= 0 ? -10 : slope * 74 + (trees - 4) * smooth_step(0, 0.12f, slope) - 1;
}

}  // namespace

Landscape::Landscape(int width, int horizon_, float scale)
    : horizon(horizon_), sky(width, horizon), cloud_tints(width, horizon), land(width, horizon) {
    clouds.resize(sky.tints.size());
    cover.resize(sky.tints.size());
    paint_sky(scale);
    paint_clouds(scale);
    paint_hills(scale);
    paint_town(scale);
}

void Landscape::paint_sky(float scale) {
    for (int y = 0; y < horizon; ++y) {
        float design_y = static_cast<float>(y) / scale;
        Tint base = gradient(design_y / kWaterLine);
        for (int x = 0; x < sky.width; ++x) {
            float dx = (static_cast<float>(x) / scale - kSunX), dy = design_y - kSunY;
            float distance = std::sqrt(dx * dx * 0.62f + dy * dy);
            Tint color = mix(base, tint(0xFFE9B8), 0.55f * std::exp(-distance / 95.0f));
            color = mix(color, tint(0xFF9E6B), 0.22f * std::exp(-distance / 260.0f));
            float disc = 1.0f - smooth_step(23.2f, 24.8f, std::sqrt(dx * dx + dy * dy));
            sky.row(y)[x] = mix(color, tint(0xFFF7DC), disc);
        }
    }
}

void Landscape::paint_clouds(float scale) {
    for (int y = 0; y < horizon; ++y) {
        float design_y = static_cast<float>(y) / scale;
        // Layers of cloud lie flatter the nearer they are to the horizon.
        float depth = 60.0f / (kWaterLine - design_y + 60.0f);
        float band = smooth_step(20, 120, design_y) * (1.0f - smooth_step(262, 330, design_y));
        for (int x = 0; x < sky.width; ++x) {
            float design_x = static_cast<float>(x) / scale;
            float noise = periodic_clouds(design_x / 128.0f, depth * 26.0f, 8, 7);
            float wisps = periodic_clouds(design_x / 64.0f, depth * 60.0f, 16, 31);
            auto index = static_cast<std::size_t>(y * sky.width + x);
            clouds[index] = smooth_step(0.47f, 0.80f, noise * 0.74f + wisps * 0.26f) * band;
            float dx = design_x - kSunX, dy = design_y - kSunY;
            float near_sun = std::exp(-std::sqrt(dx * dx * 0.35f + dy * dy) / 170.0f);
            float low = smooth_step(60, 300, design_y);
            Tint lit = mix(tint(0x6C6394), tint(0xE79A92), low);
            cloud_tints.row(y)[x] = mix(lit, tint(0xFFD49A), near_sun * 0.9f);
        }
    }
}

void Landscape::lay_land(int x, int y, const Tint& color, float share) {
    auto index = static_cast<std::size_t>(y * land.width + x);
    land.tints[index] = mix(land.tints[index], color, cover[index] > 0 ? share : 1.0f);
    cover[index] = cover[index] + (1 - cover[index]) * share;
}

void Landscape::paint_hills(float scale) {
    auto paint = [&](auto height_at, const Tint& crest_color, const Tint& foot_color, float mist) {
        for (int x = 0; x < land.width; ++x) {
            float top = (kWaterLine - height_at(static_cast<float>(x) / scale)) * scale;
            for (int y = std::max(0, static_cast<int>(top)); y < horizon; ++y) {
                float share = std::clamp(static_cast<float>(y) + 1.0f - top, 0.0f, 1.0f);
                float down = smooth_step(0, mist * scale, static_cast<float>(y) - top);
                lay_land(x, y, mix(crest_color, foot_color, down), share);
            }
        }
    };
    for (const Range& range : kRanges) paint([&](float x) { return crest(range, x); }, range.crest, range.foot, 70);
    paint(headland, tint(0x1C2547), tint(0x252C52), 60);

    Silhouette tower = cut_pagoda(scale);
    Raster ink(land.width, horizon);
    float tower_x = 118 * scale, tower_y = (kWaterLine - headland(118) + 5) * scale;
    lay_over(ink, tower, tower_x, tower_y, {1, 1, 1}, 1);
    for (int y = 0; y < horizon; ++y)
        for (int x = 0; x < land.width; ++x)
            if (float share = ink.row(y)[x].red; share > 0) lay_land(x, y, tint(0x1A2243), share);
    for (int tier = 0; tier < 6; ++tier)
        lights.push_back({tower_x, tower_y - (5.6f + 8.6f * static_cast<float>(tier)) * scale, 0.55f, hashed(tier, 0, 5)});
}

void Landscape::paint_town(float scale) {
    // Houses along the far shore on the right, with the first windows lit.
    int house = 0;
    for (float x = 560; x < 1024; ++house) {
        float width = 9 + hashed(house, 1, 71) * 17;
        float rise = 0.35f + 0.65f * smooth_step(560, 860, x);
        float height = (5 + hashed(house, 2, 71) * hashed(house, 2, 71) * 27) * rise;
        Tint wall = mix(tint(0x353A63), tint(0x282F57), hashed(house, 3, 71));
        for (int py = static_cast<int>((kWaterLine - height) * scale); py < horizon; ++py)
            for (int px = static_cast<int>(x * scale); px < std::min<int>(land.width, static_cast<int>((x + width) * scale)); ++px)
                lay_land(px, py, wall, 1);
        for (float wy = 4; wy < height - 2; wy += 4.5f)
            for (float wx = 3; wx < width - 2; wx += 4.5f)
                if (hashed(static_cast<int>(x + wx), static_cast<int>(wy), 83) > 0.66f)
                    lights.push_back({(x + wx) * scale, (kWaterLine - wy) * scale, 0.5f + 0.5f * hashed(house, static_cast<int>(wx), 3),
                                      hashed(house, static_cast<int>(wy), 9)});
        x += width + hashed(house, 4, 71) * 7;
    }
}

}  // namespace linli::simulator
