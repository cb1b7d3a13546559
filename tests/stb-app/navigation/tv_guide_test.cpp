#include "tests/stb-app/support/sample_guide.h"
#include "tests/stb-app/support/television.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;

// At nine on a Monday. On channel 1 the programme of the hour h is the one of h + 1 in the list of six.
// clang-format off
TEST_GROUP(TvGuide) {
    Television tv{{.television = Receiving::SampleChannels}};

    void open_programme(std::string_view words) {
        tv.press("GUIDE 1");
        choose(tv, words);
        CHECK_TEXT_EQUAL("tv-guide.event", tv.page().id);
    }
};
// clang-format on

TEST(TvGuide, BeginsWithWhatIsOnNowAndNextTheCommunityFirst) {
    tv.press("GUIDE");
    CHECK_TEXT_EQUAL("tv-guide", tv.page().id);
    CHECK_TRUE(tv.focused().contains("河湾社区频道"));
    CHECK_TRUE(tv.focused().contains("09:00 晚间新闻"));
    CHECK_TRUE(tv.focused().contains("10:00 厨房里的四季"));
}

TEST(TvGuide, BeginsAtTheChannelThatIsWatched) {
    tv.press("0 5 OK GUIDE");
    CHECK_TRUE(tv.focused().contains("海津戏曲"));
}

TEST(TvGuide, SaysSoWhereAProgrammeIsNotKnown) {
    tv.press("0 8 OK GUIDE");
    CHECK_TRUE(tv.shows("测试图 | 没有节目信息"));
}

TEST(TvGuide, DayOfAChannelBeginsAtThePresent) {
    tv.press("GUIDE 1");
    CHECK_TEXT_EQUAL("tv-guide.channel", tv.page().id);
    CHECK_TRUE(tv.page().title.contains("今天"));
    CHECK_TRUE(tv.focused().contains("09:00  晚间新闻"));
    CHECK_TRUE(tv.focused().contains("正在播出"));
}

TEST(TvGuide, GreenLeadsToAnotherDayAndBackComesFromTheChannel) {
    tv.press("GUIDE 1 GREEN");
    CHECK_TEXT_EQUAL("tv-guide.week", tv.page().id);
    CHECK_TRUE(tv.shows("明天"));
    tv.press("2");
    CHECK_TEXT_EQUAL("tv-guide.channel", tv.page().id);
    CHECK_TRUE(tv.page().title.contains("明天"));
    CHECK_TRUE(tv.focused().contains("00:00"));
    tv.press("BACK");
    CHECK_TEXT_EQUAL("tv-guide", tv.page().id);
}

TEST(TvGuide, ProgrammeTellsWhenAndWhereAndWhatItIsAbout) {
    open_programme("09:00");
    CHECK_TRUE(tv.page().title.contains("晚间新闻"));
    CHECK_TRUE(tv.shows("今天 09:00–10:00"));
    CHECK_TRUE(tv.shows("1 河湾社区频道"));
    look_at_all_pages(tv, [] {});
    CHECK_TRUE(tv.shows("每天播出"));
}

TEST(TvGuide, WhatIsOnCanBeWatched) {
    tv.press("GUIDE 3 OK RIGHT OK");
    CHECK_TEXT_EQUAL("live", tv.page().id);
    CHECK_TRUE(tv.shows("3 海津生活"));
}

TEST(TvGuide, MarkedProgrammeIsTold) {
    tv.press("GUIDE 1 DOWN OK");
    CHECK_TRUE(tv.shows("到时提醒我"));
    // After the button to the next page.
    tv.press("RIGHT OK");
    CHECK_TRUE(tv.shows("取消提醒"));
    tv.press("BACK");
    CHECK_TRUE(tv.focused().contains("提醒"));
    tv.press("HOME 1");
    tv.pass(58min);
    CHECK_FALSE(tv.shows("厨房里的四季"));
    tv.pass(1min);
    CHECK_TRUE(tv.shows("厨房里的四季"));
    CHECK_TEXT_EQUAL("notices", tv.page().id);
    // The first answer is to watch it.
    tv.press("OK");
    CHECK_TEXT_EQUAL("live", tv.page().id);
    CHECK_EQUAL(kCommunityChannel, tv.viewing->channel()->number);
    CHECK_TRUE(tv.reminders.all().empty());
}

