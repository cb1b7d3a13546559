#include <set>

#include "middleware/base/local_time.h"
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
TEST_GROUP(Booking) {
    Television tv;
    FakeAppointmentClient& platform = tv.appointments;
    SampleOffice office;

    void answer() { platform.answer_all(office); }

    void open_board() {
        tv.from_home("3");
        answer();
    }
    /// The days of the health check.
    void open_days() {
        open_board();
        tv.press("2");
        answer();
    }
    /// The question about the first free time, for the first of three members.
    void open_question() {
        open_days();
        tv.press("1");
        answer();
        tv.press("1");
    }
    /// Yes and the PIN; the session is there, and the wish is on its way.
    void say_yes() {
        tv.press("OK 2 4 6 8");
        CHECK_TRUE(Asked::Session == platform.questions.back().kind);
        platform.answer(platform.questions.back().ticket, office.answer(platform.questions.back()));
        CHECK_TRUE(Asked::Change == platform.questions.back().kind);
    }
    const FakeAppointmentClient::Question& last() const { return platform.questions.back(); }
    int changes_asked() const {
        int count = 0;
        for (const auto& question : platform.questions) count += question.kind == Asked::Change;
        return count;
    }
    Appointment appointment(AppointmentState state) {
        platform::Change change{.kind = Change::Hold, .slot = slot_name(day_of(11, 27), 570)};
        auto result = office.answer({.kind = Asked::Change, .change = change});
        Appointment one = std::get<Appointment>(result);
        one.state = state;
        return one;
    }
};
// clang-format on

TEST(Booking, LeadsFromHomeToTheQuestionForTheFirstFreeTimeInSixKeys) {
    // With the arrows and OK alone, the services' own row first in the list of the board.
    int keys = 0;
    auto press = [&](const char* key) {
        tv.press(key);
        answer();
        ++keys;
    };
    for (const char* key : {"DOWN", "OK", "DOWN", "OK", "OK", "OK"}) press(key);
    CHECK_TEXT_EQUAL("wish", tv.page().id);
    CHECK_EQUAL(6, keys);
    // With the digits.
    tv.press("HOME");
    keys = 0;
    for (const char* key : {"3", "2", "1", "1"}) press(key);
    CHECK_TEXT_EQUAL("wish", tv.page().id);
    CHECK_EQUAL(4, keys);
}

TEST(Booking, ListTellsWhatIsFreeInTheWordsOfTheStore) {
    open_board();
    CHECK_TRUE(tv.shows("1. 我的预约"));
    CHECK_TRUE(tv.shows("2. 老年人免费体检"));
    CHECK_TRUE(tv.shows("11月27日 星期五起可约"));
    CHECK_TRUE(tv.shows("已约满 · 可候补"));
    look_at_all_pages(tv, [] {});
    CHECK_TRUE(tv.shows("仓库里没有的服务"));
}

TEST(Booking, BeginsAtTheServiceToo) {
    tv.from_home("5");
    choose(tv, "居家护理");
    CHECK_TEXT_EQUAL("service", tv.page().id);
    look_at_all_pages(tv, [] {});
    tv.press("OK");
    answer();
    CHECK_TEXT_EQUAL("booking.days", tv.page().id);
    CHECK_TRUE(tv.shows("居家护理上门：哪一天？"));
    tv.press("BACK");
    CHECK_TEXT_EQUAL("service", tv.page().id);
}

TEST(Booking, LeadsFromItsDaysToTheTextOfTheServiceAndBack) {
    open_days();
    tv.press("GREEN");
    CHECK_TEXT_EQUAL("service", tv.page().id);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("booking.days", tv.page().id);
}

TEST(Booking, DaysWithoutAFreePlaceAreShownWithTheirReasonAndNotChosen) {
    open_days();
    CHECK_TRUE(tv.shows("1. 最早可约：11月27日 星期五 08:00"));
    CHECK_TRUE(tv.shows("2. 11月24日 星期二 — 已约满"));
    CHECK_TRUE(tv.shows("3. 11月25日 星期三 — 设备检修"));
    CHECK_FALSE(tv.shows("11月28日"));
    for (const char* day : {"2", "3"}) {
        tv.press(day);
        CHECK_TEXT_EQUAL("booking.days", tv.page().id);
    }
    tv.press("5");
    CHECK_TEXT_EQUAL("booking.times", tv.page().id);
}

