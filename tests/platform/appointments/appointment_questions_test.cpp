// Every question of the client, answered by the real platform.

#include "middleware/base/secret.h"
#include "tests/platform/appointments/client_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace linli::tests;
using namespace std::chrono_literals;

// clang-format off
TEST_GROUP(AppointmentQuestions) {
    ClientTest test;
    void setup() override { test.connect(); }

    /// The answer to the question with this ticket.
    template <typename Value>
    Value value(Ticket ticket) {
        AppointmentAnswer answer = test.next();
        UNSIGNED_LONGS_EQUAL(ticket, answer.ticket);
        auto* failure = std::get_if<AppointmentFailure>(&answer.result);
        CHECK_TRUE_TEXT(failure == nullptr, failure ? failure->detail.c_str() : "");
        return std::get<Value>(answer.result);
    }
};
// clang-format on

TEST(AppointmentQuestions, LeadFromTheServicesToMyAppointments) {
    auto& client = *test.client;
    content::ItemKey service = StoreTest::key_of();
    LONGS_EQUAL(2, value<std::vector<Member>>(client.ask_members()).size());
    auto services = value<std::vector<BookableService>>(client.ask_services(*content::AreaCode::parse("12/0101/001/002")));
    CHECK_TEXT_EQUAL("12/0101#check", services.at(0).ref);
    LONGS_EQUAL(28, value<std::vector<BookableDay>>(client.ask_days(service)).size());
    LONGS_EQUAL(4, value<std::vector<Slot>>(client.ask_slots(service, ClientTest::kTuesday)).size());
    auto session = value<std::shared_ptr<const Session>>(client.open_session("m1", "2468"));
    CHECK_TEXT_EQUAL("m1", session->member);
    LONGS_EQUAL(0, value<std::vector<Appointment>>(client.ask_mine(session)).size());
    Appointment held = test.hold(9);
    test.done(test.confirm(held.number));
    LONGS_EQUAL(1, value<std::vector<Appointment>>(client.ask_mine(session)).size());
    LONGS_EQUAL(1, value<std::vector<Reminder>>(client.ask_reminders()).size());
    LONGS_EQUAL(0, value<std::vector<ApplicationResult>>(client.ask_results("4711")).size());
}

TEST(AppointmentQuestions, ThatHaveNoAnswerAreRefused) {
    test.client->ask_days(StoreTest::key_of("no such&service=x"));
    CHECK_TRUE(test.next_failure().refusal.reason == Refusal::Reason::Malformed);
    test.client->ask_days(StoreTest::key_of("nothing"));
    CHECK_TRUE(test.next_failure().refusal.reason == Refusal::Reason::UnknownService);
    test.client->ask_results("12 or 1=1");
    CHECK_TRUE(test.next_failure().refusal.reason == Refusal::Reason::Malformed);
    test.client->ask_mine(std::make_shared<const Session>("nobody", "m1", 600s));
    CHECK_TRUE(test.next_failure().refusal.reason == Refusal::Reason::NoSession);
}

TEST(AppointmentQuestions, AreAnsweredInTheirOrderAndNotOnceTheClientIsGone) {
    auto first = test.client->ask_members();
    auto second = test.client->ask_reminders();
    CHECK_TRUE(first < second);
    UNSIGNED_LONGS_EQUAL(first, test.next().ticket);
    UNSIGNED_LONGS_EQUAL(second, test.next().ticket);
    test.client->ask_members();
    test.client.reset();
    test.loop->run_once(10ms);
    CHECK_TRUE(test.answers.empty());
}
