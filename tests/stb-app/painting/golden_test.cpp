// Pictures of a few pages, in tests/golden. Where a change of the look is meant:
//   LINLI_REWRITE_GOLDEN=1 build/bin/linli_tests_app -g Golden
// writes them anew; look at each before it is committed.

#include <cstdlib>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using app::TextSize;
using graphics::Image;

namespace {

/// Releases of FreeType differ a little at the edges of glyphs.
constexpr int kPixelTolerance = 40;
/// Of a thousand pixels, how many may differ more than that.
constexpr double kMostDifferent = 0.5;

const std::filesystem::path kGolden = LINLI_SOURCE_DIR "/tests/golden";
const std::filesystem::path kActual = LINLI_BUILD_DIR "/golden";

int distance(std::uint32_t a, std::uint32_t b) {
    int largest = 0;
    for (int shift : {0, 8, 16})
        largest = std::max(largest, std::abs(static_cast<int>(a >> shift & 0xFF) -
                                             static_cast<int>(b >> shift & 0xFF)));
    return largest;
}

/// White where the pictures differ, black where they do not.
Image difference(const Image& a, const Image& b, std::size_t& different) {
    Image out{a.size, std::vector<std::uint32_t>(a.pixels.size(), 0xFF000000)};
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        if (distance(a.pixels[i], b.pixels[i]) <= kPixelTolerance) continue;
        out.pixels[i] = 0xFFFFFFFF;
        ++different;
    }
    return out;
}

void write(const std::filesystem::path& file, const Image& image) {
    CHECK_GOOD(base::write_file_atomically(file, graphics::encode_png(image)));
}

void check_golden(const std::string& name, const Image& actual) {
    if (std::getenv("LINLI_REWRITE_GOLDEN") != nullptr) return write(kGolden / name, actual);
    auto bytes = base::read_file(kGolden / name);
    CHECK_GOOD(bytes);
    auto golden = graphics::decode_image(*bytes);
    CHECK_GOOD(golden);
    CHECK_TRUE_TEXT(golden->size == actual.size, name.c_str());
    std::size_t different = 0;
    Image where = difference(*golden, actual, different);
    if (static_cast<double>(different) * 1000 <=
        kMostDifferent * static_cast<double>(actual.pixels.size()))
        return;
    write(kActual / name, actual);
    write(kActual / ("difference-" + name), where);
    FAIL(base::format("{}: {} pixels differ; {} is what was painted, difference-{} shows where",
                      name, different, (kActual / name).string(), name)
             .c_str());
}

void check_all(const std::string& name, const char* way, std::string_view row) {
    for (auto [size, suffix] : {std::pair{TextSize::Standard, "standard"},
                                {TextSize::Large, "large"},
                                {TextSize::ExtraLarge, "extra-large"}}) {
        Television tv({.settings = {.text_size = size}});
        tv.press(way);
        if (!row.empty()) choose(tv, row);
        check_golden(base::format("{}-{}.png", name, suffix), tv.picture());
    }
}

}  // namespace

// clang-format off
TEST_GROUP(Golden) {};
// clang-format on

TEST(Golden, Home) {
    check_all("home", "", "");
}
TEST(Golden, Notices) {
    check_all("notices", "1", "");
}
TEST(Golden, Notice) {
    check_all("notice", "1", "水管爆裂");
}