TEST(Booking, PartOfTheDayIsAskedForWhereTheTimesNeedMoreThanAPage) {
    open_days();
    tv.press("5");
    answer();
    CHECK_TRUE(tv.shows("1. 上午 — 8 个时间可约"));
    CHECK_TRUE(tv.shows("2. 下午 — 6 个时间可约"));
    tv.press("2");
    CHECK_TRUE(tv.shows("1. 14:00"));
    tv.press("BACK");
    answer();
    CHECK_TRUE(tv.shows("1. 上午"));
}

TEST(Booking, PartOfTheDayIsNotAskedForWhereTheTimesFitOnAPage) {
    office.times = {570, 600, 900};
    open_days();
    tv.press("5");
    answer();
    CHECK_TRUE(tv.shows("1. 09:30"));
    CHECK_TRUE(tv.shows("3. 15:00"));
}

TEST(Booking, PartOfTheDayIsNotAskedForWhereThereIsOne) {
    office.times.clear();
    for (int minute = 480; minute < 720; minute += 15) office.times.push_back(minute);
    open_days();
    tv.press("5");
    answer();
    CHECK_TRUE(tv.shows("1. 08:00"));
}

TEST(Booking, AsksOneQuestionBeforeAnythingIsDone) {
    open_question();
    CHECK_TRUE(tv.shows("为张*明预约“老年人免费体检”，11月27日 星期五 08:00，地点河湾区样例老年健康服务中心，好吗？"));
    CHECK_TEXT_EQUAL("[好的]", tv.focused());
    CHECK_EQUAL(0, changes_asked());
    tv.press("RIGHT OK");
    CHECK_TEXT_EQUAL("members", tv.page().id);
    CHECK_EQUAL(0, changes_asked());
}

TEST(Booking, OfTheOnlyMemberIsNotAskedWhose) {
    office.members = {{"m1", "张*明"}};
    open_days();
    tv.press("1");
    answer();
    CHECK_TEXT_EQUAL("wish", tv.page().id);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("booking.days", tv.page().id);
}

TEST(Booking, IsHeldConfirmedAndShownOnlyOnceThePlatformHasSaidSo) {
    open_question();
    say_yes();
    CHECK_TRUE(Change::Hold == last().change.kind);
    CHECK_TEXT_EQUAL(slot_name(day_of(11, 27), 480), last().change.slot);
    CHECK_TEXT_EQUAL("b3c0", last().session->ref);
    CHECK_FALSE(tv.shows("预约成功"));
    platform.answer(appointment(AppointmentState::Held));
    CHECK_TRUE(Change::Confirm == last().change.kind);
    CHECK_TEXT_EQUAL("YY-1127-0203", last().change.number);
    CHECK_FALSE(tv.shows("预约成功"));
    CHECK_TRUE(tv.application->is_waiting());
    platform.answer(appointment(AppointmentState::Booked));
    CHECK_TEXT_EQUAL("wish.done", tv.page().id);
    CHECK_TRUE(tv.shows("预约成功"));
    std::string all;
    look_at_all_pages(tv, [&] { all += tv.text(); });
    for (const char* fact : {"老年人免费体检", "张*明", "11月27日 星期五 09:30", "河湾区样例老年健康服务中心",
                             "河湾区康宁路88号", "000-8800-1101", "居民身份证", "三楼施工，请走南门"})
        CHECK_TRUE_TEXT(all.contains(fact), fact);
}

TEST(Booking, LeadsBackToWhereItBegan) {
    open_question();
    say_yes();
    answer();
    CHECK_TEXT_EQUAL("wish.done", tv.page().id);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("booking", tv.page().id);
}

