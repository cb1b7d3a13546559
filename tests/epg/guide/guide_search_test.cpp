#include "tests/epg/guide/guide_samples.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;

// clang-format off
TEST_GROUP(GuideSearch) {
    base::SettableClock clock{kEvening};
    Guide guide{clock};

    void setup() override {
        Channel news = channel(kNews, 1, "新闻频道"), films = channel(kFilms, 2, "电影频道");
        news.initials = "xwpd";
        films.initials = "dypd";
        guide.set_channels({news, films});
        Event one{.channel = kNews, .start = kEvening, .duration = minutes(30), .title = "新闻联播"};
        Event two{.channel = kNews, .start = kEvening + minutes(30), .duration = minutes(30), .title = "晚间新闻"};
        Event three{.channel = kFilms, .start = kEvening + minutes(10), .duration = minutes(30), .title = "重庆森林 2"};
        Event four = one;
        four.start += hours(24);
        guide.apply(GuideUpdate::of_events({one, two, three, four}));
    }
};
// clang-format on

TEST(GuideSearch, DigitKeysFindInitialsWhereverTheyAre) {
    // xwlb; the one whose initials begin so comes first, whenever it is.
    CHECK_TEXT_EQUAL("0-30 新闻联播 | 1440-1470 新闻联播 | 30-60 晚间新闻", text_of(guide.find_by_digits("99", kEvening, 10)));
    CHECK_TEXT_EQUAL("0-30 新闻联播", text_of(guide.find_by_digits("99", kEvening, 1)));
    CHECK_TEXT_EQUAL("0-30 新闻联播 | 1440-1470 新闻联播", text_of(guide.find_by_digits("9952", kEvening, 10)));
    CHECK_TEXT_EQUAL("30-60 晚间新闻", text_of(guide.find_by_digits("9599", kEvening, 10)));
}

TEST(GuideSearch, WordsOfTwoReadingsAreReadRight) {
    CHECK_TEXT_EQUAL("10-40 重庆森林 2", text_of(guide.find_by_digits("27752", kEvening, 10)));  // cqsl2
}

TEST(GuideSearch, WhatIsOverIsNotFound) {
    CHECK_TEXT_EQUAL("1440-1470 新闻联播", text_of(guide.find_by_digits("9952", kEvening + minutes(30), 10)));
    CHECK_TEXT_EQUAL("", text_of(guide.find_by_digits("", kEvening, 10)));
    CHECK_TEXT_EQUAL("", text_of(guide.find_by_digits("2222", kEvening, 10)));
}

TEST(GuideSearch, DigitsDoNotRunFromOneTitleIntoTheNext) {
    // ..lb|wjxw: 52 9 is not there.
    CHECK_TEXT_EQUAL("", text_of(guide.find_by_digits("529", kEvening, 10)));
}

TEST(GuideSearch, ChannelsAreFoundByTheirInitials) {
    auto found = guide.find_channels_by_digits("73", 10);
    LONGS_EQUAL(2, found.size());
    LONGS_EQUAL(1, guide.find_channels_by_digits("39", 10).size());
    LONGS_EQUAL(1, guide.find_channels_by_digits("73", 1).size());
    LONGS_EQUAL(0, guide.find_channels_by_digits("", 10).size());
}
