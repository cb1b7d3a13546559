#include "middleware/graphics/qr_code.h"

#include "tests/support/check.h"
#include "tests/support/qr_reader.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;

namespace {

/// As it would be printed: black on white, four pixels a module.
graphics::Image printed(const graphics::QrCode& code) {
    constexpr int kModule = 4;
    int side = code.side_with_quiet_zone() * kModule;
    graphics::Image image{{side, side}, std::vector<std::uint32_t>(static_cast<std::size_t>(side * side), 0xFFFFFFFF)};
    for (int y = 0; y < code.side * kModule; ++y)
        for (int x = 0; x < code.side * kModule; ++x)
            if (code.is_dark(x / kModule, y / kModule))
                image.pixels[static_cast<std::size_t>((y + graphics::kQuietModules * kModule) * side + x +
                                                      graphics::kQuietModules * kModule)] = 0xFF000000;
    return image;
}

}  // namespace

// clang-format off
TEST_GROUP(QrCode) {};
// clang-format on

TEST(QrCode, IsReadBackByAnotherProgram) {
    for (std::string text : {std::string("A"), std::string("http://127.0.0.1/?x=1"), std::string("老年人免费体检 000-8800-1101"),
                             std::string(300, '7'), std::string(1000, 'z')}) {
        auto code = graphics::make_qr_code(text);
        CHECK_GOOD(code);
        CHECK_TEXT_EQUAL(text, read_qr_code(printed(*code)));
    }
}

TEST(QrCode, IsAsSmallAsTheTextAllows) {
    LONGS_EQUAL(21, graphics::make_qr_code("A")->side);
    LONGS_EQUAL(29, graphics::make_qr_code("A")->side_with_quiet_zone());
    CHECK_TRUE(graphics::make_qr_code(std::string(340, 'x'))->side <= 65);
}

TEST(QrCode, RefusesWhatNoTelephoneCouldReadFromATelevision) {
    CHECK_FALSE(graphics::make_qr_code("").has_value());
    auto too_long = graphics::make_qr_code(std::string(1001, 'x'));
    CHECK_FALSE(too_long.has_value());
    CHECK_TRUE(too_long.error().message.contains("1001 bytes"));
}
