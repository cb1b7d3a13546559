#include "middleware/text/font_metrics.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::text;

// clang-format off
TEST_GROUP(FontMetrics) {
    std::unique_ptr<FontMetrics> open() {
        auto metrics = FontMetrics::open(FontFiles());
        CHECK_GOOD(metrics);
        return std::move(*metrics);
    }
};
// clang-format on

TEST(FontMetrics, IdeographsAreAnEmWide) {
    auto metrics = open();
    for (char32_t c : {U'停', U'，', U'一'})
        for (int size : {24, 40, 67, 100})
            DOUBLES_EQUAL(size, metrics->advance(c, {Face::Regular, size}), 0.01);
}

TEST(FontMetrics, FiguresAreEquallyWide) {
    auto metrics = open();
    for (Face face : {Face::Regular, Face::Bold})
        for (char32_t c = U'0'; c <= U'9'; ++c)
            DOUBLES_EQUAL(metrics->advance(U'0', {face, 40}), metrics->advance(c, {face, 40}),
                          0.001);
}

TEST(FontMetrics, WhatAFaceLacksIsAboutAnEm) {
    auto metrics = open();
    CHECK_FALSE(metrics->has(0x10FFFF, Face::Regular));
    CHECK_FALSE(metrics->has(0xFFFFFFFF, Face::Regular));
    DOUBLES_EQUAL(40, metrics->advance(0x10FFFF, {Face::Regular, 40}), 0.01);
}

TEST(FontMetrics, FontThatIsNotThereIsNamed) {
    FontFiles files;
    files.bold.path = "/no/such/font.ttc";
    auto metrics = FontMetrics::open(files);
    CHECK_FALSE(metrics.has_value());
    CHECK_TRUE(metrics.error().message.contains("/no/such/font.ttc"));
}

TEST(FontMetrics, FallbackMayBeMissing) {
    FontFiles files;
    files.fallback.path.clear();
    auto metrics = FontMetrics::open(files);
    CHECK_GOOD(metrics);
    CHECK_FALSE((*metrics)->has(U'停', Face::Fallback));
}
