#include "stb-app/layout/frame.h"

#include <algorithm>

namespace linli::app {

using graphics::Rect;

namespace {

void add_missing(const std::vector<Shape>& from, const std::vector<Shape>& in, std::vector<Rect>& areas) {
    // Pages change little from key to key and in the same order, so the search starts where the last one ended.
    std::size_t expected = 0;
    for (const Shape& shape : from) {
        std::size_t tried = 0;
        std::size_t at = expected;
        for (; tried < in.size(); ++tried, ++at) {
            if (at >= in.size()) at -= in.size();
            if (in[at] == shape) break;
        }
        if (tried == in.size()) {
            areas.push_back(shape.area);
        } else {
            expected = at + 1;
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
    add_missing(previous.shapes, next.shapes, areas);
    add_missing(next.shapes, previous.shapes, areas);
    merge(areas);
    return areas;
}

}  // namespace linli::app
