#include "middleware/graphics/image.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <jpeglib.h>
#include <png.h>

#include "middleware/base/format.h"

namespace linli::graphics {
namespace {

constexpr std::uint32_t kOpaque = 0xFF000000;

base::Result<void> check_size(std::int64_t width, std::int64_t height, std::int64_t most_pixels) {
    if (width <= 0 || height <= 0 || width > 32768 || height > 32768 || width * height > most_pixels)
        return base::fail(base::format("the picture has {} x {} pixels, {} at most", width, height, most_pixels));
    return {};
}

Image make_image(Pixels width, Pixels height) {
    return {{width, height}, std::vector<std::uint32_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
}

/// What is transparent shows white paper, for which pictures with transparency are mostly drawn.
std::uint32_t lay_on_paper(std::uint32_t pixel) {
    std::uint32_t alpha = pixel >> 24;
    if (alpha == 255) return pixel;
    auto mix = [&](int shift) { return ((pixel >> shift & 0xFF) * alpha + 255 * (255 - alpha)) / 255 << shift; };
    return kOpaque | mix(16) | mix(8) | mix(0);
}

base::Result<Image> decode_png(std::string_view bytes, std::int64_t most_pixels) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()))
        return base::fail(base::format("not a readable PNG picture: {}", png.message));
    std::unique_ptr<png_image, decltype(&png_image_free)> owner(&png, png_image_free);
    LINLI_CHECK(check_size(png.width, png.height, most_pixels));
    png.format = PNG_FORMAT_BGRA;
    Image image = make_image(static_cast<Pixels>(png.width), static_cast<Pixels>(png.height));
    if (!png_image_finish_read(&png, nullptr, image.pixels.data(), 0, nullptr))
        return base::fail(base::format("not a readable PNG picture: {}", png.message));
    for (std::uint32_t& pixel : image.pixels) pixel = lay_on_paper(pixel);
    return image;
}

/// libjpeg reports mistakes by a jump; nothing with a destructor may live between here and there.
struct JpegError {
    jpeg_error_mgr manager;
    std::jmp_buf jump;
    char message[JMSG_LENGTH_MAX];
};

void on_jpeg_error(j_common_ptr common) {
    auto* error = reinterpret_cast<JpegError*>(common->err);
    (*common->err->format_message)(common, error->message);
    std::longjmp(error->jump, 1);
}

void on_jpeg_message(j_common_ptr) {}

base::Result<void> decode_jpeg_into(Image& image, std::string_view bytes, std::int64_t most_pixels) {
    JpegError error{};
    jpeg_decompress_struct jpeg{};
    jpeg.err = jpeg_std_error(&error.manager);
    error.manager.error_exit = on_jpeg_error;
    error.manager.output_message = on_jpeg_message;
    if (setjmp(error.jump)) {
        jpeg_destroy_decompress(&jpeg);
        return base::fail(base::format("not a readable JPEG picture: {}", error.message));
    }
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&jpeg, TRUE);
    if (auto checked = check_size(jpeg.image_width, jpeg.image_height, most_pixels); !checked) {
        jpeg_destroy_decompress(&jpeg);
        return std::unexpected(checked.error());
    }
    jpeg.out_color_space = JCS_EXT_BGRA;
    jpeg_start_decompress(&jpeg);
    image = make_image(static_cast<Pixels>(jpeg.output_width), static_cast<Pixels>(jpeg.output_height));
    while (jpeg.output_scanline < jpeg.output_height) {
        auto* row = reinterpret_cast<JSAMPLE*>(image.pixels.data() + std::size_t{jpeg.output_scanline} * jpeg.output_width);
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    return {};
}

base::Result<Image> decode_jpeg(std::string_view bytes, std::int64_t most_pixels) {
    Image image;
    LINLI_CHECK(decode_jpeg_into(image, bytes, most_pixels));
    return image;
}

}  // namespace

base::Result<Image> decode_image(std::string_view bytes, std::int64_t most_pixels) {
    if (bytes.starts_with("\x89PNG")) return decode_png(bytes, most_pixels);
    if (bytes.starts_with("\xFF\xD8\xFF")) return decode_jpeg(bytes, most_pixels);
    return base::fail("the picture is neither PNG nor JPEG");
}

