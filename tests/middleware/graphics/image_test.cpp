#include "middleware/graphics/image.h"

#include <random>

#include "middleware/graphics/rounded_mask.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::graphics;

namespace {

Image sample(Size size) {
    Image image{size, {}};
    for (Pixels y = 0; y < size.height; ++y)
        for (Pixels x = 0; x < size.width; ++x)
            image.pixels.push_back(0xFF000000u |
                                   static_cast<std::uint32_t>(x * 255 / size.width) << 16 |
                                   static_cast<std::uint32_t>(y * 255 / size.height) << 8 | 0x40);
    return image;
}

int channel(std::uint32_t pixel, int shift) {
    return static_cast<int>(pixel >> shift & 0xFF);
}

/// The header of a PNG of this size and nothing else.
std::string png_of_size(std::uint32_t width, std::uint32_t height) {
    std::string png = encode_png(sample({1, 1}));
    auto put = [&](std::size_t at, std::uint32_t value) {
        for (int i = 0; i < 4; ++i)
            png[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (24 - 8 * i));
    };
    put(16, width);
    put(20, height);
    // The checksum of IHDR. @spec PNG (ISO/IEC 15948) Annex D
    std::uint32_t crc = 0xFFFFFFFF;
    for (std::size_t i = 12; i < 29; ++i) {
        crc ^= static_cast<unsigned char>(png[i]);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
    }
    put(29, ~crc);
    return png;
}

}  // namespace

// clang-format off
TEST_GROUP(Image) {};
TEST_GROUP(RoundedMask) {};
// clang-format on

TEST(Image, PngComesBackAsItWas) {
    for (Size size : {Size{1, 1}, {37, 23}, {640, 3}}) {
        Image image = sample(size);
        auto decoded = decode_image(encode_png(image));
        CHECK_GOOD(decoded);
        CHECK_TRUE(decoded->size == size);
        CHECK_TRUE(decoded->pixels == image.pixels);
    }
}

TEST(Image, JpegComesBackAlmostAsItWas) {
    Image image = sample({64, 48});
    auto decoded = decode_image(encode_jpeg(image, 95));
    CHECK_GOOD(decoded);
    CHECK_TRUE(decoded->size == image.size);
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
        for (int shift : {0, 8, 16})
            CHECK_TRUE(std::abs(channel(image.pixels[i], shift) -
                                channel(decoded->pixels[i], shift)) < 24);
    for (std::uint32_t pixel : decoded->pixels)
        CHECK_EQUAL(0xFFu, pixel >> 24);
}

TEST(Image, RefusesWhatIsNeitherPngNorJpeg) {
    for (std::string_view bytes : {"", "GIF89a", "\x89", "\xFF\xD8", "<svg/>"}) {
        auto decoded = decode_image(bytes);
        CHECK_FALSE(decoded.has_value());
        CHECK_FALSE(decoded.error().message.empty());
    }
}

TEST(Image, RefusesATruncatedPngAndTakesNoMoreThanIsThereOfAJpeg) {
    Image image = sample({200, 150});
    std::string png = encode_png(image), jpeg = encode_jpeg(image, 80);
    for (std::size_t length = 0; length < png.size() - 12; length += 7)
        CHECK_FALSE(decode_image(png.substr(0, length)).has_value());
    // libjpeg fills what is missing with grey; what matters is that it ends.
    for (std::size_t length = 0; length < jpeg.size(); length += 7)
        (void)decode_image(std::string_view(jpeg).substr(0, length));
}

