#include "simulator/stream/mark.h"

#include <algorithm>

namespace linli::simulator {

base::Result<graphics::Image> draw_mark(std::string_view name, graphics::DirectFbLibrary& directfb) {
    constexpr graphics::Size kSize{460, 84};
    LINLI_TRY(display, directfb.open_virtual_display(kSize, {}, {}));
    graphics::Canvas& canvas = display->canvas();
    canvas.clip({0, 0, kSize.width, kSize.height});
    canvas.fill({0, 0, kSize.width, kSize.height}, graphics::rgb(0));
    canvas.draw_text(56, 64, name, {text::Face::Bold, 30}, graphics::rgb(0xB0B0B0));
    return canvas.read();
}

void lay_mark(const graphics::Image& mark, graphics::Image& picture) {
    for (int y = 0; y < std::min(mark.size.height, picture.size.height); ++y) {
        for (int x = 0; x < std::min(mark.size.width, picture.size.width); ++x) {
            std::uint32_t share = mark.at(x, y) & 0xFF;
            if (share == 0) continue;
            auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.size.width) + static_cast<std::size_t>(x);
            std::uint32_t& pixel = picture.pixels[at];
            auto lighter = [&](int shift) { return ((pixel >> shift & 0xFF) * (255 - share) + 255 * share) / 255 << shift; };
            pixel = 0xFF000000u | lighter(16) | lighter(8) | lighter(0);
        }
    }
}

}  // namespace linli::simulator
