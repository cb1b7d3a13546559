#include "middleware/text/font_metrics.h"
#include "middleware/text/utf8.h"
#include "tests/middleware/graphics/display_contract.h"
#include "tests/support/check.h"
#include "tests/support/directfb.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;

namespace {

constexpr graphics::Size kScreen{1280, 720};

/// The primary surface can be opened once a process.
graphics::Display& primary() {
    static const std::unique_ptr<graphics::Display> display = [] {
        auto opened = directfb().open_display(text::FontFiles());
        CHECK_GOOD(opened);
        return std::move(*opened);
    }();
    return *display;
}

std::unique_ptr<graphics::Display> make_virtual(
    std::function<void(std::span<const graphics::Rect>)> on_present = {}) {
    auto opened =
        directfb().open_virtual_display(kScreen, text::FontFiles(), std::move(on_present));
    CHECK_GOOD(opened);
    return std::move(*opened);
}

/// Runs one rule of the contract on every display.
void check_all(void (DisplayContract::*rule)()) {
    (DisplayContract(primary()).*rule)();
    auto display = make_virtual();
    (DisplayContract(*display).*rule)();
}

}  // namespace

// clang-format off
TEST_GROUP(Displays) {};
// clang-format on

TEST(Displays, AreNotOpenedWithoutTheirFont) {
    text::FontFiles fonts;
    fonts.regular.path = "/nowhere/letters.ttf";
    auto opened = directfb().open_virtual_display(kScreen, fonts, {});
    CHECK_FALSE(opened.has_value());
    CHECK_TRUE(opened.error().message.contains("/nowhere/letters.ttf"));
}
TEST(Displays, PaintInsideTheClipOnly) {
    check_all(&DisplayContract::check_paints_inside_the_clip_only);
}
TEST(Displays, ReadBackWhatWasPainted) {
    check_all(&DisplayContract::check_reads_back_what_was_painted);
}
TEST(Displays, InkTextWhereItStands) {
    check_all(&DisplayContract::check_text_inks_where_it_stands);
}
TEST(Displays, LeaveTheGroundAtRoundedCorners) {
    check_all(&DisplayContract::check_rounded_corners_leave_the_ground);
}
TEST(Displays, PaintPicturesAsTheyAre) {
    check_all(&DisplayContract::check_pictures_are_painted_as_they_are);
}
TEST(Displays, GradeFromTopToBottom) {
    check_all(&DisplayContract::check_gradient_goes_from_top_to_bottom);
}
TEST(Displays, KeepWhatWasPresented) {
    check_all(&DisplayContract::check_keeps_what_was_painted_when_it_is_presented);
}
TEST(Displays, BearWhatCannotBePainted) {
    check_all(&DisplayContract::check_bears_what_cannot_be_painted);
}

TEST(Displays, HaveTheSizeThatWasAskedFor) {
    CHECK_TRUE(primary().canvas().size() == kScreen);
    auto opened = directfb().open_virtual_display({720, 576}, text::FontFiles(), {});
    CHECK_GOOD(opened);
    CHECK_TRUE((*opened)->canvas().size() == (graphics::Size{720, 576}));
}

TEST(Displays, TellWhatWasPresentedWhereNobodySees) {
    std::vector<graphics::Rect> heard;
    auto display = make_virtual(
        [&](std::span<const graphics::Rect> areas) { heard.assign(areas.begin(), areas.end()); });
    graphics::Rect areas[] = {{0, 0, 10, 10}, {20, 20, 5, 5}};
    display->present(areas);
    CHECK_EQUAL(2u, heard.size());
    CHECK_TRUE(heard[1] == areas[1]);
}

TEST(Displays, PaintTheSame) {
    auto display = make_virtual();
    for (graphics::Canvas* canvas : {&primary().canvas(), &display->canvas()}) {
        canvas->clip({0, 0, 1280, 720});
        canvas->fill_gradient({0, 0, 1280, 720}, graphics::rgb(0x10303A), graphics::rgb(0x0A2028));
        canvas->fill_rounded({100, 100, 400, 80}, 12, graphics::rgb(0x163E47));
        canvas->draw_text(120.3f, 150, "停水通知 14:00", {text::Face::Bold, 40},
                          graphics::rgb(0xF3EFE4));
    }
    CHECK_TRUE(primary().canvas().read().pixels == display->canvas().read().pixels);
}

TEST(Displays, AdvanceAsFarAsTheFontMetricsSay) {
    auto metrics = text::FontMetrics::open(text::FontFiles());
    CHECK_GOOD(metrics);
    auto display = make_virtual();
    graphics::Canvas& canvas = display->canvas();
    auto last_inked_column = [&](std::string_view text, text::FontSpec font) {
        canvas.fill({0, 0, kScreen.width, kScreen.height}, graphics::rgb(0));
        canvas.draw_text(0, 200, text, font, graphics::rgb(0xFFFFFF));
        graphics::Image image = canvas.read();
        for (graphics::Pixels x = kScreen.width; x-- > 0;)
            for (graphics::Pixels y = 0; y < kScreen.height; ++y)
                if (image.at(x, y) != 0xFF000000) return x;
        return 0;
    };
    for (text::Face face : {text::Face::Regular, text::Face::Bold}) {
        for (int size : {24, 33, 40, 67}) {
            for (const char* text :
                 {"停水通知", "14:00", "Please call 000-8800", "AVAToWiliImm", "（星期一）"}) {
                float measured = 0;
                for (std::string_view rest = text; !rest.empty();)
                    measured += (*metrics)->advance(text::take_character(rest), {face, size});
                std::string with_mark = std::string(text) + "■";
                int drawn = last_inked_column(with_mark, {face, size}) -
                            last_inked_column("■", {face, size});
                DOUBLES_EQUAL(measured, drawn, 1.5);
            }
        }
    }
}

TEST(Displays, CountAFontThatIsNotThere) {
    text::FontFiles fonts;
    fonts.bold.path = "/no/such/font.ttf";
    auto opened = directfb().open_virtual_display(kScreen, fonts, {});
    CHECK_GOOD(opened);
    (*opened)->canvas().draw_text(10, 50, "停水", {text::Face::Bold, 40},
                                  graphics::rgb(0xFFFFFF));
    CHECK_TRUE((*opened)->canvas().failures() > 0);
}