TEST(Booking, LeadsOnToMyAppointmentsWithoutAnotherPin) {
    open_question();
    say_yes();
    answer();
    look_at_all_pages(tv, [] {});
    tv.press("LEFT OK");
    CHECK_TRUE(Asked::Mine == last().kind);
    answer();
    CHECK_TEXT_EQUAL("appointments", tv.page().id);
}

TEST(Booking, ByHandIsSaidBeforeAndAfter) {
    open_board();
    tv.press("3");
    answer();
    tv.press("1");
    answer();
    tv.press("1");
    CHECK_TRUE(tv.shows("由工作人员确认"));
    say_yes();
    platform.answer(appointment(AppointmentState::Held));
    platform.answer(appointment(AppointmentState::Pending));
    CHECK_TRUE(tv.shows("已提交，等待确认"));
    CHECK_FALSE(tv.shows("预约成功"));
}

TEST(Booking, SlotThatHasGoneLeadsToTheTimesThatAreLeft) {
    open_question();
    say_yes();
    platform.refuse(Refusal::Reason::SlotTaken);
    CHECK_TEXT_EQUAL("booking.times", tv.page().id);
    CHECK_TRUE(Asked::Slots == last().kind);
    office.times = {600};
    answer();
    CHECK_TRUE(tv.shows("刚被别人约走了，请另选时间"));
    CHECK_TRUE(tv.shows("1. 10:00"));
    tv.press("BACK");
    CHECK_TEXT_EQUAL("booking.days", tv.page().id);
}

TEST(Booking, AfterASlotThatHasGoneNobodyIsAskedForAgain) {
    open_question();
    say_yes();
    platform.refuse(Refusal::Reason::SlotTaken);
    office.times = {600};
    answer();
    tv.press("1");
    CHECK_TEXT_EQUAL("wish", tv.page().id);
    tv.press("OK");
    CHECK_TRUE(Asked::Change == last().kind);
    platform.answer(appointment(AppointmentState::Held));
    platform.answer(appointment(AppointmentState::Booked));
    CHECK_TEXT_EQUAL("wish.done", tv.page().id);
    look_at_all_pages(tv, [] {});
    tv.press("LEFT OK");
    CHECK_TRUE(Asked::Mine == last().kind);
}

TEST(Booking, LeftWhileThePlatformIsAskedIsCarriedToItsEndAndTold) {
    for (const char* way_out : {"BACK", "HOME"}) {
        open_question();
        say_yes();
        tv.press(way_out);
        CHECK_FALSE(tv.page().id.starts_with("wish"));
        platform.answer(appointment(AppointmentState::Held));
        CHECK_TRUE(Change::Confirm == last().change.kind);
        CHECK_TEXT_EQUAL("YY-1127-0203", last().change.number);
        CHECK_TRUE(last().session != nullptr);
        CHECK_FALSE(tv.shows("预约成功"));
        platform.answer(appointment(AppointmentState::Booked));
        CHECK_TRUE(tv.shows("您的预约已成功："));
        tv.press("OK");
        CHECK_FALSE(tv.shows("您的预约已成功："));
        tv.press("HOME");
        platform.questions.clear();
    }
}

TEST(Booking, LeftWhileItIsConfirmedIsToldToo) {
    open_question();
    say_yes();
    platform.answer(appointment(AppointmentState::Held));
    tv.press("HOME");
    std::weak_ptr<const platform::Session> session = last().session;
    platform.answer(appointment(AppointmentState::Booked));
    CHECK_TRUE(tv.shows("您的预约已成功："));
    platform.questions.clear();
    CHECK_TRUE(session.expired());
}

TEST(Booking, LeftAndDiscreetNamesNeitherWhatNorWhere) {
    open_question();
    say_yes();
    tv.press("HOME");
    Appointment discreet = appointment(AppointmentState::Held);
    discreet.is_discreet = true;
    std::string name = discreet.service_name;
    platform.answer(discreet);
    discreet.state = AppointmentState::Booked;
    platform.answer(discreet);
    CHECK_TRUE(tv.shows("您的预约已成功："));
    CHECK_FALSE(tv.shows("您的预约已成功：" + name));
    CHECK_FALSE(tv.shows("09:30，" + name));
}

