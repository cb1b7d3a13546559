#pragma once

#include <array>
#include <vector>

#include "middleware/graphics/image.h"
#include "simulator/stream/landscape.h"

namespace linli::simulator {

/// The picture of the sample television stream: a bay at dusk, with drifting clouds, junks far out, a boat at its
/// moorings and reeds in front. Deterministic, and the end of a round joins its beginning.
class Scene {
  public:
    /// For pictures of 16:9. `mark` is laid over the upper left corner: white, as strong as its pixels are bright;
    /// it may be empty.
    Scene(graphics::Size size, graphics::Image mark);

    /// The picture at `phase` (0 to 1) of the round.
    void draw(float phase, graphics::Image& into);

  private:
    void draw_sky(float phase);
    void draw_life(float phase);
    void draw_water(float phase);
    void draw_boat(float phase);
    void draw_reeds(float phase);
    void finish(graphics::Image& into) const;
    float wave(float turns) const;
    float sparkle(float x, float y) const;

    graphics::Size size_;
    float scale_;
    Landscape landscape_;
    Raster raster_;
    Silhouette boat_, boatman_, junk_;
    std::array<Silhouette, 8> bird_;
    std::vector<float> sines_;
    std::vector<float> sparkle_;
    std::vector<float> grain_;
    std::vector<float> shade_;
    graphics::Image mark_;
};

}  // namespace linli::simulator
