#include "middleware/base/file.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using platform::Appointment;
using platform::AppointmentState;
using platform::Refusal;
using Asked = FakeAppointmentClient::Kind;
using Change = platform::Change::Kind;
using Reason = platform::AppointmentFailure::Reason;

// clang-format off
TEST_GROUP(Appointments) {
    Television tv;
    FakeAppointmentClient& platform = tv.appointments;
    SampleOffice office;

    void answer() { platform.answer_all(office); }
    void open_members() {
        tv.from_home("3");
        answer();
        tv.press("1");
    }
    void open_pin() {
        open_members();
        platform.answer(sample_members());
        tv.press("1");
    }
    void open_list() {
        open_pin();
        tv.press("2 4 6 8");
        answer();
    }
    /// The only appointment, as it is agreed for Friday at half past nine.
    void open_one(Appointment appointment) {
        office.appointments = {std::move(appointment)};
        open_list();
        tv.press("1");
        CHECK_TEXT_EQUAL("appointment", tv.page().id);
    }
    Appointment agreed(AppointmentState state = AppointmentState::Booked) {
        Appointment one = sample_appointments()[1];
        one.service_name = "老年人免费体检";
        one.state = state;
        one.start = kMonday + 4 * 24h + 30min;
        one.cancel_until = *one.start - 15h;
        return one;
    }
    /// Turns to the last page and moves to a button by its words.
    void choose_button(const char* words) {
        look_at_all_pages(tv, [] {});
        for (int i = 0; i < 5; ++i) tv.press("LEFT");
        for (int i = 0; i < 5; ++i) {
            if (tv.focused() == "[" + std::string(words) + "]") return tv.press("OK");
            tv.press("RIGHT");
        }
        FAIL(("no button " + std::string(words) + " on\n" + tv.text()).c_str());
    }
    const FakeAppointmentClient::Question& last() const { return platform.questions.back(); }
};
// clang-format on

TEST(Appointments, AreFoundWithAPin) {
    open_members();
    CHECK_TRUE(tv.shows("正在"));
    CHECK_TRUE(tv.application->is_waiting());
    platform.answer(sample_members());
    CHECK_TRUE(tv.shows("1. 张*明"));
    tv.press("1");
    CHECK_TEXT_EQUAL("pin", tv.page().id);
    tv.press("2 4 6 8");
    CHECK_TEXT_EQUAL("m1", last().member_ref);
    CHECK_TEXT_EQUAL("2468", last().pin);
    answer();
    CHECK_TRUE(Asked::Mine == last().kind);
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
    tv.press("1");
    CHECK_TEXT_EQUAL("appointment", tv.page().id);
    CHECK_TRUE(tv.page().title.contains("体检"));
}

TEST(Appointments, ShowTheNextOneFirstAndThoseThatWereLast) {
    open_list();
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
    open_list();
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
    platform.refuse({.reason = Refusal::Reason::WrongPin, .tries_left = 2});
    CHECK_FALSE(tv.shows("2468"));
    CHECK_FALSE(tv.log.lines().contains("2468"));
    CHECK_FALSE(tv.log.lines().contains("张*明"));
}

TEST(Appointments, WrongPinTellsHowManyTriesAreLeft) {
    open_pin();
    tv.press("1 1 1 1");
    platform.refuse({.reason = Refusal::Reason::WrongPin, .tries_left = 2});
    CHECK_TEXT_EQUAL("pin", tv.page().id);
    CHECK_TRUE(tv.shows("2"));
    CHECK_TRUE(tv.shows("____"));
    tv.press("2 4 6 8");
    answer();
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
}

TEST(Appointments, LockTellsHowLongAndWhomToCall) {
    open_pin();
    tv.press("1 1 1 1");
    platform.refuse({.reason = Refusal::Reason::Locked, .seconds = 1741s, .telephone = "000-8800-1234"});
    CHECK_TRUE(tv.shows("30"));
    CHECK_TRUE(tv.shows("000-8800-1234"));
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
    platform.refuse(Refusal::Reason::UnknownBox);
    CHECK_TRUE(tv.shows("还没有登记"));
}

TEST(Appointments, DropAnAnswerThatComesTooLate) {
    open_members();
    auto first = last().ticket;
    tv.press("BACK");
    answer();
    tv.press("1");
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
    answer();
    CHECK_TEXT_EQUAL("members", tv.page().id);
}