TEST(Booking, LeftAndRefusedOrLostSaysThatNothingWasBooked) {
    open_question();
    say_yes();
    tv.press("HOME");
    platform.refuse(Refusal::Reason::SlotTaken);
    CHECK_TRUE(tv.shows("没有约成"));
    tv.press("OK");
    open_question();
    say_yes();
    tv.press("HOME");
    platform.fail(Reason::Unreachable);
    CHECK_TRUE(tv.shows("没有约成"));
    tv.press("OK");
    // What nobody knows is told by the client once it knows.
    open_question();
    say_yes();
    tv.press("HOME");
    platform.fail(Reason::Unsettled);
    CHECK_FALSE(tv.shows("没有约成"));
}

TEST(Booking, HoldThatRanOutLeadsToTheTimesToo) {
    open_question();
    say_yes();
    platform.answer(appointment(AppointmentState::Held));
    platform.refuse(Refusal::Reason::WrongState);
    CHECK_TEXT_EQUAL("booking.times", tv.page().id);
}

TEST(Booking, SessionThatEndedAsksForThePinAndGoesOnWhereItWas) {
    open_question();
    say_yes();
    platform.answer(appointment(AppointmentState::Held));
    platform.refuse(Refusal::Reason::NoSession);
    CHECK_TEXT_EQUAL("pin", tv.page().id);
    CHECK_TRUE(tv.shows("请再输入一次密码"));
    tv.press("2 4 6 8");
    platform.answer(platform.questions.back().ticket, office.answer(platform.questions.back()));
    CHECK_TRUE(Change::Confirm == last().change.kind);
    CHECK_TEXT_EQUAL("YY-1127-0203", last().change.number);
    platform.answer(appointment(AppointmentState::Booked));
    CHECK_TEXT_EQUAL("wish.done", tv.page().id);
    CHECK_EQUAL(3, changes_asked());
}

TEST(Booking, PinThatIsNotGivenLeadsBackToTheQuestion) {
    open_question();
    tv.press("OK");
    CHECK_TEXT_EQUAL("pin", tv.page().id);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("wish", tv.page().id);
    CHECK_EQUAL(0, changes_asked());
}

TEST(Booking, PinIsHeardUnderAnotherScreenAndTheWishGoesOn) {
    open_question();
    tv.press("OK 2 4 6 8 MENU");
    answer();
    CHECK_TEXT_EQUAL("settings", tv.page().id);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("wish.done", tv.page().id);
}

TEST(Booking, NeverSaysBookedWhereNobodyKnows) {
    open_question();
    say_yes();
    platform.answer(appointment(AppointmentState::Held));
    platform.fail(Reason::Unsettled);
    CHECK_TRUE(tv.shows("还不知道有没有办成"));
    CHECK_TRUE(tv.shows("请不要重复预约"));
    CHECK_TRUE(tv.shows("000-8800-1101"));
    CHECK_FALSE(tv.shows("预约成功"));
}

TEST(Booking, OutOfReachNamesTheServicesOwnNumber) {
    open_board();
    tv.press("2");
    for (const auto& question : std::vector(platform.questions))
        if (!question.is_answered)
            platform.answer(question.ticket, platform::AppointmentFailure{});
    CHECK_TRUE(tv.shows("暂时连不上"));
    CHECK_TRUE(tv.shows("000-8800-1101"));
    tv.press("OK");
    CHECK_TEXT_EQUAL("booking", tv.page().id);
}

TEST(Booking, WithoutAReturnPathNamesTheOffice) {
    tv.application->use_appointments(nullptr);
    tv.from_home("3");
    CHECK_TRUE(tv.shows("暂时连不上"));
    CHECK_TRUE(tv.shows("000-8800-1051"));
    CHECK_FALSE(tv.application->is_waiting());
    tv.from_home("5");
    choose(tv, "居家护理");
    look_at_all_pages(tv, [] {});
    tv.press("OK");
    CHECK_TRUE(tv.shows("暂时连不上"));
    CHECK_TRUE(tv.shows("000-8800-1106"));
}

