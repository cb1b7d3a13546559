#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "middleware/graphics/geometry.h"

namespace linli::graphics {

/// Opaque pixels in memory, each 0xffRRGGBB in the machine's byte order, line by line without gaps.
struct Image {
    Size size;
    std::vector<std::uint32_t> pixels;

    std::uint32_t at(Pixels x, Pixels y) const {
        return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) + static_cast<std::size_t>(x)];
    }
};

/// Decodes a PNG or JPEG picture. Refuses more than `most_pixels` before it takes memory for them.
base::Result<Image> decode_image(std::string_view bytes, std::int64_t most_pixels = 16'000'000);

/// Shrinks or enlarges to exactly `size`, each pixel the average of what it covers.
Image scale_image(const Image& image, Size size);
/// The largest size of the picture's proportions within `bounds`; never larger than twice the picture.
Size fit_within(Size picture, Size bounds);

Image crop_image(const Image& image, const Rect& area);
std::string encode_png(const Image& image);
/// `quality` from 1 to 100.
std::string encode_jpeg(const Image& image, int quality);

}  // namespace linli::graphics
