// Classes and videos: from the list to the screen that plays, and back to where one stopped.

#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using State = app::Playback::State;

// clang-format off
TEST_GROUP(Classes) {
    Television tv;
    app::Playback& playback = tv.playback;
    bool can_seek = true;

    void open_class() {
        tv.from_home("7");
        choose(tv, "坐着做的呼吸操");
        CHECK_TEXT_EQUAL("course", tv.page().id);
    }
    /// The class plays, and is so far.
    void play(std::chrono::seconds position = 20s) {
        open_class();
        tv.press("OK");
        CHECK_TEXT_EQUAL("play", tv.page().id);
        hear(State::Playing, position);
    }
    void hear(State state, std::chrono::seconds position) {
        playback.hear_state(state);
        playback.hear_progress(position, 48s, can_seek);
        tv.application->hear_viewing();
    }
};
// clang-format on

TEST(Classes, ListLeadsToOneAndSaysHowLongItIs) {
    tv.from_home("7");
    CHECK_TEXT_EQUAL("classes", tv.page().id);
    CHECK_TRUE(tv.shows("文化教育"));
    CHECK_TRUE(tv.shows("48 秒"));
    open_class();
    CHECK_TRUE(tv.shows("样例市老年大学"));
    CHECK_TRUE(tv.shows("48 秒"));
    CHECK_TEXT_EQUAL("[播放]", tv.focused());
}

TEST(Classes, PlayFromThePublicationWithSubtitlesInTheLanguageOfThePages) {
    play();
    LONGS_EQUAL(1, tv.played.size());
    CHECK_TRUE(tv.played[0].uri.starts_with("http://127.0.0.1/objects/"));
    CHECK_TRUE(tv.played[0].subtitle_uri.starts_with("http://127.0.0.1/objects/"));
    CHECK_TRUE(tv.played[0].uri != tv.played[0].subtitle_uri);
    CHECK_TRUE(tv.played[0].from == 0s);
}

TEST(Classes, PlayFromTheWeb) {
    tv.from_home("7");
    choose(tv, "防诈骗小课堂");
    tv.press("OK");
    CHECK_TEXT_EQUAL("https://video.example/fraud-talk.mp4", tv.played.at(0).uri);
    CHECK_TEXT_EQUAL("", tv.played.at(0).subtitle_uri);
}

TEST(Classes, BannerSaysWhereOneIsAndGoesByItself) {
    play(20s);
    CHECK_TRUE(tv.shows("0:20 / 0:48"));
    tv.pass(9s);
    CHECK_FALSE(tv.shows("0:20"));
    tv.press("LEFT");
    CHECK_TRUE(tv.shows("0:10 / 0:48"));
}

TEST(Classes, PauseStandsUntilItGoesOn) {
    play();
    tv.press("OK");
    CHECK_TRUE(playback.state() == State::Paused);
    tv.pass(60s);
    CHECK_TRUE(tv.shows("已暂停"));
    tv.press("OK");
    CHECK_TRUE(playback.state() == State::Playing);
    CHECK_FALSE(tv.shows("已暂停"));
}

TEST(Classes, JumpTenSecondsAndNotBeyondTheEnds) {
    play(20s);
    tv.press("RIGHT");
    CHECK_TRUE(playback.position() == 30s);
    tv.press("RIGHT RIGHT RIGHT");
    CHECK_TRUE(playback.position() == 46s);
    tv.press("LEFT LEFT LEFT LEFT LEFT LEFT");
    CHECK_TRUE(playback.position() == 0s);
}

TEST(Classes, SubtitlesGoAndCome) {
    play();
    CHECK_TRUE(playback.are_subtitles_shown());
    tv.press("GREEN");
    CHECK_FALSE(playback.are_subtitles_shown());
    tv.press("GREEN");
    CHECK_TRUE(playback.are_subtitles_shown());
}

TEST(Classes, GoOnWhereOneStopped) {
    for (const char* way_out : {"BACK", "HOME"}) {
        play(20s);
        tv.press(way_out);
        CHECK_TRUE(playback.state() == State::Stopped);
        open_class();
        CHECK_TEXT_EQUAL("[从0:20接着看]", tv.focused());
        tv.press("OK");
        CHECK_TRUE(tv.played.back().from == 20s);
        tv.press("BACK");
        tv.press("RIGHT");
        CHECK_TEXT_EQUAL("[从头看]", tv.focused());
        tv.press("OK");
        CHECK_TRUE(tv.played.back().from == 0s);
        tv.press("BACK");
    }
}

TEST(Classes, WhatDidNotBeginIsLeftWhereItWas) {
    play(20s);
    tv.press("BACK OK");
    CHECK_TRUE(playback.state() == State::Coming);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("[从0:20接着看]", tv.focused());
}

TEST(Classes, PlaceIsKeptWhileItPlays) {
    play(20s);
    tv.pass(16s);
    CHECK_TRUE(tv.household->place({*content::AreaCode::parse("12"), "breathing"}) == 20s);
    tv.restart();
    open_class();
    CHECK_TEXT_EQUAL("[从0:20接着看]", tv.focused());
}

TEST(Classes, ALookAtTheBeginningKeepsThePlace) {
    play(20s);
    tv.press("BACK RIGHT OK");
    hear(State::Playing, 3s);
    tv.press("BACK");
    CHECK_TRUE(tv.shows("从0:20接着看"));
}

TEST(Classes, WhereNothingCanBeSoughtNoKeyOffersIt) {
    can_seek = false;
    play(20s);
    CHECK_FALSE(tv.shows("进 10 秒"));
    tv.press("RIGHT");
    CHECK_TRUE(playback.position() == 20s);
    can_seek = true;
    hear(State::Playing, 21s);
    CHECK_TRUE(tv.shows("进 10 秒"));
}

TEST(Classes, EndLeadsBackAndIsForgotten) {
    play(20s);
    tv.press("BACK OK");
    hear(State::Playing, 47s);
    hear(State::Ended, 48s);
    tv.pass(1s);
    CHECK_TEXT_EQUAL("course", tv.page().id);
    CHECK_TEXT_EQUAL("[播放]", tv.focused());
}

TEST(Classes, WhatCannotBePlayedSaysWhy) {
    open_class();
    tv.press("OK");
    hear(State::Unreachable, 0s);
    CHECK_TRUE(tv.shows("这段视频暂时取不到。"));
    tv.press("OK");
    CHECK_TEXT_EQUAL("course", tv.page().id);
    tv.press("OK");
    hear(State::Unplayable, 0s);
    CHECK_TRUE(tv.shows("这台电视放不了这段视频。"));
    tv.press("OK OK");
    hear(State::Missing, 0s);
    CHECK_TRUE(tv.shows("这段视频已经没有了。"));
    tv.press("BACK");
    CHECK_TEXT_EQUAL("course", tv.page().id);
}

TEST(Classes, SoundAloneShowsItsTitle) {
    play();
    tv.pass(10s);
    CHECK_TRUE(tv.shows("坐着做的呼吸操"));
}