TEST(Booking, NetworkThatGoesInTheMiddleIsSaid) {
    open_question();
    tv.press("OK 2 4 6");
    tv.application->use_appointments(nullptr);
    tv.press("8");
    CHECK_TRUE(tv.shows("暂时连不上"));
    tv.press("BACK BACK BACK BACK BACK");
    CHECK_TEXT_EQUAL("home", tv.page().id);
}

TEST(Booking, FullServiceOffersTheWaitingList) {
    office = full_office();
    open_days();
    CHECK_TRUE(tv.shows("1. 登记候补"));
    tv.press("1");
    answer();
    tv.press("1");
    CHECK_TRUE(tv.shows("把张*明登记到“老年人免费体检”的候补名单，好吗？"));
    say_yes();
    CHECK_TRUE(Change::Wait == last().change.kind);
    CHECK_TEXT_EQUAL("12/0101#health-check", last().change.service);
    answer();
    CHECK_TRUE(tv.shows("已登记候补"));
}

TEST(Booking, FullServiceWithoutAListOffersNone) {
    office = full_office();
    for (auto& service : office.services) service.has_waiting_list = false;
    open_days();
    CHECK_FALSE(tv.shows("登记候补"));
    CHECK_TRUE(tv.shows("已约满"));
}

TEST(Booking, FirstFreeDayWhoseTimesHaveGoneIsPassedOver) {
    open_board();
    tv.press("2");
    platform.answer(office.days);
    CHECK_TRUE(day_of(11, 27) == last().day);
    platform.answer(std::vector<platform::Slot>());
    CHECK_TRUE(day_of(11, 30) == last().day);
    answer();
    CHECK_TRUE(tv.shows("最早可约：11月30日 星期一 08:00"));
}

TEST(Booking, DropsAnswersThatComeLateDoubledOrOutOfOrder) {
    open_board();
    tv.press("2");
    auto first = last().ticket;
    tv.press("BACK");
    answer();
    tv.press("3");
    auto second = last().ticket;
    // Of a screen that has gone, after that of the present one.
    platform.answer(second, std::vector<platform::BookableDay>());
    platform.answer(first, office.days);
    CHECK_TRUE(tv.shows("目前没有可约的时间"));
    // Twice.
    platform.answer(second, office.days);
    CHECK_TRUE(tv.shows("目前没有可约的时间"));
    // With what nobody asked for.
    platform.answer(second + 100, office.days);
    platform.answer(platform::Ticket(0), office.days);
    CHECK_TRUE(tv.shows("目前没有可约的时间"));
}

TEST(Booking, AnswerOfTheWrongKindIsAFailure) {
    for (const char* way : {"3", "3 2", "3 2 5", "3 2 1"}) {
        open_board();
        tv.press("HOME");
        for (input::Key key : keys(way)) {
            answer();
            tv.press(key);
        }
        for (int i = 0; i < 3 && platform.has_open_question(); ++i)
            platform.answer(std::vector<platform::Reminder>());
        CHECK_FALSE(tv.application->is_waiting());
        CHECK_TRUE(tv.shows("暂时连不上"));
    }
}

TEST(Booking, WaitIsEndedWithBackAtEveryStep) {
    for (const char* way : {"3", "3 2", "3 2 5", "3 2 1", "3 1"}) {
        tv.press("HOME");
        for (input::Key key : keys(way)) {
            answer();
            tv.press(key);
        }
        CHECK_TRUE(tv.application->is_waiting());
        std::size_t depth = tv.application->depth();
        tv.press("BACK");
        CHECK_EQUAL(depth - 1, tv.application->depth());
        answer();
        CHECK_EQUAL(depth - 1, tv.application->depth());
    }
}

TEST(Booking, DaysAreThePlatformsOnAnUnknownClock) {
    tv.clock.set_state(base::ClockState::Unknown);
    open_days();
    CHECK_TRUE(tv.shows("1. 最早可约：11月27日 星期五 08:00"));
    look_at_all_pages(tv, [&] {
        CHECK_FALSE(tv.shows("今天"));
        CHECK_FALSE(tv.shows("昨天"));
    });
}

