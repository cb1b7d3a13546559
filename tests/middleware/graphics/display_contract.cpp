#include "tests/middleware/graphics/display_contract.h"

#include <vector>

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using graphics::Color;
using graphics::Image;
using graphics::Pixels;
using graphics::Rect;

namespace {

constexpr Color kGround = graphics::rgb(0x102030);
constexpr Color kInk = graphics::rgb(0xFFC24B);
constexpr std::uint32_t kGroundPixel = 0xFF102030;
constexpr std::uint32_t kInkPixel = 0xFFFFC24B;

/// How many pixels of an area are not `pixel`.
int count_others(const Image& image, const Rect& area, std::uint32_t pixel) {
    int count = 0;
    for (Pixels y = area.y; y < area.bottom(); ++y)
        for (Pixels x = area.x; x < area.right(); ++x)
            count += image.at(x, y) != pixel;
    return count;
}

Rect whole(const Image& image) {
    return {0, 0, image.size.width, image.size.height};
}

}  // namespace

void DisplayContract::clear(Color color) {
    Rect all{0, 0, canvas_.size().width, canvas_.size().height};
    canvas_.clip(all);
    canvas_.fill(all, color);
}

void DisplayContract::check_paints_inside_the_clip_only() {
    clear(kGround);
    Rect clip{100, 60, 200, 120};
    canvas_.clip(clip);
    Rect all{0, 0, canvas_.size().width, canvas_.size().height};
    canvas_.fill(all, kInk);
    canvas_.fill_rounded({90, 50, 220, 140}, 20, kInk);
    canvas_.draw_text(80, 120, "停水通知 Notice", {text::Face::Bold, 60}, kInk);
    canvas_.draw_image({{40, 40}, std::vector<std::uint32_t>(1600, kInkPixel)}, 90, 50);
    Image image = canvas_.read();
    CHECK_EQUAL(0, count_others(image, clip, kInkPixel));
    CHECK_EQUAL(200 * 120, count_others(image, whole(image), kGroundPixel));
}

void DisplayContract::check_reads_back_what_was_painted() {
    clear(kGround);
    canvas_.fill({10, 20, 30, 40}, kInk);
    Image image = canvas_.read();
    CHECK_TRUE(image.size == canvas_.size());
    CHECK_EQUAL(0, count_others(image, {10, 20, 30, 40}, kInkPixel));
    CHECK_EQUAL(30 * 40, count_others(image, whole(image), kGroundPixel));
}

void DisplayContract::check_text_inks_where_it_stands() {
    clear(kGround);
    canvas_.draw_text(100, 200, "停水", {text::Face::Regular, 60}, kInk);
    Image image = canvas_.read();
    Rect box{96, 140, 128, 72};
    int inked = count_others(image, box, kGroundPixel);
    CHECK_TRUE(inked > 500 && inked < 6000);
    CHECK_EQUAL(inked, count_others(image, whole(image), kGroundPixel));
    // Nothing is drawn for nothing.
    clear(kGround);
    canvas_.draw_text(100, 200, "", {text::Face::Regular, 60}, kInk);
    CHECK_EQUAL(0, count_others(canvas_.read(), whole(image), kGroundPixel));
}

void DisplayContract::check_rounded_corners_leave_the_ground() {
    clear(kGround);
    Rect card{50, 50, 200, 100};
    canvas_.fill_rounded(card, 20, kInk);
    Image image = canvas_.read();
    for (Pixels x : {card.x, card.right() - 1})
        for (Pixels y : {card.y, card.bottom() - 1})
            CHECK_TRUE(image.at(x, y) == kGroundPixel);
    CHECK_EQUAL(0, count_others(image, {card.x + 20, card.y, 160, 100}, kInkPixel));
    CHECK_EQUAL(0, count_others(image, {card.x, card.y + 20, 200, 60}, kInkPixel));
    // Smooth: on the arc there are pixels between ground and ink.
    int between = 0;
    for (Pixels y = card.y; y < card.y + 20; ++y)
        for (Pixels x = card.x; x < card.x + 20; ++x)
            between += image.at(x, y) != kInkPixel && image.at(x, y) != kGroundPixel;
    CHECK_TRUE(between > 10);
    CHECK_EQUAL(200 * 100, count_others(image, whole(image), kGroundPixel) +
                               count_others(image, card, kInkPixel) - between * 4);
}

void DisplayContract::check_pictures_are_painted_as_they_are() {
    clear(kGround);
    Image picture{{3, 2}, {0xFF000001, 0xFF010203, 0xFFFFFFFF, 0xFF00FF00, 0xFFFF0000, 0xFF0000FF}};
    canvas_.draw_image(picture, 7, 9);
    Image image = canvas_.read();
    for (Pixels y = 0; y < 2; ++y)
        for (Pixels x = 0; x < 3; ++x)
            CHECK_TRUE(image.at(7 + x, 9 + y) == picture.at(x, y));
    CHECK_EQUAL(6, count_others(image, whole(image), kGroundPixel));
}

void DisplayContract::check_gradient_goes_from_top_to_bottom() {
    clear(kGround);
    canvas_.fill_gradient({0, 0, 40, 256}, graphics::rgb(0x000000), graphics::rgb(0xFF8000));
    Image image = canvas_.read();
    CHECK_TRUE(image.at(20, 0) == 0xFF000000);
    CHECK_TRUE(image.at(20, 255) == 0xFFFF8000);
    for (Pixels y = 1; y < 256; ++y)
        CHECK_TRUE(image.at(20, y) >= image.at(20, y - 1));
}

void DisplayContract::check_keeps_what_was_painted_when_it_is_presented() {
    clear(kGround);
    canvas_.fill({10, 10, 50, 50}, kInk);
    Image before = canvas_.read();
    Rect area{10, 10, 50, 50};
    display_.present({&area, 1});
    CHECK_TRUE(canvas_.read().pixels == before.pixels);
}

void DisplayContract::check_bears_what_cannot_be_painted() {
    clear(kGround);
    int failures = canvas_.failures();
    canvas_.fill({10, 10, 0, 50}, kInk);
    canvas_.fill({10, 10, -5, -5}, kInk);
    canvas_.fill({-500, -500, 20, 20}, kInk);
    canvas_.fill_rounded({100, 100, 3, 3}, 50, kGround);
    canvas_.fill_gradient({0, 0, 0, 0}, kInk, kInk);
    CHECK_EQUAL(failures, canvas_.failures());
    CHECK_EQUAL(0, count_others(canvas_.read(), {0, 0, 90, 90}, kGroundPixel));
}

}  // namespace linli::tests
