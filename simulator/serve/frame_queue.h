#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "middleware/graphics/geometry.h"

namespace linli::simulator {

/// What has changed and must still go to one browser. The next frame goes out when the last one was acknowledged;
/// until then changes add up, and of television pictures only the newest counts.
class FrameQueue {
  public:
    using Instant = std::chrono::steady_clock::time_point;
    /// No more television pictures a second than this, to be kind to small machines.
    static constexpr std::chrono::milliseconds kVideoPace{1000 / 15};

    struct Frame {
        std::uint32_t number = 0;
        /// They do not overlap `video`.
        std::vector<graphics::Rect> areas;
        std::optional<graphics::Rect> video;
    };

    /// A browser that has nothing yet, or a new screen.
    void restart(graphics::Size screen);
    void add(std::span<const graphics::Rect> areas);
    /// There is a new television picture.
    void add_video();

    /// What is to be sent now. `video` is where the television picture is, if it is anywhere: changes within it
    /// are sent as such.
    std::optional<Frame> take(Instant now, std::optional<graphics::Rect> video);
    void acknowledge(std::uint32_t number);
    /// How long to wait before the next `take`, where only the pace of the television holds it back.
    std::optional<std::chrono::milliseconds> delay(Instant now) const;

  private:
    bool is_video_due(Instant now) const { return has_video_ && now >= last_video_ + kVideoPace; }

    std::vector<graphics::Rect> areas_;
    bool has_video_ = false;
    Instant last_video_{};
    std::uint32_t number_ = 0;
    bool is_in_flight_ = false;
};

/// What is left of an area outside of a hole.
std::vector<graphics::Rect> cut_out(const graphics::Rect& area, const graphics::Rect& hole);

}  // namespace linli::simulator
