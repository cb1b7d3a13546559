#include "middleware/base/file.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using Reason = platform::AppointmentFailure::Reason;
using Refused = platform::Refusal::Reason;

// clang-format off
TEST_GROUP(Appointments) {
    Television tv;
    FakeAppointmentClient& platform = tv.appointments;

    void open_pin() {
        tv.from_home("3");
        platform.answer(sample_members());
        tv.press("1");
    }
};
// clang-format on

TEST(Appointments, AreFoundWithAPin) {
    tv.press("3");
    CHECK_TRUE(tv.shows("正在"));
    CHECK_TRUE(tv.application->is_waiting());
    platform.answer(sample_members());
    CHECK_TRUE(tv.shows("1. 张*明"));
    tv.press("1");
    CHECK_TEXT_EQUAL("pin", tv.page().id);
    tv.press("2 4 6 8");
    CHECK_TEXT_EQUAL("m1", platform.questions.back().member_ref);
    CHECK_TEXT_EQUAL("2468", platform.questions.back().pin);
    platform.let_in();
    platform.answer(sample_appointments());
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
    tv.press("1");
    CHECK_TEXT_EQUAL("appointment", tv.page().id);
    CHECK_TRUE(tv.page().title.contains("体检"));
}

TEST(Appointments, ShowTheNextOneFirstAndThoseThatWereLast) {
    open_pin();
    tv.press("2 4 6 8");
    platform.let_in();
    platform.answer(sample_appointments());
    std::vector<std::string> titles;
    look_at_all_pages(tv, [&] {
        for (const app::Element& element : tv.page().elements)
            titles.push_back(std::get<app::RowElement>(element).title);
    });
    std::vector<std::string> expected{"65岁以上老年人免费健康体检", "上门理发", "法律援助咨询",
                                      "空调清洗", "家庭医生签约"};
    CHECK_TRUE(expected == titles);
}

TEST(Appointments, BackFromTheListLeadsToTheMembersAndNotToThePin) {
    open_pin();
    tv.press("2 4 6 8");
    platform.let_in();
    platform.answer(sample_appointments());
    tv.press("BACK");
    CHECK_TEXT_EQUAL("members", tv.page().id);
}

TEST(Appointments, PinIsNeverOnThePageNorInTheLog) {
    open_pin();
    tv.press("2 4");
    CHECK_TRUE(tv.shows("**__"));
    tv.press("LEFT");
    CHECK_TRUE(tv.shows("*___"));
    tv.press("4 6 8");
    CHECK_FALSE(tv.shows("2468"));
    platform.refuse({.reason = Refused::WrongPin, .tries_left = 2});
    CHECK_FALSE(tv.shows("2468"));
    CHECK_FALSE(tv.log.lines.contains("2468"));
    CHECK_FALSE(tv.log.lines.contains("张*明"));
}

TEST(Appointments, WrongPinTellsHowManyTriesAreLeft) {
    open_pin();
    tv.press("1 1 1 1");
    platform.refuse({.reason = Refused::WrongPin, .tries_left = 2});
    CHECK_TEXT_EQUAL("pin", tv.page().id);
    CHECK_TRUE(tv.shows("2"));
    CHECK_TRUE(tv.shows("____"));
    tv.press("2 4 6 8");
    platform.let_in();
    platform.answer(sample_appointments());
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
}

TEST(Appointments, LockTellsHowLong) {
    open_pin();
    tv.press("1 1 1 1");
    platform.refuse({.reason = Refused::Locked, .seconds = 1741s});
    CHECK_TRUE(tv.shows("30"));
    CHECK_TRUE(tv.shows("000-8800-1051"));
    look_at_all_pages(tv, [] {});
    tv.press("OK");
    CHECK_TEXT_EQUAL("members", tv.page().id);
}

TEST(Appointments, NameTheOfficeWhenThePlatformIsOutOfReach) {
    tv.press("3");
    platform.fail(Reason::Unreachable);
    CHECK_TRUE(tv.shows("暂时连不上"));
    CHECK_TRUE(tv.shows("000-8800-1051"));
    tv.press("OK");
    CHECK_TEXT_EQUAL("home", tv.page().id);
}

TEST(Appointments, SayThatTheBoxIsNotRegistered) {
    tv.press("3");
    platform.refuse({.reason = Refused::UnknownBox});
    CHECK_TRUE(tv.shows("还没有登记"));
}

