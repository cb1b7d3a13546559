#include <algorithm>
#include <cstdlib>

#include "simulator/stream/chord.h"
#include "simulator/stream/scene.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;

namespace {

constexpr graphics::Size kSmall{256, 144};

graphics::Image draw(float phase) {
    Scene scene(kSmall, {});
    graphics::Image picture;
    scene.draw(phase, picture);
    return picture;
}

/// The mean difference of two pictures' green, in levels of 255.
double difference(const graphics::Image& a, const graphics::Image& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i)
        sum += std::abs(static_cast<int>(a.pixels[i] >> 8 & 0xFF) - static_cast<int>(b.pixels[i] >> 8 & 0xFF));
    return sum / static_cast<double>(a.pixels.size());
}

}  // namespace

TEST_GROUP(Stream) {};

TEST(Stream, SceneIsDeterministicAndMoves) {
    CHECK_TRUE(draw(0.3f).pixels == draw(0.3f).pixels);
    CHECK_TRUE(difference(draw(0.3f), draw(0.5f)) > 0.5);
}

TEST(Stream, EndOfARoundJoinsItsBeginning) {
    constexpr float kStep = 1.0f / 500;
    double usual = difference(draw(0.5f), draw(0.5f + kStep));
    double seam = difference(draw(1.0f - kStep), draw(0.0f));
    CHECK_TRUE(seam < 2 * usual + 0.5);
}

TEST(Stream, ChordIsSoftAndJoinsItself) {
    Chord chord(8000, 2);
    auto round = chord.next(16000);
    LONGS_EQUAL(32000, round.size());
    CHECK_TRUE(*std::ranges::max_element(round) < 4000);
    CHECK_TRUE(std::abs(round.front() - round[round.size() - 2]) < 400);
}