TEST(Booking, DaysAreThePlatformsOnAWrongClock) {
    tv.clock.set(kMonday + std::chrono::days(400));
    open_days();
    CHECK_TRUE(tv.shows("1. 最早可约：11月27日 星期五 08:00"));
}

TEST(Booking, TimesAreThoseOfTheBoxAcrossSummerTime) {
    // On 28 March 2027 two o'clock becomes three in Berlin.
    base::set_time_zone("Europe/Berlin");
    std::chrono::year_month_day day = std::chrono::year(2027) / 3 / 28;
    office.days = {{.date = day, .places = 4, .free = 4}};
    open_board();
    tv.press("2");
    platform.answer(office.days);
    std::chrono::sys_seconds first = std::chrono::sys_days(day) + 30min;
    std::vector<platform::Slot> slots;
    for (int i = 0; i < 3; ++i) slots.push_back({base::format("s{}", i), first + i * 30min, 30min, 1, 1});
    platform.answer(slots);
    answer();
    CHECK_TRUE(tv.shows("最早可约：3月28日 星期日 01:30"));
    tv.press("2");
    platform.answer(slots);
    CHECK_TRUE(tv.shows("1. 01:30"));
    CHECK_TRUE(tv.shows("2. 03:00"));
    CHECK_TRUE(tv.shows("3. 03:30"));
    base::set_time_zone("Asia/Shanghai");
}

TEST(Booking, TimeOfAnotherZoneBearsItsDay) {
    // The platform's Friday morning is Thursday evening in New York.
    open_days();
    base::set_time_zone("America/New_York");
    tv.press("5");
    std::chrono::sys_seconds start = std::chrono::sys_days(day_of(11, 27)) + 1h + 30min;
    platform.answer(std::vector<platform::Slot>{{"s1", start, 30min, 1, 1}});
    CHECK_TRUE(tv.shows("1. 11月26日 星期四 20:30"));
    base::set_time_zone("Asia/Shanghai");
}

TEST(Booking, SaysWhatToDoForEveryRefusal) {
    std::set<std::string> sentences;
    for (int i = 0; i <= static_cast<int>(Refusal::Reason::Busy); ++i) {
        tv.from_home("3");
        platform.refuse({.reason = static_cast<Refusal::Reason>(i), .tries_left = 3, .limit = 2, .seconds = 600s});
        const auto* state = std::get_if<app::StateElement>(&tv.page().elements.front());
        CHECK_TRUE_TEXT(state != nullptr, tv.text().c_str());
        CHECK_FALSE(state->sentence.empty());
        sentences.insert(state->sentence);
        CHECK_TRUE(tv.shows("000-8800-1051"));
    }
    // Two of them are both the box's own mistake.
    CHECK_EQUAL(static_cast<std::size_t>(Refusal::Reason::Busy), sentences.size());
}

TEST(Booking, SessionGoesWithItsScreens) {
    for (const char* way_out : {"HOME", "BACK BACK"}) {
        platform.questions.clear();
        open_question();
        say_yes();
        std::weak_ptr<const platform::Session> session = last().session;
        answer();
        platform.questions.clear();
        CHECK_FALSE(session.expired());
        tv.press(way_out);
        CHECK_TRUE(session.expired());
    }
}

TEST(Booking, SessionGoesAfterThePause) {
    open_question();
    say_yes();
    std::weak_ptr<const platform::Session> session = last().session;
    answer();
    platform.questions.clear();
    tv.pass(121s);
    CHECK_FALSE(tv.page().message.empty());
    tv.pass(20s);
    CHECK_TEXT_EQUAL("home", tv.page().id);
    CHECK_TRUE(session.expired());
}

TEST(Booking, LeavesNothingPersonalInTheLog) {
    open_question();
    say_yes();
    answer();
    for (const char* personal : {"张*明", "2468", "b3c0", "YY-1127-0203"})
        CHECK_FALSE_TEXT(tv.log.lines().contains(personal), personal);
}
