#pragma once

#include <chrono>
#include <optional>
#include <span>

#include "middleware/graphics/geometry.h"

namespace linli::simulator {

/// Tells television from the rest of the screen by how it behaves: the same area alone, again and again.
class VideoWatch {
  public:
    using Instant = std::chrono::steady_clock::time_point;

    /// Hears what was presented; true when it was a television picture.
    bool hear(std::span<const graphics::Rect> areas, Instant now);
    /// Where the television picture is; nothing when there is none, or when it has stood still for a while.
    std::optional<graphics::Rect> area(Instant now) const;

  private:
    std::optional<graphics::Rect> candidate_;
    int repeats_ = 0;
    Instant last_{};
};

}  // namespace linli::simulator
