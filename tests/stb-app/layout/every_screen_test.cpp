#include <set>

#include "middleware/base/format.h"
#include "tests/stb-app/support/layout_faults.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using app::TextSize;
using text::Language;

namespace {

/// Says at most this much of what is wrong.
constexpr std::size_t kMostReport = 3000;

/// Tours the application with these settings and gives what is wrong with any page.
std::string faults_of_tour(graphics::Size screen, TextSize size, Language language) {
    Television tv({.screen = screen, .settings = {size, language}, .television = Receiving::SampleChannels});
    app::Theme theme = tv.theme();
    std::string report;
    std::set<std::string> known;
    tour(tv, [&](const std::string& place) {
        std::string faults = layout_faults(tv.page(), tv.frame(), theme);
        if (faults.empty() || !known.insert(faults).second) return;
        report += base::format("at {}, {} px, text size {}:\n{}", place, screen.height,
                               static_cast<int>(size), faults);
    });
    CHECK_EQUAL(0, tv.display->canvas().failures());
    return report.substr(0, kMostReport);
}

void check_tour(graphics::Size screen) {
    std::string faults;
    for (TextSize size : {TextSize::Standard, TextSize::Large, TextSize::ExtraLarge})
        for (Language language : {Language::Chinese, Language::English})
            faults += faults_of_tour(screen, size, language);
    CHECK_TEXT_EQUAL("", faults);
}

}  // namespace

// clang-format off
TEST_GROUP(EveryScreen) {};
// clang-format on

TEST(EveryScreen, KeepsItsPlacesOn1080Lines) {
    check_tour({1920, 1080});
}
TEST(EveryScreen, KeepsItsPlacesOn720Lines) {
    check_tour({1280, 720});
}
TEST(EveryScreen, KeepsItsPlacesOn576Lines) {
    check_tour({720, 576});
}
