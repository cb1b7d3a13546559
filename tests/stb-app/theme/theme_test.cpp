#include "stb-app/theme/theme.h"

#include <cmath>

#include "middleware/base/format.h"
#include "middleware/text/utf8.h"
#include "stb-app/household/household_store.h"
#include "stb-app/theme/symbols.h"
#include "tests/stb-app/support/television.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::app;
using linli::tests::test_metrics;

namespace {

constexpr Size kOutputs[] = {{1920, 1080}, {1280, 720}, {720, 576}};
constexpr TextSize kSizes[] = {TextSize::Standard, TextSize::Large, TextSize::ExtraLarge};

/// @spec WCAG 2.2, relative luminance
double luminance(Color color) {
    auto linear = [](std::uint8_t value) {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

/// @spec WCAG 2.2, contrast ratio
double contrast(Color a, Color b) {
    double light = std::max(luminance(a), luminance(b)),
           dark = std::min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

void check_contrast(double least, Color a, Color b) {
    double ratio = contrast(a, b);
    CHECK_TRUE_TEXT(ratio >= least,
                    base::format("#{:02x}{:02x}{:02x} on #{:02x}{:02x}{:02x}: {:.2f}, at least {}",
                                 a.red, a.green, a.blue, b.red, b.green, b.blue, ratio, least)
                        .c_str());
}

constexpr Color kGrounds[] = {colors::kGroundTop, colors::kGroundBottom, colors::kCard};

}  // namespace

// clang-format off
TEST_GROUP(Theme) {};
// clang-format on

TEST(Theme, ContrastIsMeasuredAsWcagDoes) {
    DOUBLES_EQUAL(21.0, contrast(graphics::rgb(0), graphics::rgb(0xFFFFFF)), 0.01);
    DOUBLES_EQUAL(4.54, contrast(graphics::rgb(0x767676), graphics::rgb(0xFFFFFF)), 0.01);
}

TEST(Theme, BodyTextHasSevenToOne) {
    for (Color ground : kGrounds)
        check_contrast(7, colors::kText, ground);
    check_contrast(7, colors::kTextOnFocus, colors::kFocus);
}

TEST(Theme, EverythingHasFourAndAHalfToOne) {
    for (Color ground : kGrounds) {
        check_contrast(4.5, colors::kMuted, ground);
        for (Color hue : colors::kHues)
            check_contrast(4.5, hue, ground);
    }
    check_contrast(4.5, colors::kMutedOnFocus, colors::kFocus);
    check_contrast(4.5, colors::kMuted, colors::kScreen);
    for (Color ground : {colors::kUrgent, colors::kImportant, colors::kRule})
        check_contrast(4.5, colors::kText, ground);
}

TEST(Theme, FocusHasThreeToOneAgainstWhatHasNone) {
    for (Color ground : kGrounds) {
        check_contrast(3, colors::kFocus, ground);
        check_contrast(3, colors::kFocusBorder, ground);
    }
}

TEST(Theme, ColouredKeysCanBeToldFromTheGround) {
    for (Color key : {colors::kKeyRed, colors::kKeyGreen, colors::kKeyYellow, colors::kKeyBlue})
        for (Color ground : {colors::kGroundTop, colors::kGroundBottom})
            check_contrast(3, key, ground);
}

TEST(Theme, HasNoPureWhiteAndNoPureBlack) {
    for (Color color : {colors::kText, colors::kFocusBorder, colors::kMuted})
        CHECK_FALSE(color == graphics::rgb(0xFFFFFF));
    for (Color color :
         {colors::kGroundTop, colors::kGroundBottom, colors::kScreen, colors::kTextOnFocus})
        CHECK_FALSE(color == graphics::rgb(0));
}

TEST(Theme, HuesAreEquallyLight) {
    double lightest = 0, darkest = 1;
    for (Color hue : colors::kHues) {
        lightest = std::max(lightest, luminance(hue));
        darkest = std::min(darkest, luminance(hue));
    }
    CHECK_TRUE((lightest + 0.05) / (darkest + 0.05) < 1.3);
}

TEST(Theme, TextSizesAreThoseOfTheRules) {
    CHECK_EQUAL(48, Theme({1920, 1080}, TextSize::Standard).body());
    CHECK_EQUAL(60, Theme({1920, 1080}, TextSize::Large).body());
    CHECK_EQUAL(100, Theme({1920, 1080}, TextSize::ExtraLarge).body());
    CHECK_EQUAL(40, Theme({1280, 720}, TextSize::Large).body());
    CHECK_EQUAL(32, Theme({720, 576}, TextSize::Large).body());
    CHECK_TRUE(Settings().text_size == TextSize::Large);
}

TEST(Theme, NoTextIsSmallerThanTheSmallest) {
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Theme theme(screen, size);
            Pixels least = theme.scaled(45);
            for (Pixels em : {theme.body(), theme.title(), theme.small(), theme.chrome(),
                              theme.button(), theme.number()})
                CHECK_TRUE(em >= least);
        }
    }
}

TEST(Theme, LinesStandAtLeastOneAndThreeTenthsApart) {
    for (Pixels em = 20; em <= 200; ++em) {
        CHECK_TRUE(Theme::line_height(em) >= 1.3 * em);
        CHECK_TRUE(Theme::reading_height(em) >= Theme::line_height(em));
    }
}

TEST(Theme, SafeAreaIsThatOfTheRules) {
    CHECK_TRUE(Theme({1920, 1080}, TextSize::Large).safe_area() == (Rect{96, 54, 1728, 972}));
    CHECK_TRUE(Theme({1280, 720}, TextSize::Large).safe_area() == (Rect{64, 36, 1152, 648}));
    Rect sd = Theme({720, 576}, TextSize::Large).safe_area();
    CHECK_TRUE(sd == (Rect{72, 57, 576, 462}));
}

TEST(Theme, FocusBorderIsNeverThin) {
    CHECK_TRUE(Theme({1920, 1080}, TextSize::Large).focus_border() >= 4);
    for (Size screen : kOutputs) {
        Theme theme(screen, TextSize::Large);
        CHECK_TRUE(theme.focus_border() >= 2);
        CHECK_TRUE(theme.focus_growth() >= 2);
    }
}

TEST(Theme, TelephoneNumberIsTheLargestText) {
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Theme theme(screen, size);
            CHECK_TRUE(theme.number() > theme.title());
            CHECK_TRUE(theme.number() > theme.body());
        }
    }
}