TEST(Appointments, HearTheirAnswerUnderAnotherScreen) {
    open_members();
    tv.press("MENU");
    platform.answer(sample_members());
    CHECK_TEXT_EQUAL("settings", tv.page().id);
    tv.press("BACK");
    CHECK_TRUE(tv.shows("张*明"));
    tv.press("1 2 4 6 8 MENU");
    answer();
    CHECK_TEXT_EQUAL("settings", tv.page().id);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
}

TEST(Appointments, AskAfterTwoMinutesAndLeaveAfterTwentySeconds) {
    open_list();
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
        open_list();
        tv.pass(125s);
        CHECK_FALSE(tv.page().message.empty());
        tv.press(key);
        CHECK_TEXT_EQUAL("", tv.page().message);
        tv.pass(60s);
        CHECK_TEXT_EQUAL("appointments", tv.page().id);
    }
}

TEST(Appointments, KeyThatStaysDoesNothingElse) {
    open_list();
    tv.pass(125s);
    tv.press("OK");
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
    CHECK_TEXT_EQUAL("", tv.page().message);
}

TEST(Appointments, AreLeftAfterThePauseUnderAnotherScreenToo) {
    open_list();
    tv.press("MENU");
    tv.pass(121s);
    CHECK_FALSE(tv.page().message.empty());
    tv.pass(20s);
    CHECK_TEXT_EQUAL("home", tv.page().id);
}

TEST(Appointments, HomeForgetsThem) {
    open_list();
    tv.press("HOME");
    open_members();
    CHECK_FALSE(tv.shows("张*明"));
    CHECK_FALSE(tv.shows("体检"));
}

