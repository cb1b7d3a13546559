#include "simulator/serve/video_watch.h"

#include <array>

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;
using graphics::Rect;
using namespace std::chrono_literals;

TEST_GROUP(VideoWatch) {
    VideoWatch watch;
    VideoWatch::Instant now{1h};
    const Rect video{0, 80, 800, 450};
    const Rect row{850, 80, 300, 60};

    bool present(const Rect& area, std::chrono::milliseconds later = 40ms) {
        now += later;
        return watch.hear(std::span(&area, 1), now);
    }
    void play(int pictures) {
        for (int i = 0; i < pictures; ++i) present(video);
    }
};

TEST(VideoWatch, IsTheSameAreaAgainAndAgain) {
    CHECK_FALSE(present(video));
    CHECK_FALSE(watch.area(now).has_value());
    play(4);
    CHECK_TRUE(watch.area(now) == video);
    CHECK_TRUE(present(video));
}

TEST(VideoWatch, IsNotARowThatIsPressedSlowly) {
    for (int i = 0; i < 6; ++i) CHECK_FALSE(present(row, 500ms));
    CHECK_FALSE(watch.area(now).has_value());
}

TEST(VideoWatch, GoesOnBesideOtherChanges) {
    play(5);
    CHECK_FALSE(present(row, 5ms));
    CHECK_TRUE(watch.area(now) == video);
    CHECK_TRUE(present(video));
}

TEST(VideoWatch, EndsWhenSomethingElseIsPaintedThere) {
    play(5);
    CHECK_FALSE(present({0, 0, 1280, 720}));
    CHECK_FALSE(watch.area(now).has_value());
}

TEST(VideoWatch, EndsWhenItStandsStill) {
    play(5);
    CHECK_FALSE(watch.area(now + 2s).has_value());
}