// clang-format off
TEST_GROUP(Symbols) {};
// clang-format on

TEST(Symbols, AreInTheFont) {
    for (const char* name : {"access-point",
                             "account-circle",
                             "account-group",
                             "alert",
                             "arrow-down-bold",
                             "arrow-left-bold",
                             "arrow-right-bold",
                             "arrow-up-bold",
                             "baby-carriage",
                             "book-open-variant",
                             "briefcase",
                             "broom",
                             "bullhorn",
                             "bus",
                             "calendar-check",
                             "cart",
                             "cash",
                             "check-circle",
                             "checkbox-blank-circle",
                             "cog",
                             "file-document",
                             "file-find",
                             "fire",
                             "flash",
                             "format-size",
                             "hand-heart",
                             "home",
                             "home-heart",
                             "hospital-box",
                             "human-cane",
                             "image",
                             "inbox",
                             "information",
                             "lan-disconnect",
                             "lock",
                             "magnify",
                             "map-marker-path",
                             "music",
                             "office-building",
                             "palm-tree",
                             "phone",
                             "pill",
                             "run",
                             "scale-balance",
                             "school",
                             "shield-account",
                             "storefront",
                             "television",
                             "timer-sand",
                             "tools",
                             "translate",
                             "truck-delivery",
                             "undo-variant",
                             "wifi-off"}) {
        std::string text = symbol(name);
        std::string_view rest = text;
        CHECK_TRUE_TEXT(test_metrics().has(text::take_character(rest), text::Face::Symbols), name);
        if (std::string_view(name) != "information")
            CHECK_TRUE_TEXT(text != symbol("information"), name);
    }
}

TEST(Symbols, UnknownNameGivesTheSignOfInformation) {
    CHECK_TEXT_EQUAL(symbol("information"), symbol("no-such-symbol"));
    CHECK_TEXT_EQUAL(symbol("information"), symbol(""));
    CHECK_TEXT_EQUAL(symbol("information"), symbol("zzz"));
}