TEST(Appointments, DropAnAnswerThatComesTooLate) {
    tv.press("3");
    auto first = platform.questions.back().ticket;
    tv.press("BACK 3");
    platform.answer(first, sample_members());
    CHECK_FALSE(tv.shows("张*明"));
    platform.answer(sample_members());
    CHECK_TRUE(tv.shows("张*明"));
    // Twice the same is once too often.
    platform.answer(std::vector<platform::Member>());
    CHECK_TRUE(tv.shows("张*明"));
}

TEST(Appointments, DropTheAnswerToAQuestionThatWasCancelled) {
    open_pin();
    tv.press("2 4 6 8 OK");
    CHECK_TEXT_EQUAL("members", tv.page().id);
    platform.let_in();
    CHECK_TEXT_EQUAL("members", tv.page().id);
}

TEST(Appointments, HearTheirAnswerUnderAnotherScreen) {
    tv.press("3 MENU");
    platform.answer(sample_members());
    CHECK_TEXT_EQUAL("settings", tv.page().id);
    tv.press("BACK");
    CHECK_TRUE(tv.shows("张*明"));
    tv.press("1 2 4 6 8 MENU");
    platform.let_in();
    platform.answer(sample_appointments());
    CHECK_TEXT_EQUAL("settings", tv.page().id);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
}

TEST(Appointments, AskAfterTwoMinutesAndLeaveAfterTwentySeconds) {
    open_pin();
    tv.press("2 4 6 8");
    platform.let_in();
    platform.answer(sample_appointments());
    tv.pass(119s);
    CHECK_TEXT_EQUAL("", tv.page().message);
    tv.pass(1s);
    CHECK_FALSE(tv.page().message.empty());
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
    tv.pass(19s);
    CHECK_FALSE(tv.page().message.empty());
    tv.pass(1s);
    CHECK_TEXT_EQUAL("home", tv.page().id);
    CHECK_TEXT_EQUAL("", tv.page().message);
}

TEST(Appointments, AnyKeyStays) {
    for (input::Key key :
         {input::Key::Down, input::Key::Info, input::Key::Digit0, input::Key::Yellow}) {
        open_pin();
        tv.press("2 4 6 8");
        platform.let_in();
        platform.answer(sample_appointments());
        tv.pass(125s);
        CHECK_FALSE(tv.page().message.empty());
        tv.press(key);
        CHECK_TEXT_EQUAL("", tv.page().message);
        tv.pass(60s);
        CHECK_TEXT_EQUAL("appointments", tv.page().id);
    }
}

TEST(Appointments, KeyThatStaysDoesNothingElse) {
    open_pin();
    tv.press("2 4 6 8");
    platform.let_in();
    platform.answer(sample_appointments());
    tv.pass(125s);
    tv.press("OK");
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
    CHECK_TEXT_EQUAL("", tv.page().message);
}

TEST(Appointments, AreLeftAfterThePauseUnderAnotherScreenToo) {
    open_pin();
    tv.press("2 4 6 8");
    platform.let_in();
    platform.answer(sample_appointments());
    tv.press("MENU");
    tv.pass(121s);
    CHECK_FALSE(tv.page().message.empty());
    tv.pass(20s);
    CHECK_TEXT_EQUAL("home", tv.page().id);
}

TEST(Appointments, HomeForgetsThem) {
    open_pin();
    tv.press("2 4 6 8");
    platform.let_in();
    platform.answer(sample_appointments());
    tv.press("HOME");
    tv.press("3");
    CHECK_FALSE(tv.shows("张*明"));
    CHECK_FALSE(tv.shows("体检"));
}

TEST(Appointments, LeaveNothingOnTheDisk) {
    open_pin();
    tv.press("2 4 6 8");
    platform.let_in();
    platform.answer(sample_appointments());
    tv.press("1");
    tv.close();
    for (const auto& file : std::filesystem::recursive_directory_iterator(tv.folder.path())) {
        if (!file.is_regular_file()) continue;
        auto bytes = base::read_file(file.path());
        CHECK_GOOD(bytes);
        CHECK_FALSE(bytes->contains("欧阳*芳"));
        CHECK_FALSE(bytes->contains("YY-1125-0007"));
    }
}