Size fit_within(Size picture, Size bounds) {
    if (picture.width <= 0 || picture.height <= 0) return {};
    double scale = std::min({static_cast<double>(bounds.width) / picture.width,
                             static_cast<double>(bounds.height) / picture.height, 2.0});
    return {std::max(1, static_cast<Pixels>(picture.width * scale)), std::max(1, static_cast<Pixels>(picture.height * scale))};
}

Image scale_image(const Image& image, Size size) {
    Image out = make_image(size.width, size.height);
    for (Pixels y = 0; y < size.height; ++y) {
        Pixels top = static_cast<Pixels>(std::int64_t{y} * image.size.height / size.height);
        Pixels bottom = std::max(top + 1, static_cast<Pixels>(std::int64_t{y + 1} * image.size.height / size.height));
        for (Pixels x = 0; x < size.width; ++x) {
            Pixels left = static_cast<Pixels>(std::int64_t{x} * image.size.width / size.width);
            Pixels right = std::max(left + 1, static_cast<Pixels>(std::int64_t{x + 1} * image.size.width / size.width));
            std::uint32_t red = 0, green = 0, blue = 0, count = 0;
            for (Pixels from_y = top; from_y < bottom; ++from_y) {
                for (Pixels from_x = left; from_x < right; ++from_x, ++count) {
                    std::uint32_t pixel = image.at(from_x, from_y);
                    red += pixel >> 16 & 0xFF;
                    green += pixel >> 8 & 0xFF;
                    blue += pixel & 0xFF;
                }
            }
            out.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) + static_cast<std::size_t>(x)] =
                kOpaque | (red / count) << 16 | (green / count) << 8 | blue / count;
        }
    }
    return out;
}

Image crop_image(const Image& image, const Rect& area) {
    Rect inside = area.intersection({0, 0, image.size.width, image.size.height});
    if (inside.empty()) return {};
    Image out = make_image(inside.width, inside.height);
    for (Pixels y = 0; y < inside.height; ++y) {
        const std::uint32_t* from = image.pixels.data() +
                                    static_cast<std::size_t>(inside.y + y) * static_cast<std::size_t>(image.size.width) + inside.x;
        std::copy_n(from, inside.width, out.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(inside.width));
    }
    return out;
}

std::string encode_png(const Image& image) {
    std::string out;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(
        png, &out,
        [](png_structp p, png_bytep data, png_size_t size) {
            static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<char*>(data), size);
        },
        [](png_structp) {});
    // Screens are flat areas and repeating rows: the fastest level with one filter is small enough.
    png_set_compression_level(png, 1);
    png_set_filter(png, 0, PNG_FILTER_UP);
    png_set_IHDR(png, info, static_cast<png_uint_32>(image.size.width), static_cast<png_uint_32>(image.size.height), 8,
                 PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    png_set_bgr(png);
    png_set_filler(png, 0, PNG_FILLER_AFTER);
    for (Pixels y = 0; y < image.size.height; ++y) {
        const std::uint32_t* row = image.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.size.width);
        png_write_row(png, reinterpret_cast<png_const_bytep>(row));
    }
    png_write_end(png, nullptr);
    png_destroy_write_struct(&png, &info);
    return out;
}

std::string encode_jpeg(const Image& image, int quality) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr error{};
    jpeg.err = jpeg_std_error(&error);
    jpeg_create_compress(&jpeg);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &buffer, &size);
    jpeg.image_width = static_cast<JDIMENSION>(image.size.width);
    jpeg.image_height = static_cast<JDIMENSION>(image.size.height);
    jpeg.input_components = 4;
    jpeg.in_color_space = JCS_EXT_BGRX;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        auto* row = reinterpret_cast<JSAMPLE*>(const_cast<std::uint32_t*>(image.pixels.data()) +
                                               std::size_t{jpeg.next_scanline} * jpeg.image_width);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    std::string out(reinterpret_cast<char*>(buffer), size);
    std::free(buffer);
    return out;
}

}  // namespace linli::graphics
