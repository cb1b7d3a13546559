#include "tests/stb-app/support/tour.h"

#include "middleware/base/file.h"
#include "middleware/base/local_time.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using platform::Reminder;
using Reason = platform::AppointmentFailure::Reason;

namespace {

/// Tuesday, half past nine.
constexpr std::chrono::sys_seconds kTuesday = kMonday + 24h + 30min;
constexpr const char* kHealth = "老年人免费体检";

Reminder check_up(std::chrono::sys_seconds start = kTuesday) {
    return {.number = "YY-1124-0203", .start = start, .service_name = kHealth, .place = "老年健康服务中心"};
}

Reminder offered_until(std::chrono::sys_seconds until) {
    Reminder offer = check_up(kTuesday + 72h);
    offer.state = platform::AppointmentState::Offered;
    offer.held_until = until;
    return offer;
}

}  // namespace

// clang-format off
TEST_GROUP(Reminders) {
    Television tv;

    /// The platform answers with these when it is asked again.
    void know(std::vector<Reminder> reminders) {
        tv.pass(36min);
        tell(std::move(reminders));
    }
    void tell(std::vector<Reminder> reminders) {
        tv.appointments.answer_reminders(std::move(reminders));
        tv.application->tick();
    }
    /// Until this time of the day, which is to come.
    void pass_until(std::chrono::sys_seconds time) { tv.pass(time - tv.clock.now()); }
    bool is_reminded() { return tv.shows(kHealth); }
};
// clang-format on

TEST(Reminders, AreAskedForAtTheStartAndEveryHalfHour) {
    UNSIGNED_LONGS_EQUAL(1, tv.appointments.reminder_tickets.size());
    tell({});
    tv.pass(24min);
    UNSIGNED_LONGS_EQUAL(1, tv.appointments.reminder_tickets.size());
    tv.pass(12min);
    UNSIGNED_LONGS_EQUAL(2, tv.appointments.reminder_tickets.size());
}

TEST(Reminders, AreAskedForAgainSoonerAfterAFailureAndWhatIsKnownIsTold) {
    tell({check_up()});
    tv.pass(36min);
    UNSIGNED_LONGS_EQUAL(2, tv.appointments.reminder_tickets.size());
    tv.appointments.fail_reminders(Reason::Unreachable);
    tv.pass(11min);
    UNSIGNED_LONGS_EQUAL(3, tv.appointments.reminder_tickets.size());
    pass_until(kMonday + 8h);
    CHECK_TRUE(is_reminded());
}

TEST(Reminders, AreAskedForAgainAfterAChangeOnThisBox) {
    tell({});
    tv.application->hear_appointment({999, platform::Appointment{.number = "YY-1"}});
    tv.pass(60s);
    UNSIGNED_LONGS_EQUAL(2, tv.appointments.reminder_tickets.size());
}

TEST(Reminders, ComeTheDayBeforeAndTwoHoursBefore) {
    tell({check_up()});
    pass_until(kMonday + 7h + 59min);
    CHECK_FALSE(is_reminded());
    pass_until(kMonday + 8h);  // 17:00
    CHECK_TRUE(tv.shows("预约提醒"));
    CHECK_TRUE(tv.shows("明天 09:30：老年人免费体检"));
    CHECK_TRUE(tv.shows("地点：老年健康服务中心"));
    tv.press("OK");
    CHECK_FALSE(is_reminded());
    pass_until(kTuesday - 2h - 1min);
    CHECK_FALSE(is_reminded());
    pass_until(kTuesday - 2h);
    CHECK_TRUE(tv.shows("今天 09:30：老年人免费体检"));
    tv.press("OK");
    pass_until(kTuesday + 1h);
    CHECK_FALSE(is_reminded());
}

TEST(Reminders, GoWhenTheAppointmentBegins) {
    tell({check_up()});
    pass_until(kTuesday - 1min);
    CHECK_TRUE(is_reminded());
    pass_until(kTuesday);
    CHECK_FALSE(is_reminded());
}

TEST(Reminders, ComeAtTheTimesThatWereChosen) {
    app::Settings settings = tv.application->settings();
    settings.remind_day_before_at = 0;
    settings.remind_hours_before = 3;
    tv.application->change_settings(settings);
    tell({check_up()});
    pass_until(kTuesday - 3h - 1min);
    CHECK_FALSE(is_reminded());
    pass_until(kTuesday - 3h);
    CHECK_TRUE(is_reminded());
}

