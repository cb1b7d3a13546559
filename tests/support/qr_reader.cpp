#include "tests/support/qr_reader.h"

#include <zbar.h>

#include <vector>

namespace linli::tests {

std::string read_qr_code(const graphics::Image& picture) {
    std::vector<unsigned char> grey;
    grey.reserve(picture.pixels.size());
    for (std::uint32_t pixel : picture.pixels)
        grey.push_back(static_cast<unsigned char>(((pixel >> 16 & 0xFF) * 77 + (pixel >> 8 & 0xFF) * 150 + (pixel & 0xFF) * 29) >> 8));
    zbar::ImageScanner scanner;
    scanner.set_config(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
    scanner.set_config(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
    zbar::Image image(static_cast<unsigned>(picture.size.width), static_cast<unsigned>(picture.size.height), "Y800", grey.data(),
                      grey.size());
    if (scanner.scan(image) != 1) return {};
    return image.symbol_begin()->get_data();
}

}  // namespace linli::tests
