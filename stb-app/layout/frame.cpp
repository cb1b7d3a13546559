#include "stb-app/layout/frame.h"

#include <algorithm>

namespace linli::app {

using graphics::Rect;

namespace {

void add_missing(const std::vector<Box>& from, const std::vector<Box>& in, std::vector<Rect>& areas) {
    // Pages change little from key to key and in the same order, so the search starts where the last one ended.
    std::size_t expected = 0;
    for (const Box& box : from) {
        auto begin = in.begin() + static_cast<std::ptrdiff_t>(std::min(expected, in.size()));
        auto found = std::find(begin, in.end(), box);
        if (found == in.end()) found = std::find(in.begin(), begin, box);
        if (found == in.end() || (found == begin && begin == in.end())) {
            areas.push_back(box.area);
        } else {
            expected = static_cast<std::size_t>(found - in.begin()) + 1;
        }
    }
}

/// Joins areas that overlap, and neighbours whose union is hardly larger than the two.
void merge(std::vector<Rect>& areas) {
    std::erase_if(areas, [](const Rect& area) { return area.empty(); });
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (std::size_t i = 0; i < areas.size(); ++i) {
            for (std::size_t j = i + 1; j < areas.size();) {
                Rect both = areas[i].united(areas[j]);
                bool is_cheap = both.area() * 4 <= (areas[i].area() + areas[j].area()) * 5;
                if (areas[i].intersects(areas[j]) || is_cheap) {
                    areas[i] = both;
                    areas.erase(areas.begin() + static_cast<std::ptrdiff_t>(j));
                    has_changed = true;
                } else {
                    ++j;
                }
            }
        }
    }
}

}  // namespace

std::vector<Rect> changed_areas(const Frame& previous, const Frame& next) {
    std::vector<Rect> areas;
    add_missing(previous.boxes, next.boxes, areas);
    add_missing(next.boxes, previous.boxes, areas);
    merge(areas);
    return areas;
}

}  // namespace linli::app