TEST(Reminders, CanBeTurnedOff) {
    app::Settings settings = tv.application->settings();
    settings.remind_day_before_at = settings.remind_hours_before = 0;
    tv.application->change_settings(settings);
    tell({check_up()});
    pass_until(kTuesday - 1min);
    CHECK_FALSE(is_reminded());
}

TEST(Reminders, AreChosenInTheSettings) {
    tv.press("8 4 1");
    LONGS_EQUAL(0, tv.application->settings().remind_day_before_at);
    tv.press("BACK 5 4");
    LONGS_EQUAL(3, tv.application->settings().remind_hours_before);
    tv.restart();
    LONGS_EQUAL(0, tv.application->settings().remind_day_before_at);
    LONGS_EQUAL(3, tv.application->settings().remind_hours_before);
}

TEST(Reminders, OfTheDayBeforeDoNotComeAtNight) {
    app::Settings settings = tv.application->settings();
    settings.remind_hours_before = 0;
    tv.application->change_settings(settings);
    // Heard of after 22:00 only.
    tv.clock.set(kMonday + 13h);
    tell({check_up()});
    CHECK_FALSE(is_reminded());
    pass_until(kMonday + 22h + 59min);
    CHECK_FALSE(is_reminded());
    pass_until(kMonday + 23h);  // 8:00
    CHECK_TRUE(is_reminded());
}

TEST(Reminders, ComeAtNightWhenTheMorningWouldBeTooLate) {
    tv.clock.set(kMonday + 13h);
    tell({check_up(kMonday + 22h + 30min)});  // 7:30
    CHECK_TRUE(is_reminded());
}

TEST(Reminders, OfOneAppointmentComeOnceWhenBothAreDue) {
    tv.clock.set(kTuesday - 1h);
    tell({check_up()});
    CHECK_TRUE(is_reminded());
    tv.press("OK");
    CHECK_FALSE(is_reminded());
    tv.pass(10min);
    CHECK_FALSE(is_reminded());
}

TEST(Reminders, DoNotComeTwiceNotAfterARestartEither) {
    tell({check_up()});
    pass_until(kMonday + 8h);
    tv.press("BACK");
    know({check_up()});
    CHECK_FALSE(is_reminded());
    tv.restart();
    tell({check_up()});
    tv.pass(1h);
    CHECK_FALSE(is_reminded());
    pass_until(kTuesday - 1h);
    CHECK_TRUE(is_reminded());
}

TEST(Reminders, ThatNobodyPutAwayComeAgainAfterARestart) {
    tell({check_up()});
    pass_until(kMonday + 8h);
    tv.restart();
    CHECK_FALSE(is_reminded());
    tell({check_up()});
    CHECK_TRUE(is_reminded());
}

TEST(Reminders, ComeAnewForANewStart) {
    tell({check_up()});
    pass_until(kMonday + 8h);
    tv.press("OK");
    know({check_up(kTuesday + 1h)});
    CHECK_TRUE(tv.shows("明天 10:30"));
}

TEST(Reminders, OfWhatWasCalledOffGo) {
    tell({check_up()});
    pass_until(kMonday + 8h);
    CHECK_TRUE(is_reminded());
    know({});
    CHECK_FALSE(is_reminded());
}

TEST(Reminders, OfWhatWasPutOffGoAndComeAtTheNewTime) {
    tell({check_up()});
    pass_until(kMonday + 8h);
    know({check_up(kTuesday + std::chrono::days(3))});
    CHECK_FALSE(is_reminded());
    pass_until(kMonday + std::chrono::days(3) + 8h);
    CHECK_TRUE(is_reminded());
}

TEST(Reminders, DoNotComeOnAnUnknownClock) {
    tv.clock.set(kTuesday - 1h);
    tv.clock.set_state(base::ClockState::Unknown);
    tell({check_up()});
    tv.pass(5min);
    CHECK_FALSE(is_reminded());
    tv.clock.set_state(base::ClockState::Good);
    tv.pass(60s);
    CHECK_TRUE(is_reminded());
}

