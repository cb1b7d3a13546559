#pragma once

#include "simulator/stream/raster.h"

/// What stands and floats in the scene. The origin of each is where it touches ground or water.
namespace linli::simulator {

/// A tower of seven roofs, 74 units high.
Silhouette cut_pagoda(float scale);
/// A fishing boat with an arched mat roof, 150 units long.
Silhouette cut_boat(float scale);
/// The one who stands in its stern, with a broad hat and an oar.
Silhouette cut_boatman(float scale);
/// A junk under sail, far away.
Silhouette cut_junk(float scale);
/// A bird with its wings at `lift` (-1 down, 1 up).
Silhouette cut_bird(float scale, float lift);

}  // namespace linli::simulator
