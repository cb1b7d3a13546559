#include "stb-app/announcements/announcement.h"

#include <algorithm>

#include "stb-app/screens/screen_list.h"
#include "middleware/base/format.h"
#include "tests/stb-app/support/layout_faults.h"
#include "tests/stb-app/support/sample_office.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using app::Announcement;
using app::TextSize;

namespace {

Announcement reminder(std::string id = "r") {
    return {.id = std::move(id),
            .symbol = "calendar-check",
            .title = "预约提醒",
            .sentences = {"明天 09:30：65岁以上老年人免费健康体检", "地点：听涛苑社区卫生服务站二楼"}};
}

/// How many elements of the page have the focus, as the layout draws it: amber cards.
int amber_cards(const app::Frame& frame) {
    return static_cast<int>(std::ranges::count_if(frame.shapes, [](const app::Shape& shape) {
        return shape.kind == app::Shape::Kind::Card && shape.color == app::colors::kFocus;
    }));
}

}  // namespace

// clang-format off
TEST_GROUP(Announcements) {};
// clang-format on

TEST(Announcements, AreShownOverWhateverIsOnAndHaveTheFocus) {
    Television tv;
    for (const char* way : {"", "0", "1", "1 1", "2", "8", "8 1", "YELLOW", "3"}) {
        tv.from_home(way);
        std::string id = tv.page().id;
        app::Page before = tv.page();
        tv.application->announce(reminder());
        CHECK_TEXT_EQUAL(id, tv.page().id);
        CHECK_TRUE(tv.shows("明天 09:30：65岁以上老年人免费健康体检"));
        CHECK_TEXT_EQUAL("[知道了]", tv.focused());
        LONGS_EQUAL(1, amber_cards(tv.frame()));
        tv.press("OK");
        CHECK_TRUE(before == tv.page());
    }
}

TEST(Announcements, StayUntilTheyArePutAway) {
    Television tv;
    tv.press("1");
    tv.application->announce(reminder());
    tv.pass(5h);
    CHECK_TRUE(tv.shows("明天 09:30"));
    tv.press("BACK");
    CHECK_FALSE(tv.shows("明天 09:30"));
    CHECK_TEXT_EQUAL("notices", tv.page().id);
}

TEST(Announcements, TellThatTheyWerePutAwayButNotThatTheirTimeWasOver) {
    Television tv;
    int put_away = 0;
    auto announce = [&](std::string id) {
        Announcement one = reminder(std::move(id));
        one.until = tv.clock.now() + 10min;
        one.on_put_away = [&] { ++put_away; };
        tv.application->announce(std::move(one));
    };
    announce("a");
    tv.press("OK");
    announce("a");
    tv.press("BACK");
    LONGS_EQUAL(2, put_away);
    announce("a");
    tv.pass(9min);
    CHECK_TRUE(tv.shows("明天 09:30"));
    tv.pass(1min);
    CHECK_FALSE(tv.shows("明天 09:30"));
    LONGS_EQUAL(2, put_away);
}

TEST(Announcements, StayPastTheirTimeOnAnUnknownClock) {
    Television tv;
    tv.clock.set_state(base::ClockState::Unknown);
    Announcement one = reminder();
    one.until = tv.clock.now() + 1min;
    tv.application->announce(std::move(one));
    tv.pass(2h);
    CHECK_TRUE(tv.shows("明天 09:30"));
}

TEST(Announcements, ComeOneAtATimeInTheirOrder) {
    Television tv;
    for (const char* id : {"first", "second", "third"}) {
        Announcement one = reminder(id);
        one.title = id;
        tv.application->announce(std::move(one));
    }
    for (const char* id : {"first", "second", "third"}) {
        CHECK_TRUE(tv.shows(id));
        tv.press("OK");
    }
    CHECK_FALSE(tv.shows("third"));
}

TEST(Announcements, OfTheSameIdReplaceEachOther) {
    Television tv;
    tv.application->announce(reminder("a"));
    tv.application->announce(reminder("b"));
    Announcement newer = reminder("a");
    newer.sentences = {"改到了后天"};
    tv.application->announce(std::move(newer));
    CHECK_TRUE(tv.shows("改到了后天"));
    tv.press("OK");
    CHECK_TRUE(tv.shows("明天 09:30"));
    tv.press("OK");
    CHECK_FALSE(tv.shows("明天 09:30"));
}

TEST(Announcements, ChoicesAreMovedBetweenWithTheArrowsAndDone) {
    Television tv;
    std::string done;
    auto announce = [&] {
        Announcement one = reminder();
        one.choices = {{"看这个频道", [&] { done = "watch"; return app::Action(app::GoLive{}); }}, {"不看", {}}};
        tv.application->announce(std::move(one));
    };
    announce();
    CHECK_TEXT_EQUAL("[看这个频道]", tv.focused());
    tv.press("RIGHT");
    CHECK_TEXT_EQUAL("[不看]", tv.focused());
    tv.press("RIGHT UP DOWN");
    CHECK_TEXT_EQUAL("[不看]", tv.focused());
    tv.press("OK");
    CHECK_TEXT_EQUAL("", done);
    CHECK_TEXT_EQUAL("home", tv.page().id);
    announce();
    tv.press("RIGHT LEFT LEFT OK");
    CHECK_TEXT_EQUAL("watch", done);
    CHECK_TEXT_EQUAL("live", tv.page().id);
}