TEST(Reminders, AreMadeUpForWhenTheClockJumpsForward) {
    tell({check_up()});
    tv.clock.set(kTuesday - 10min);
    tv.application->tick();
    CHECK_TRUE(tv.shows("今天 09:30"));
}

TEST(Reminders, AreNotMadeUpForAfterTheStart) {
    tell({check_up()});
    tv.clock.set(kTuesday + 1min);
    tv.application->tick();
    CHECK_FALSE(is_reminded());
}

TEST(Reminders, OfADiscreetServiceNameNeitherItNorThePlace) {
    Reminder discreet = check_up();
    discreet.service_name.clear();
    tell({discreet});
    pass_until(kMonday + 8h);
    CHECK_TRUE(tv.shows("明天 09:30：您有一个预约"));
    CHECK_TRUE(tv.shows("YY-1124-0203"));
    CHECK_FALSE(tv.shows("老年健康服务中心"));
}

TEST(Reminders, APlaceThatHasComeFreeIsToldAtOnceWithTheWayToIt) {
    Reminder offer = offered_until(kTuesday);
    tell({offer});
    CHECK_TRUE(tv.shows("有空位留给您了"));
    CHECK_TRUE(tv.shows("为您保留到11月24日 星期二 09:30。"));
    tv.press("OK");
    CHECK_TEXT_EQUAL("members", tv.page().id);
    know({offer});
    CHECK_FALSE(tv.shows("有空位留给您了"));
}

TEST(Reminders, AnOfferGoesWhenItIsTaken) {
    tell({offered_until(kMonday + 3h)});
    CHECK_TRUE(tv.shows("有空位留给您了"));
    know({check_up(kTuesday + 72h)});
    CHECK_FALSE(tv.shows("有空位留给您了"));
}

TEST(Reminders, AnOfferGoesWhenItIsOver) {
    tell({offered_until(kMonday + 3h)});
    pass_until(kMonday + 3h - 1min);
    CHECK_TRUE(tv.shows("有空位留给您了"));
    pass_until(kMonday + 3h);
    CHECK_FALSE(tv.shows("有空位留给您了"));
}

TEST(Reminders, WhatTheOfficeCallsOffIsToldInPlaceOfTheReminder) {
    tell({check_up()});
    pass_until(kMonday + 8h);
    CHECK_TRUE(tv.shows("明天 09:30"));
    Reminder off = check_up();
    off.state = platform::AppointmentState::Cancelled;
    off.telephone = "000-8800-1101";
    know({off});
    CHECK_FALSE(tv.shows("明天 09:30"));
    CHECK_TRUE(tv.shows("您的预约停办了"));
    CHECK_TRUE(tv.shows("11月24日 星期二 09:30，老年人免费体检"));
    CHECK_TRUE(tv.shows("咨询电话：000-8800-1101"));
    tv.press("OK");
    tv.restart();
    tell({off});
    CHECK_FALSE(tv.shows("您的预约停办了"));
}

TEST(Reminders, WhatIsNewDoesNotComeAtNight) {
    tv.clock.set(kMonday + 14h);  // 23:00
    Reminder off = check_up(kTuesday + 24h);
    off.state = platform::AppointmentState::Cancelled;
    tell({off});
    CHECK_FALSE(tv.shows("您的预约停办了"));
    pass_until(kMonday + 23h);
    CHECK_TRUE(tv.shows("您的预约停办了"));
}

TEST(Reminders, LeaveNothingReadableAtRestOrInTheLog) {
    tell({check_up()});
    pass_until(kMonday + 8h);
    tv.press("OK");
    tv.close();
    std::string kept;
    for (const auto& file : std::filesystem::directory_iterator(tv.folder.path())) {
        if (!file.path().filename().string().starts_with("household")) continue;
        auto bytes = base::read_file(file.path());
        CHECK_GOOD(bytes);
        kept += *bytes;
    }
    for (const char* words : {"YY-1124-0203", kHealth, "1795483800"}) {
        CHECK_FALSE(kept.contains(words));
        CHECK_FALSE(tv.log.lines().contains(words));
    }
}

TEST(Reminders, AnswersOfOthersAreNotTakenForThem) {
    tv.application->hear_appointment({777, std::vector<Reminder>{check_up(kMonday + 1h)}});
    tv.pass(60s);
    CHECK_FALSE(is_reminded());
}