TEST(Image, RefusesHugeSizesBeforeItTakesMemoryForThem) {
    for (auto [width, height] : {std::pair{100'000u, 100'000u},
                                 {32768u, 32768u},
                                 {40'000u, 1u},
                                 {0u, 5u},
                                 {0x7FFFFFFFu, 0x7FFFFFFFu}})
        CHECK_FALSE(decode_image(png_of_size(width, height)).has_value());
    auto small = decode_image(encode_png(sample({100, 100})), 9'999);
    CHECK_FALSE(small.has_value());
    CHECK_TRUE(small.error().message.contains("100 x 100"));
    CHECK_FALSE(decode_image(encode_jpeg(sample({100, 100}), 80), 9'999).has_value());
}

TEST(Image, BearsDamage) {
    std::mt19937 random(5);
    for (const std::string& good :
         {encode_png(sample({60, 40})), encode_jpeg(sample({60, 40}), 80)}) {
        for (int i = 0; i < 500; ++i) {
            std::string bytes = good;
            for (int hits = 0; hits < 4; ++hits)
                bytes[random() % bytes.size()] = static_cast<char>(random());
            auto decoded = decode_image(bytes);
            if (decoded)
                CHECK_EQUAL(static_cast<std::size_t>(decoded->size.width) *
                                static_cast<std::size_t>(decoded->size.height),
                            decoded->pixels.size());
        }
    }
}

TEST(Image, ScalingKeepsFlatColoursAndMeans) {
    Image flat{{10, 10}, std::vector<std::uint32_t>(100, 0xFF336699)};
    for (Size size : {Size{3, 7}, {40, 40}, {1, 1}})
        for (std::uint32_t pixel : scale_image(flat, size).pixels)
            CHECK_TRUE(pixel == 0xFF336699);
    Image two{{2, 1}, {0xFF000000, 0xFFFEFEFE}};
    CHECK_TRUE(scale_image(two, {1, 1}).pixels[0] == 0xFF7F7F7F);
}

TEST(Image, FitsWithinItsBounds) {
    CHECK_TRUE(fit_within({1600, 900}, {800, 800}) == (Size{800, 450}));
    CHECK_TRUE(fit_within({100, 400}, {800, 200}) == (Size{50, 200}));
    // No more than twice as large as it is, and never nothing.
    CHECK_TRUE(fit_within({100, 50}, {1000, 1000}) == (Size{200, 100}));
    CHECK_TRUE(fit_within({10'000, 1}, {100, 100}) == (Size{100, 1}));
    CHECK_TRUE(fit_within({0, 5}, {100, 100}) == Size{});
}

TEST(Image, CropTakesWhatLiesInside) {
    Image image = sample({20, 10});
    Image part = crop_image(image, {15, 5, 100, 100});
    CHECK_TRUE(part.size == (Size{5, 5}));
    CHECK_TRUE(part.at(0, 0) == image.at(15, 5));
    CHECK_TRUE(part.at(4, 4) == image.at(19, 9));
    CHECK_TRUE(crop_image(image, {50, 50, 5, 5}).pixels.empty());
}

TEST(RoundedMask, IsFullInTheMiddleAndEmptyInTheCorners) {
    for (Pixels radius : {1, 2, 9, 18, 40}) {
        auto mask = make_disc_mask(radius);
        auto side = static_cast<std::size_t>(2 * radius);
        CHECK_EQUAL(side * side, mask.size());
        auto at = [&](std::size_t x, std::size_t y) { return mask[y * side + x]; };
        std::size_t middle = static_cast<std::size_t>(radius);
        if (radius > 2) {
            CHECK_EQUAL(255, at(middle, middle));
            CHECK_EQUAL(0, at(0, 0));
        }
        for (std::size_t y = 0; y < side; ++y) {
            for (std::size_t x = 0; x < side; ++x) {
                CHECK_EQUAL(at(x, y), at(side - 1 - x, y));
                CHECK_EQUAL(at(x, y), at(y, x));
            }
        }
    }
}

TEST(RoundedMask, CoversTheAreaOfADisc) {
    auto mask = make_disc_mask(30);
    double covered = 0;
    for (std::uint8_t value : mask)
        covered += value / 255.0;
    DOUBLES_EQUAL(3.14159 * 30 * 30, covered, 30);
}