TEST(Appointments, LeaveNothingOnTheDisk) {
    open_list();
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

TEST(Appointments, OfferOnTopThenWhatIsToComeThenTheWaitingList) {
    Appointment waiting = agreed(AppointmentState::Waiting);
    waiting.start.reset();
    waiting.service_name = "候补的";
    Appointment offered = agreed(AppointmentState::Offered);
    offered.service_name = "有位置的";
    office.appointments = {waiting, agreed(), offered};
    open_list();
    std::vector<std::string> titles;
    for (const app::Element& element : tv.page().elements)
        titles.push_back(std::get<app::RowElement>(element).title);
    CHECK_TRUE((titles == std::vector<std::string>{"有位置的", "老年人免费体检", "候补的"}));
}

TEST(Appointments, AreMovedByDayTimeAndQuestionWithoutAnotherPin) {
    open_one(agreed());
    choose_button("改时间");
    answer();
    CHECK_TEXT_EQUAL("booking.days", tv.page().id);
    tv.press("1");
    CHECK_TRUE(tv.shows("把张*明的“老年人免费体检”从11月27日 星期五 09:30改到11月27日 星期五 08:00，好吗？"));
    tv.press("OK");
    CHECK_TRUE(Change::Move == last().change.kind);
    CHECK_TEXT_EQUAL("YY-1125-0007", last().change.number);
    CHECK_TEXT_EQUAL(slot_name(day_of(11, 27), 480), last().change.slot);
    answer();
    CHECK_TRUE(tv.shows("改约成功"));
    tv.press("BACK");
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
    CHECK_TRUE(Asked::Mine == last().kind);
}

TEST(Appointments, PresentTimeIsNotAmongTheNewOnes) {
    office.times = {570};
    open_one(agreed());
    choose_button("改时间");
    answer();
    CHECK_TRUE(tv.shows("最早可约：11月30日"));
}

TEST(Appointments, AreCancelledAfterAQuestionWhoseFocusIsOnNo) {
    open_one(agreed());
    choose_button("取消预约");
    CHECK_TRUE(tv.shows("要取消张*明 11月27日 星期五 09:30的“老年人免费体检”吗？"));
    CHECK_TEXT_EQUAL("[不了]", tv.focused());
    tv.press("OK");
    CHECK_TEXT_EQUAL("appointment", tv.page().id);
    choose_button("取消预约");
    tv.press("LEFT OK");
    CHECK_TRUE(Change::Cancel == last().change.kind);
    answer();
    CHECK_TRUE(tv.shows("已取消预约"));
    tv.press("BACK");
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
}

TEST(Appointments, AfterTheCutOffNameTheNumberToCall) {
    Appointment late = agreed();
    late.cancel_until = kMonday - 1h;
    open_one(late);
    CHECK_TRUE(tv.shows("现在已不能在电视上改时间或取消"));
    CHECK_TRUE(tv.shows("000-8800-1051"));
    look_at_all_pages(tv, [&] {
        CHECK_FALSE(tv.shows("[改时间]"));
        CHECK_FALSE(tv.shows("[取消预约]"));
    });
}

TEST(Appointments, CutOffGoesByUnderTheReader) {
    open_one(agreed());
    tv.press("MENU");
    tv.clock.set(kMonday + 4 * 24h);
    tv.press("BACK");
    CHECK_TRUE(tv.shows("现在已不能在电视上改时间或取消"));
}

TEST(Appointments, OnAnUnknownClockThePlatformDecides) {
    tv.clock.set_state(base::ClockState::Unknown);
    Appointment late = agreed();
    late.cancel_until = kMonday - 1h;
    open_one(late);
    choose_button("取消预约");
    tv.press("LEFT OK");
    platform.refuse(Refusal::Reason::TooLate);
    CHECK_TRUE(tv.shows("请打电话"));
    CHECK_TRUE(tv.shows("000-8800-1051"));
}

TEST(Appointments, OfferIsConfirmed) {
    Appointment offered = agreed(AppointmentState::Offered);
    offered.held_until = kMonday + 2h;
    open_one(offered);
    CHECK_TRUE(tv.shows("有位置了，给您留着。请在11月23日 星期一 11:00之前确认。"));
    choose_button("确认");
    tv.press("OK");
    CHECK_TRUE(Change::Confirm == last().change.kind);
    CHECK_TEXT_EQUAL("YY-1125-0007", last().change.number);
    answer();
    CHECK_TRUE(tv.shows("预约成功"));
}

TEST(Appointments, WhatTheOfficeChangedStandsOnTop) {
    Appointment moved = agreed();
    moved.changed_from = kMonday + 72h;
    open_one(moved);
    CHECK_TRUE(tv.shows("时间有变，原来是11月26日 星期四 09:00。"));
    tv.press("BACK");
    answer();
    CHECK_TRUE(tv.shows("时间有变"));
    Appointment off = agreed(AppointmentState::Cancelled);
    off.cancelled_by = "office";
    off.note = "医生外出";
    open_one(off);
    CHECK_TRUE(tv.shows("这次预约被办理单位停办了。"));
    CHECK_TRUE(tv.shows("医生外出"));
}

TEST(Appointments, AgainPrefersTheSameWeekdayAndTimeOfDay) {
    Appointment past = agreed(AppointmentState::Fulfilled);
    // A Tuesday, at ten.
    past.start = kMonday - 13 * 24h + 1h;
    open_one(past);
    choose_button("再约一次");
    answer();
    CHECK_TRUE(tv.shows("1. 和上次一样：12月1日 星期二 10:00"));
    CHECK_TRUE(tv.shows("2. 最早可约：11月27日 星期五 08:00"));
    tv.press("1");
    CHECK_TEXT_EQUAL("wish", tv.page().id);
    tv.press("OK");
    CHECK_TRUE(Change::Hold == last().change.kind);
    CHECK_TEXT_EQUAL(slot_name(day_of(12, 1), 600), last().change.slot);
}

TEST(Appointments, AgainLeadsToTheDaysWhereThatWeekdayHasNothing) {
    Appointment past = agreed(AppointmentState::Fulfilled);
    past.start = kMonday - 9 * 24h;  // a Saturday
    open_one(past);
    choose_button("再约一次");
    answer();
    CHECK_FALSE(tv.shows("和上次一样"));
    CHECK_TRUE(tv.shows("1. 最早可约：11月27日"));
}

TEST(Appointments, SessionThatEndedAsksForThePinInPlaceOfTheList) {
    open_list();
    tv.press("1 BACK");
    platform.refuse(Refusal::Reason::NoSession);
    CHECK_TEXT_EQUAL("pin", tv.page().id);
    tv.press("2 4 6 8");
    answer();
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("members", tv.page().id);
}

TEST(Appointments, NamesOfARemovedMemberLeaveTheScreen) {
    open_list();
    tv.press("1 BACK");
    platform.refuse(Refusal::Reason::UnknownMember);
    CHECK_TRUE(tv.shows("已不在本户的登记名单上"));
    CHECK_FALSE(tv.shows("体检"));
    CHECK_TRUE(tv.shows("000-8800-1051"));
}

TEST(Appointments, OneThatHasChangedMeanwhileLeadsToTheListAsItIs) {
    open_one(agreed());
    choose_button("取消预约");
    tv.press("LEFT OK");
    platform.refuse(Refusal::Reason::WrongState);
    CHECK_TRUE(tv.shows("这次预约刚刚有了变化"));
    look_at_all_pages(tv, [] {});
    tv.press("OK");
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
    CHECK_TRUE(Asked::Mine == last().kind);
}
