#include "simulator/serve/video_watch.h"

#include <algorithm>

namespace linli::simulator {

namespace {

/// Pictures further apart than this are none of a film.
constexpr std::chrono::milliseconds kLongestGap{400};
/// A row that is moved up and down repaints the same area too, but no one presses so often in such a time.
constexpr int kEnough = 3;

}  // namespace

bool VideoWatch::hear(std::span<const graphics::Rect> areas, Instant now) {
    if (areas.size() == 1 && candidate_ == areas.front() && now - last_ <= kLongestGap) {
        ++repeats_;
        last_ = now;
        return repeats_ >= kEnough;
    }
    bool is_elsewhere = candidate_ && std::ranges::none_of(areas, [&](const auto& area) { return area.intersects(*candidate_); });
    // The rest of the screen may change beside a film that goes on.
    if (is_elsewhere && repeats_ >= kEnough && now - last_ <= kLongestGap) return false;
    candidate_.reset();
    repeats_ = 0;
    if (areas.size() == 1) {
        candidate_ = areas.front();
        last_ = now;
    }
    return false;
}

std::optional<graphics::Rect> VideoWatch::area(Instant now) const {
    if (repeats_ < kEnough || now - last_ > 2 * kLongestGap) return std::nullopt;
    return candidate_;
}

}  // namespace linli::simulator
