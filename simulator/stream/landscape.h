#pragma once

#include <vector>

#include "simulator/stream/raster.h"

namespace linli::simulator {

/// What of the scene does not move: a bay at dusk. Everything above the water line.
struct Landscape {
    /// In units of the 1024 × 576 design.
    static constexpr float kWaterLine = 362;
    static constexpr float kSunX = 668;
    static constexpr float kSunY = 306;

    struct Light {
        float x, y;      // pixels
        float strength;  // 0 to 1
        float twinkle;   // where in its flicker it begins, 0 to 1
    };

    Landscape(int width, int horizon, float scale);

    int horizon;
    Raster sky;
    /// How thick the clouds are, and their colour where they are thick. Repeats after `width`.
    std::vector<float> clouds;
    Raster cloud_tints;
    /// Hills, town and tower, and how much of the sky they cover.
    Raster land;
    std::vector<float> cover;
    std::vector<Light> lights;

  private:
    void paint_sky(float scale);
    void paint_clouds(float scale);
    void paint_hills(float scale);
    void paint_town(float scale);
    void lay_land(int x, int y, const Tint& color, float share);
};

}  // namespace linli::simulator
