// What became of changes that could not be answered at once is said on whatever page is open.

#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using Kind = platform::Change::Kind;
using platform::AppointmentState;
using platform::SettledChange;

// clang-format off
TEST_GROUP(SettledChanges) {
    Television tv{{.settings = {.language = text::Language::English}}};

    static SettledChange done(Kind kind, AppointmentState state = AppointmentState::Booked) {
        platform::Appointment appointment{.number = "YY-1", .service_name = "Health check", .state = state, .start = kMonday + 96h};
        return {.kind = kind, .was_done = true, .appointment = appointment};
    }
    /// What is told over the page; empty: nothing.
    std::string announced() const {
        for (const app::Element& element : tv.page().elements)
            if (const auto* sheet = std::get_if<app::AnnouncementElement>(&element)) return sheet->sentences.front();
        return {};
    }
    std::string said(const SettledChange& change) {
        tv.appointments.settle(change);
        std::string sentence = announced();
        tv.press("OK");
        return sentence;
    }
};
// clang-format on

TEST(SettledChanges, AreSaidInWords) {
    STRCMP_CONTAINS("Your booking went through:", said(done(Kind::Confirm)).c_str());
    STRCMP_CONTAINS("09:00, Health check", said(done(Kind::Confirm)).c_str());
    STRCMP_CONTAINS("27", said(done(Kind::Confirm)).c_str());
    STRCMP_CONTAINS("The office still has to confirm", said(done(Kind::Confirm, AppointmentState::Pending)).c_str());
    STRCMP_CONTAINS("was cancelled", said(done(Kind::Confirm, AppointmentState::Cancelled)).c_str());
    STRCMP_CONTAINS("was moved", said(done(Kind::Move)).c_str());
    STRCMP_CONTAINS("was cancelled", said(done(Kind::Cancel, AppointmentState::Cancelled)).c_str());
    SettledChange waiting = done(Kind::Wait, AppointmentState::Waiting);
    waiting.appointment->start.reset();
    CHECK_TEXT_EQUAL("You are on the waiting list: Health check", said(waiting));
}

TEST(SettledChanges, ThatWereNotDoneSayWhatHoldsNow) {
    STRCMP_CONTAINS("did not arrive. Nothing was booked", said({.kind = Kind::Confirm}).c_str());
    STRCMP_CONTAINS("Nothing was booked", said({.kind = Kind::Confirm, .refusal_reason = "slot-taken"}).c_str());
    STRCMP_CONTAINS("stays as it was", said({.kind = Kind::Move}).c_str());
    STRCMP_CONTAINS("stays as it was", said({.kind = Kind::Cancel, .refusal_reason = "too-late"}).c_str());
    STRCMP_CONTAINS("not on the waiting list", said({.kind = Kind::Wait}).c_str());
    // A time that was only chosen is nobody's appointment.
    STRCMP_CONTAINS("Nothing was booked", said(done(Kind::Hold, AppointmentState::Held)).c_str());
}

TEST(SettledChanges, DoNotNameAServiceThatIsNobodysBusiness) {
    SettledChange discreet = done(Kind::Confirm);
    discreet.appointment->service_name.clear();
    std::string sentence = said(discreet);
    CHECK_TRUE(sentence.ends_with("09:00"));
}

TEST(SettledChanges, StayUntilTheyArePutAwayOneAfterTheOther) {
    tv.appointments.settle(done(Kind::Confirm));
    tv.appointments.settle(done(Kind::Cancel));
    tv.pass(3600s);
    CHECK_TRUE(announced().contains("went through"));
    tv.press("OK");
    CHECK_TRUE(announced().contains("was cancelled"));
    tv.press("OK");
    CHECK_TEXT_EQUAL("", announced());
}

TEST(SettledChanges, AreSaidOverTheTelevisionToo) {
    tv.press("HOME 0");
    CHECK_TEXT_EQUAL("live", tv.page().id);
    tv.appointments.settle(done(Kind::Confirm));
    CHECK_TRUE(announced().contains("went through"));
}