TEST(Announcements, MayLeadToTheNextOne) {
    Television tv;
    Announcement one = reminder("a");
    one.choices = {{"更多", [&] {
                        tv.application->announce(reminder("b"));
                        return app::Action(app::Stay{});
                    }}};
    one.sentences = {"第一条"};
    tv.application->announce(std::move(one));
    tv.press("OK");
    CHECK_TRUE(tv.shows("明天 09:30"));
    tv.press("OK");
    CHECK_FALSE(tv.shows("明天 09:30"));
}

TEST(Announcements, LeaveEveryOtherKeyToThePage) {
    Television tv;
    tv.press("1");
    tv.application->announce(reminder());
    tv.press("PAGE_DOWN");
    CHECK_FALSE(tv.shows("4号楼水管爆裂"));
    tv.press("RED");
    CHECK_TRUE(tv.application->settings().text_size == TextSize::ExtraLarge);
    tv.press("PAGE_UP 1");
    CHECK_TEXT_EQUAL("notice", tv.page().id);
    tv.press("MENU");
    CHECK_TEXT_EQUAL("settings", tv.page().id);
    tv.press("HOME");
    CHECK_TEXT_EQUAL("home", tv.page().id);
    CHECK_TRUE(tv.shows("明天 09:30"));
    CHECK_TEXT_EQUAL("[知道了]", tv.focused());
}

TEST(Announcements, FollowTheViewerToTheTelevision) {
    Television tv;
    tv.application->announce(reminder());
    tv.pass(21s);
    CHECK_TEXT_EQUAL("live", tv.page().id);
    CHECK_TRUE(tv.shows("明天 09:30"));
    tv.press("OK");
    CHECK_TEXT_EQUAL("live", tv.page().id);
    tv.press("OK");
    CHECK_TEXT_EQUAL("home", tv.page().id);
}

TEST(Announcements, WaitBehindTheQuestionOfAPersonalPage) {
    Television tv;
    tv.press("3");
    SampleOffice office;
    tv.appointments.answer_all(office);
    tv.press("1");
    tv.appointments.answer(sample_members());
    tv.application->announce(reminder());
    tv.pass(121s);
    CHECK_FALSE(tv.page().message.empty());
    CHECK_FALSE(tv.shows("明天 09:30"));
    tv.press("OK");
    CHECK_TRUE(tv.page().message.empty());
    CHECK_TRUE(tv.shows("明天 09:30"));
    tv.press("OK");
    CHECK_TEXT_EQUAL("members", tv.page().id);
}

TEST(Announcements, LeavePartOfThePictureToBeSeen) {
    for (graphics::Size screen : {graphics::Size{1920, 1080}, {1280, 720}, {720, 576}}) {
        for (TextSize size : {TextSize::Standard, TextSize::Large, TextSize::ExtraLarge}) {
            for (text::Language language : {text::Language::Chinese, text::Language::English}) {
                Television tv({.screen = screen, .start = app::StartScreen::Live, .settings = {size, language}});
                tv.application->announce(reminder());
                app::Frame frame = tv.frame();
                std::string place = base::format("{} lines, text size {}", screen.height, static_cast<int>(size));
                CHECK_TRUE_TEXT(frame.live.has_value(), place.c_str());
                CHECK_TRUE_TEXT(frame.page_shapes < frame.shapes.size(), place.c_str());
                graphics::Rect sheet = frame.shapes[frame.page_shapes].area;
                CHECK_TRUE_TEXT(sheet.y >= screen.height / 4, place.c_str());
                STRCMP_EQUAL_TEXT("", layout_faults(tv.page(), frame, tv.theme()).c_str(), place.c_str());
            }
        }
    }
}

TEST(Announcements, DoNotMoveTheLiveWindow) {
    for (TextSize size : {TextSize::Standard, TextSize::Large, TextSize::ExtraLarge}) {
        Television tv({.settings = {.text_size = size}});
        auto before = tv.frame().live;
        tv.application->announce(reminder());
        CHECK_TRUE(before == tv.frame().live);
    }
}

TEST(Announcements, AreThereAgainAfterTheTextSizeChanged) {
    Television tv;
    Announcement one = reminder();
    one.choices = {{"一", {}}, {"二", {}}};
    tv.application->announce(std::move(one));
    tv.press("RIGHT RED");
    CHECK_TEXT_EQUAL("[二]", tv.focused());
}

TEST(Announcements, SaysWhatTheKeysDoNow) {
    Television tv;
    tv.press("1");
    tv.application->announce(reminder());
    CHECK_TRUE(tv.shows("OK 知道了 · BACK 收起"));
}
