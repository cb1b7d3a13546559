#include "simulator/serve/frame_queue.h"

#include <algorithm>

namespace linli::simulator {

using graphics::Rect;

namespace {

/// More areas than these are sent as the one around them.
constexpr std::size_t kMostAreas = 6;

void merge(std::vector<Rect>& areas, Rect added) {
    // The union of two may touch a third.
    for (bool has_grown = true; has_grown;) {
        has_grown = false;
        for (std::size_t i = 0; i < areas.size(); ++i) {
            if (!areas[i].intersects(added)) continue;
            added = added.united(areas[i]);
            areas.erase(areas.begin() + static_cast<std::ptrdiff_t>(i));
            has_grown = true;
            break;
        }
    }
    areas.push_back(added);
    if (areas.size() <= kMostAreas) return;
    Rect all;
    for (const Rect& area : areas) all = all.united(area);
    areas = {all};
}

}  // namespace

std::vector<Rect> cut_out(const Rect& area, const Rect& hole) {
    Rect inner = area.intersection(hole);
    if (inner.empty()) return {area};
    std::vector<Rect> rest{{area.x, area.y, area.width, inner.y - area.y},
                           {area.x, inner.bottom(), area.width, area.bottom() - inner.bottom()},
                           {area.x, inner.y, inner.x - area.x, inner.height},
                           {inner.right(), inner.y, area.right() - inner.right(), inner.height}};
    std::erase_if(rest, [](const Rect& one) { return one.empty(); });
    return rest;
}

void FrameQueue::restart(graphics::Size screen) {
    areas_ = {{0, 0, screen.width, screen.height}};
    has_video_ = false;
}

void FrameQueue::add(std::span<const Rect> areas) {
    for (const Rect& area : areas) merge(areas_, area);
}

void FrameQueue::add_video() { has_video_ = true; }

std::optional<FrameQueue::Frame> FrameQueue::take(Instant now, std::optional<Rect> video) {
    if (is_in_flight_) return std::nullopt;
    Frame frame;
    bool is_video_touched = false;
    for (const Rect& area : areas_) {
        if (!video || !area.intersects(*video)) {
            frame.areas.push_back(area);
            continue;
        }
        is_video_touched = true;
        for (const Rect& rest : cut_out(area, *video)) frame.areas.push_back(rest);
    }
    if (video && (is_video_touched || is_video_due(now))) frame.video = video;
    if (!video) has_video_ = false;
    if (frame.areas.empty() && !frame.video) return std::nullopt;
    areas_.clear();
    if (frame.video) {
        has_video_ = false;
        last_video_ = now;
    }
    frame.number = ++number_;
    is_in_flight_ = true;
    return frame;
}

void FrameQueue::acknowledge(std::uint32_t number) {
    if (number == number_) is_in_flight_ = false;
}

std::optional<std::chrono::milliseconds> FrameQueue::delay(Instant now) const {
    if (is_in_flight_ || !has_video_) return std::nullopt;
    return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(last_video_ + kVideoPace - now));
}

}  // namespace linli::simulator
