#include <algorithm>

#include "tests/stb-app/support/sample_guide.h"
#include "tests/stb-app/support/television.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;

// clang-format off
TEST_GROUP(Live) {
    Television tv{{.start = app::StartScreen::Live, .television = Receiving::SampleChannels}};

    bool has_banner() const { return tv.page().elements.size() > 1; }
    int watched() const { return tv.viewing->channel() == nullptr ? 0 : tv.viewing->channel()->number; }
};
// clang-format on

TEST(Live, BeginsWithTheFirstChannelAndSaysWhichItIs) {
    CHECK_EQUAL(kCommunityChannel, watched());
    tv.press("UP");
    CHECK_EQUAL(kNewsChannel, watched());
    CHECK_TRUE(tv.shows("2 海津新闻"));
    CHECK_TRUE(tv.shows("09:00–10:00"));
    CHECK_EQUAL(1u, tv.tuned.size() - 1);
}

TEST(Live, BeginsWithTheChannelWatchedLast) {
    tv.press("5 OK");
    tv.restart(app::StartScreen::Live);
    CHECK_EQUAL(kOperaChannel, watched());
}

TEST(Live, ChannelsGoRoundTheEndsOfTheList) {
    tv.press("CHANNEL_DOWN");
    CHECK_EQUAL(kScrambledChannel, watched());
    tv.press("CHANNEL_UP");
    CHECK_EQUAL(kCommunityChannel, watched());
}

TEST(Live, TellsWhatIsOnAtTheBeginningAndWhereverItIsTurnedTo) {
    CHECK_TRUE(tv.shows("河湾社区频道"));
    CHECK_TRUE(tv.shows("09:00–10:00"));
    tv.pass(8s);
    CHECK_FALSE(has_banner());
    tv.press("HOME 0");
    CHECK_TRUE(has_banner());
}

TEST(Live, ArrowToTheRightOpensTheGuideAtItsChannel) {
    tv.press("5 OK RIGHT");
    CHECK_TEXT_EQUAL("tv-guide", tv.page().id);
    CHECK_TRUE(tv.focused().contains("海津戏曲"));
    tv.press("BACK");
    CHECK_TEXT_EQUAL("live", tv.page().id);
    // From Home, too, without a key that not every remote control has.
    tv.press("HOME LEFT LEFT OK RIGHT");
    CHECK_TEXT_EQUAL("tv-guide", tv.page().id);
}

TEST(Live, BannerSaysWhichKeyOpensTheGuide) {
    const auto& legend = tv.page().legend;
    bool is_there = std::ranges::any_of(legend, [](const app::KeyHint& hint) { return hint.keys == std::vector{input::Key::Right}; });
    CHECK_TRUE(is_there);
}

TEST(Live, BannerStandsForEightSecondsAndTheFocusStaysOne) {
    tv.press("UP");
    CHECK_TRUE(has_banner());
    tv.pass(7s);
    CHECK_TRUE(has_banner());
    tv.pass(1s);
    CHECK_FALSE(has_banner());
}

TEST(Live, InfoKeepsTheBannerForWhoReadsSlowly) {
    tv.press("UP INFO");
    tv.pass(60s);
    CHECK_TRUE(has_banner());
    tv.press("INFO");
    CHECK_FALSE(has_banner());
}

TEST(Live, NumberIsTakenAfterThreeSecondsOrByOk) {
    tv.press("1 2");
    CHECK_TRUE(tv.shows("12–"));
    CHECK_EQUAL(kCommunityChannel, watched());
    tv.pass(3s);
    CHECK_EQUAL(kScrambledChannel, watched());
    tv.press("5 OK");
    CHECK_EQUAL(kOperaChannel, watched());
    CHECK_TEXT_EQUAL("live", tv.page().id);
}

TEST(Live, NumberWithoutAChannelSaysSo) {
    tv.press("9 9 OK");
    CHECK_TRUE(tv.shows("没有 99 频道"));
    CHECK_EQUAL(kCommunityChannel, watched());
}

TEST(Live, YellowGoesBackAndForthBetweenTwo) {
    tv.press("5 OK YELLOW");
    CHECK_EQUAL(kCommunityChannel, watched());
    tv.press("YELLOW");
    CHECK_EQUAL(kOperaChannel, watched());
}

TEST(Live, OkAndHomeLeadToTheCommunity) {
    tv.press("OK");
    CHECK_TEXT_EQUAL("home", tv.page().id);
    tv.press("0 HOME");
    CHECK_TEXT_EQUAL("home", tv.page().id);
}

TEST(Live, ARadioChannelSaysThatThereIsOnlySound) {
    std::vector<epg::Channel> channels(tv.guide.channels().begin(), tv.guide.channels().end());
    channels[1].kind = epg::ChannelKind::Radio;
    tv.guide.set_channels(channels);
    tv.press("UP");
    tv.pass(9s);
    CHECK_TRUE(tv.shows("海津新闻：广播节目，只有声音。"));
    tv.press("HOME");
    CHECK_TRUE(tv.shows("海津新闻：广播节目，只有声音。"));
}

/// The same player: its picture only gets another place and size.
TEST(Live, GoesOnThroughHomeAndBack) {
    std::size_t tuned = tv.tuned.size();
    tv.press("HOME");
    tv.pass(20s);
    CHECK_TEXT_EQUAL("live", tv.page().id);
    tv.press("HOME 1 BACK 0 RIGHT BACK");
    CHECK_EQUAL(tuned, tv.tuned.size());
}

TEST(Live, SaysWhyThereIsNoPicture) {
    tv.viewing->set_picture(app::Picture::NoSignal);
    tv.application->hear_viewing();
    CHECK_TRUE(tv.shows("没有信号"));
    tv.press("1 2 OK");
    CHECK_TRUE(tv.shows("加密"));
}

TEST(Live, SoundAndSubtitlesAreChosen) {
    tv.viewing->set_tracks({.sounds = {{"chi"}, {"yue"}}, .subtitles = {{"chi"}}});
    int sound = -1, subtitle = -1;
    tv.viewing->on_track([&](int to_sound, int to_subtitle) { sound = to_sound, subtitle = to_subtitle; });
    tv.press("BLUE");
    CHECK_TEXT_EQUAL("tracks", tv.page().id);
    CHECK_TRUE(tv.shows("粤语"));
    tv.press("2");
    CHECK_EQUAL(1, sound);
    tv.press("4");
    CHECK_EQUAL(0, subtitle);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("live", tv.page().id);
}

TEST(Live, ChannelThatLeavesTheListIsReplaced) {
    tv.press("5 OK");
    auto channels = tv.guide.channels();
    std::erase_if(channels, [](const epg::Channel& channel) { return channel.number == kOperaChannel; });
    tv.guide.set_channels(channels);
    tv.application->hear_guide();
    CHECK_EQUAL(kCommunityChannel, watched());
}

TEST(Live, WithoutChannelsNothingBreaks) {
    Television other{{.start = app::StartScreen::Live, .television = Receiving::NoChannels}};
    other.press("UP DOWN 5 OK YELLOW INFO BLUE BACK BACK");
    CHECK_TEXT_EQUAL("home", other.page().id);
}