TEST(TvGuide, MarkedProgrammeIsSwitchedOverTo) {
    tv.press("0 5 OK GUIDE 3 DOWN OK RIGHT RIGHT OK");
    tv.press("HOME 1");
    tv.pass(59min);
    CHECK_TEXT_EQUAL("live", tv.page().id);
    CHECK_EQUAL(3, tv.viewing->channel()->number);
    CHECK_TRUE(tv.shows("3 海津生活"));
}

TEST(TvGuide, MarkedProgrammeOfAChannelThatHasGoneIsToldOf) {
    tv.reminders = epg::ReminderList({{.key = {{1, 16, 999}, kMonday + 1h}, .title = "晚间戏曲", .mode = epg::ReminderMode::Switch}});
    tv.press("HOME 1");
    tv.pass(59min);
    CHECK_TEXT_EQUAL("notices", tv.page().id);
    CHECK_TRUE(tv.shows("10:00 开始，但这个频道已经收不到了。"));
}

TEST(TvGuide, MarkIsTakenBack) {
    tv.press("GUIDE 1 DOWN OK RIGHT OK RIGHT OK BACK");
    CHECK_TRUE(tv.reminders.all().empty());
    CHECK_FALSE(tv.focused().contains("提醒"));
}

TEST(TvGuide, TonightAtEightGoesThroughTheHalfHours) {
    tv.press("GUIDE GREEN");
    CHECK_TEXT_EQUAL("tv-guide.evening", tv.page().id);
    CHECK_TRUE(tv.page().title.contains("今天 20:00"));
    CHECK_TRUE(tv.shows("20:00"));
    tv.press("GREEN");
    CHECK_TRUE(tv.page().title.contains("今天 19:30"));
    CHECK_TRUE(tv.shows("19:00"));
    tv.press("BLUE BLUE BLUE");
    CHECK_TRUE(tv.page().title.contains("今天 21:00"));
}

TEST(TvGuide, AfterTheEveningTonightIsTomorrows) {
    tv.clock.advance(13h);
    tv.press("GUIDE GREEN");
    CHECK_TRUE(tv.page().title.contains("明天 20:00"));
}

TEST(TvGuide, KindsShowWhatIsToCome) {
    tv.press("GUIDE BLUE");
    CHECK_TEXT_EQUAL("tv-guide.kinds", tv.page().id);
    choose(tv, "戏曲");
    CHECK_TEXT_EQUAL("tv-guide.kind", tv.page().id);
    CHECK_TRUE(tv.shows("名段欣赏"));
    CHECK_FALSE(tv.shows("晚间新闻"));
}

TEST(TvGuide, FindsByTheFirstLettersOfPinyin) {
    tv.press("GUIDE YELLOW 9 5 9 9");  // wjxw
    CHECK_TEXT_EQUAL("tv-guide.search", tv.page().id);
    CHECK_TRUE(tv.shows("晚间新闻"));
    tv.press("LEFT LEFT LEFT LEFT 4 5 9 9");  // hjxw
    CHECK_TRUE(tv.shows("2 海津新闻"));
    tv.press("DOWN OK");
    CHECK_TEXT_EQUAL("tv-guide.channel", tv.page().id);
}

TEST(TvGuide, WithoutATimeOfDayNothingIsCalledOnNow) {
    tv.clock.set_state(base::ClockState::Unknown);
    tv.press("GUIDE");
    CHECK_FALSE(tv.shows("晚间新闻"));
    tv.press("GREEN");
    CHECK_TRUE(tv.shows("时间"));
    tv.press("BACK BLUE");
    CHECK_TRUE(tv.shows("时间"));
}

TEST(TvGuide, FollowsWhatComesMeanwhile) {
    tv.press("GUIDE");
    auto event = *tv.guide.event({sample_service(1), kMonday});
    event.title = "特别节目：台风路径";
    tv.guide.apply(epg::GuideUpdate::of_events({event}));
    tv.application->hear_guide();
    CHECK_TRUE(tv.shows("特别节目"));
}

TEST(TvGuide, SaysSoWhereTheBoxReceivesNoTelevision) {
    Television other;
    other.press("GUIDE");
    CHECK_TRUE(other.shows("没有接收电视"));
    other.press("GREEN YELLOW BLUE OK");
    CHECK_TEXT_EQUAL("home", other.page().id);
}

TEST(TvGuide, GuideKeyWorksFromEverywhereAndOnce) {
    tv.press("1 1 GUIDE");
    CHECK_TEXT_EQUAL("tv-guide", tv.page().id);
    std::size_t depth = tv.application->depth();
    tv.press("GUIDE");
    CHECK_EQUAL(depth, tv.application->depth());
}
