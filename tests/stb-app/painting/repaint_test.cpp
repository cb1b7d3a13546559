#include <cstdio>
#include <random>

#include "middleware/base/format.h"
#include "stb-app/painting/painter.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"
#include "tests/support/directfb.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;

namespace {

constexpr unsigned kSeed = 3;
constexpr int kKeys = 300;

std::string first_difference(const graphics::Image& expected, const graphics::Image& actual) {
    for (graphics::Pixels y = 0; y < expected.size.height; ++y)
        for (graphics::Pixels x = 0; x < expected.size.width; ++x)
            if (expected.at(x, y) != actual.at(x, y))
                return base::format("pixel ({}, {}) is {:08x} and not {:08x}", x, y,
                                    actual.at(x, y), expected.at(x, y));
    return {};
}

/// Paints each frame anew on a display of its own.
class FullPainter {
  public:
    explicit FullPainter(graphics::Size size) {
        auto opened = directfb().open_virtual_display(size, text::FontFiles(), {});
        CHECK_GOOD(opened);
        display_ = std::move(*opened);
        painter_ = std::make_unique<app::Painter>(*display_);
    }
    graphics::Image paint(app::Frame frame) {
        painter_->forget();
        painter_->paint(std::move(frame));
        return display_->canvas().read();
    }

  private:
    std::unique_ptr<graphics::Display> display_;
    std::unique_ptr<app::Painter> painter_;
};

}  // namespace

// clang-format off
TEST_GROUP(Repaint) {};
// clang-format on

TEST(Repaint, PaintsWhatAFullPaintWould) {
    std::printf("\nseed %u\n", kSeed);
    constexpr graphics::Size kScreen{1280, 720};
    Television tv({.screen = kScreen, .television = Receiving::SampleChannels});
    FullPainter full(kScreen);
    std::mt19937 random(kSeed);
    static constexpr const char* kKeyNames[] = {"UP",   "DOWN", "DOWN",  "DOWN", "LEFT", "RIGHT",
                                                "OK",   "OK",   "1",     "2",    "4",    "8",
                                                "BACK", "HOME", "GREEN", "RED"};
    for (int i = 0; i < kKeys; ++i) {
        std::string before = tv.text();
        const char* key = kKeyNames[random() % std::size(kKeyNames)];
        tv.press(key);
        std::string difference = first_difference(full.paint(tv.frame()), tv.picture());
        if (!difference.empty())
            FAIL(base::format("key {} ({}): {}\nfrom\n{}to\n{}", i + 1, key, difference, before,
                              tv.text())
                     .c_str());
    }
}
