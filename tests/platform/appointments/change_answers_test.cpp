// Answers that are late, doubled, out of order, cut short, huge or nonsense; a clock that is wrong; a credential that is
// forged.

#include <future>

#include "middleware/base/format.h"
#include "platform/appointments/change_journal.h"
#include "platform/appointments/messages.h"
#include "tests/platform/appointments/client_test.h"
#include "tests/support/check.h"
#include "tests/support/nginx.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace linli::tests;
using namespace std::chrono_literals;
using Reason = AppointmentFailure::Reason;
using Kind = Change::Kind;

namespace {

std::string answer(std::string_view status, std::string_view body) {
    return base::format("HTTP/1.1 {}\r\nContent-Length: {}\r\n\r\n{}", status, body.size(), body);
}

}  // namespace

// clang-format off
TEST_GROUP(AppointmentAnswers) {
    ClientTest test;
    Relay& relay = *test.relay;

    void setup() override { test.connect(); }
    std::int64_t booked() { return test.store.ask("SELECT COUNT(*) FROM appointment WHERE state = 'booked'"); }
    bool are_members(const AppointmentAnswer& answer) { return std::holds_alternative<std::vector<Member>>(answer.result); }
};
// clang-format on

TEST(AppointmentAnswers, OneThatComesTooLateIsNotTakenForTheNext) {
    std::promise<void> released;
    auto release = released.get_future().share();
    relay.set_fault("/members", [=](const Relay::Exchange& exchange) {
        std::string late = exchange.forward();
        release.wait();
        exchange.reply(late);
    }, 1);
    test.patience.answer = 300ms;
    test.connect();
    auto first = test.client->ask_members();
    auto second = test.client->ask_reminders();
    auto failure = test.next();
    UNSIGNED_LONGS_EQUAL(first, failure.ticket);
    CHECK_TRUE(std::get<AppointmentFailure>(failure.result).reason == Reason::Unreachable);
    released.set_value();
    auto reminders = test.next();
    UNSIGNED_LONGS_EQUAL(second, reminders.ticket);
    CHECK_TRUE(std::holds_alternative<std::vector<Reminder>>(reminders.result));
}

TEST(AppointmentAnswers, OneThatComesTooLateToAChangeBooksOnce) {
    Appointment held = test.hold(9);
    std::promise<void> released;
    auto release = released.get_future().share();
    // The platform does it only long after the client has asked again.
    relay.set_fault("/confirm", [=](const Relay::Exchange& exchange) {
        release.wait();
        exchange.reply(exchange.forward());
    }, 1);
    CHECK_TRUE(test.done(test.confirm(held.number)).state == AppointmentState::Booked);
    released.set_value();
    test.relay.reset();
    LONGS_EQUAL(1, booked());
    CHECK_TRUE(test.settled.empty());
}

TEST(AppointmentAnswers, ADoubledOneAnswersOneQuestion) {
    relay.set_fault("/members", [](const Relay::Exchange& exchange) {
        std::string once = exchange.forward();
        exchange.reply(once + once);
    });
    test.client->ask_members();
    test.client->ask_reminders();
    CHECK_TRUE(are_members(test.next()));
    CHECK_TRUE(std::holds_alternative<std::vector<Reminder>>(test.next().result));
    CHECK_TRUE(test.answers.empty());
}

TEST(AppointmentAnswers, ADoubledRequestBooksOnce) {
    relay.set_fault("POST", [](const Relay::Exchange& exchange) {
        exchange.forward();
        exchange.reply(exchange.forward());
    });
    Appointment held = test.hold(9);
    CHECK_TRUE(test.done(test.confirm(held.number)).state == AppointmentState::Booked);
    LONGS_EQUAL(1, booked());
    CHECK_TEXT_EQUAL("09:00 0/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", test.store.free_slots(ClientTest::kTuesday));
}

TEST(AppointmentAnswers, TheAnswerToAnotherQuestionMakesNoSense) {
    auto swap = [&](const std::string& part, const std::string& instead) {
        relay.set_fault(part, [this, instead](const Relay::Exchange& exchange) {
            std::string request = exchange.request();
            auto end = request.find(" HTTP/");
            auto begin = request.find("/appointments/");
            request.replace(begin, end - begin, instead);
            exchange.reply(Relay::Exchange(request, test.server->port(), -1).forward());
        });
    };
    content::ItemKey service = StoreTest::key_of();
    swap("/slots?", "/appointments/slots?service=12/0101%23check&day=2026-11-25");
    test.client->ask_slots(service, ClientTest::kTuesday);
    CHECK_TRUE(test.next_failure().reason == Reason::Unreachable);
    swap("/days?", "/appointments/members");
    test.client->ask_days(service);
    CHECK_TRUE(test.next_failure().reason == Reason::Unreachable);
}

TEST(AppointmentAnswers, OneAboutAnotherAppointmentIsNotShownAsTheResidents) {
    Appointment first = test.hold(9);
    test.done(test.confirm(first.number));
    Appointment second = test.hold(10);
    std::string other = write_appointment(first);
    relay.set_fault("/confirm", [&](const Relay::Exchange& exchange) {
        exchange.forward();
        exchange.reply(answer("200 OK", other));
    }, 1);
    Appointment booked_one = test.done(test.confirm(second.number));
    CHECK_TEXT_EQUAL(second.number, booked_one.number);
}

TEST(AppointmentAnswers, OneCutShortOrNonsenseIsFollowedUp) {
    const std::vector<Relay::Fault> kFaults = {
        [](const Relay::Exchange& exchange) {
            std::string whole = exchange.forward();
            exchange.reply(whole.substr(0, whole.size() - 30));
        },
        [](const Relay::Exchange& exchange) {
            exchange.forward();
            exchange.reply(answer("200 OK", "<appointment xmlns='urn:linli:exchange:1' number='N1'"));
        },
        [](const Relay::Exchange& exchange) {
            exchange.forward();
            exchange.reply(answer("200 OK", "<!DOCTYPE x [<!ENTITY a 'b'>]><appointment>&a;</appointment>"));
        },
        [](const Relay::Exchange& exchange) {
            exchange.forward();
            exchange.reply(answer("200 OK", std::string(2'000'000, ' ')));
        },
        [](const Relay::Exchange& exchange) {
            exchange.forward();
            exchange.reply(answer("502 Bad Gateway", "<html>Bad Gateway</html>"));
        },
        [](const Relay::Exchange& exchange) {
            exchange.forward();
            exchange.reply("\x16\x03\x01 this is not HTTP at all\r\n\r\n");
        },
        [](const Relay::Exchange& exchange) {
            exchange.forward();
            exchange.reply("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        },
    };
    int number = 0;
    for (const Relay::Fault& fault : kFaults) {
        Appointment held = test.hold(9 + number / 2 % 2, number % 2 * 30);
        relay.set_fault("/confirm", fault, 1);
        CHECK_TRUE(test.done(test.confirm(held.number)).state == AppointmentState::Booked);
        ++number;
        LONGS_EQUAL(1, booked());
        CHECK_TRUE(test.done({.kind = Kind::Cancel, .number = held.number}).state == AppointmentState::Cancelled);
    }
}

TEST(AppointmentAnswers, ToOutcomeThatMakeNoSenseTellNothing) {
    Appointment held = test.hold(9);
    relay.set_fault("/confirm", lose_answer);
    std::string other_key = StoreTest::new_key();
    std::atomic<int> asked = 0;
    relay.set_fault("/outcome", [&](const Relay::Exchange& exchange) {
        std::string key = value_after(exchange.request(), "key=");
        switch (asked++ % 4) {
            case 0: return exchange.reply(answer("200 OK", write_outcome({.key = other_key})));
            case 1: return exchange.reply(answer("200 OK", write_outcome({key, "cancel", Outcome::Result::Refused, "too-late", {}})));
            case 2: return exchange.reply(answer("404 Not Found", "nothing here"));
            default: return exchange.reply("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<outcome");
        }
    });
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unsettled);
    CHECK_TRUE(test.until([&] { return asked > 8; }));
    CHECK_TRUE(test.settled.empty());
    relay.clear_faults();
    CHECK_TRUE(test.next_settled().was_done);
}

TEST(AppointmentAnswers, ASessionOfAnotherMemberIsNotTaken) {
    relay.set_fault("/session", [](const Relay::Exchange& exchange) {
        exchange.reply(answer("200 OK", write_session({"abc", "m2", 600s})));
    });
    test.client->open_session("m1", "2468");
    CHECK_TRUE(test.next_failure().reason == Reason::Unreachable);
}

TEST(AppointmentAnswers, ForgedCredentialsAndSessionsAreRefusedAndLeaveNoTrace) {
    test.connect("box-token-1x");
    test.client->ask_members();
    CHECK_TRUE(test.next_failure().refusal.reason == Refusal::Reason::UnknownBox);
    // Another household's box with this one's session.
    Household other{.box_token = "box-token-2", .people = {{{"m1", "李*"}, "1357", {}}}};
    CHECK_GOOD(test.store.store().import_households(std::vector{other}));
    test.connect("box-token-2");
    auto failure = test.failed({.kind = Kind::Hold, .slot = test.store.slot(ClientTest::kTuesday, 9)});
    CHECK_TRUE(failure.refusal.reason == Refusal::Reason::NoSession);
    LONGS_EQUAL(0, test.store.ask("SELECT COUNT(*) FROM appointment"));
}

TEST(AppointmentAnswers, TheLogHoldsNothingPersonal) {
    test.client->open_session("m1", "2468");
    test.next();
    test.client->open_session("m1", "97531");
    test.next();
    Appointment held = test.hold(9);
    relay.set_fault("/confirm", lose_answer);
    relay.set_fault("/outcome", lose_request);
    test.failed(test.confirm(held.number));
    relay.clear_faults();
    test.next_settled();
    test.client->ask_results("47114711");
    test.next();
    test.client->set_network(false);
    test.client->ask_results("47114711");
    test.next();
    std::string key = value_after(relay.requests("/confirm")[0], " key=\"");
    for (const std::string& secret : {std::string("2468"), std::string("97531"), std::string("张"), held.number, key,
                                      test.session()->ref, std::string("47114711"), std::string("box-token")})
        CHECK_FALSE_TEXT(test.log.lines().contains(secret), secret.c_str());
}

TEST(AppointmentAnswers, AClockThatIsYearsOffChangesNothing) {
    for (std::chrono::sys_seconds wrong : {std::chrono::sys_seconds(-86400s), std::chrono::sys_seconds(4102444800s)}) {
        base::SettableClock clock{wrong};
        AppointmentOptions options{.base_url = relay.url() + "/appointments", .box_token = "box-token-1", .journal = test.journal()};
        test.client = make_http_appointment_client(std::move(options), test.patience, clock, *test.loop, test.log);
        test.client->set_listener([&](AppointmentAnswer answer) { test.answers.push_back(std::move(answer)); });
        test.client->set_settled_listener([&](SettledChange change) { test.settled.push_back(std::move(change)); });
        Appointment held = test.hold(9);
        relay.set_fault("/confirm", lose_answer);
        relay.set_fault("/outcome", lose_request);
        CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unsettled);
        relay.clear_faults();
        CHECK_TRUE(test.next_settled().was_done);
        CHECK_TRUE(test.done({.kind = Kind::Cancel, .number = held.number}).state == AppointmentState::Cancelled);
        test.client.reset();
    }
}

TEST(AppointmentAnswers, WhatThePlatformHasForgottenIsNotCalledUndone) {
    {
        ChangeJournal journal(test.journal(), test.log);
        CHECK_GOOD(journal.add({StoreTest::new_key(), Kind::Confirm, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - 49h}));
    }
    test.connect();
    CHECK_TRUE(test.forgets());
    CHECK_TRUE(test.settled.empty());
    STRCMP_CONTAINS("not known any more", test.log.lines().c_str());
}

// clang-format off
TEST_GROUP(AppointmentTls) {
    ClientTest test;

    /// A client that reaches the platform over TLS, by a box's clock.
    void connect(const Nginx& nginx, const TestAuthority& authority, const base::Clock& clock, bool shows_certificate = true) {
        AppointmentOptions options{.base_url = nginx.url() + "/appointments", .box_token = "box-token-1",
                                   .journal = test.journal()};
        options.http.ca_file = authority.ca();
        if (shows_certificate) {
            options.http.client_certificate = authority.client_certificate();
            options.http.client_key = authority.client_key();
        }
        test.client.reset();
        test.client = make_http_appointment_client(std::move(options), test.patience, clock, *test.loop, test.log);
        test.client->set_listener([&](AppointmentAnswer answer) { test.answers.push_back(std::move(answer)); });
    }
    std::string proxy() { return "location /appointments/ { proxy_pass " + test.server->url() + "; }"; }
    bool answers() {
        test.client->ask_members();
        return std::holds_alternative<std::vector<Member>>(test.next().result);
    }
    static std::chrono::sys_seconds machine_time() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }
};
// clang-format on

TEST(AppointmentTls, CertificatesCountByTheBoxsClockFromTheirFirstDayToTheirLast) {
    TestAuthority authority;
    Nginx nginx(test.store.folder.path(), authority, proxy());
    base::SettableClock clock{std::chrono::sys_seconds(0s)};
    clock.set_state(base::ClockState::Unknown);
    connect(nginx, authority, clock);
    CHECK_FALSE(answers());
    STRCMP_CONTAINS("certificate is not yet valid", test.log.lines().c_str());
    clock.set(machine_time() + std::chrono::years(50));
    CHECK_FALSE(answers());
    STRCMP_CONTAINS("certificate has expired", test.log.lines().c_str());
    // As soon as the time was heard.
    clock.set(machine_time());
    CHECK_TRUE(answers());
}

TEST(AppointmentTls, ACertificateThatIsOverKeepsAChangeFromBeingSent) {
    TestAuthority over(TestAuthority::Validity::Over);
    Nginx nginx(test.store.folder.path(), over, proxy());
    base::SettableClock clock{machine_time()};
    connect(nginx, over, clock);
    CHECK_TRUE(test.failed(test.confirm("N1")).reason == Reason::Unreachable);
    CHECK_FALSE(std::filesystem::exists(test.journal()));
    // Whose it is is looked at too.
    TestAuthority other;
    connect(nginx, other, clock);
    CHECK_FALSE(answers());
}

TEST(AppointmentTls, ABookingGoesOverTlsWithTheBoxsCertificate) {
    TestAuthority authority;
    Nginx nginx(test.store.folder.path(), authority,
                proxy() + " ssl_client_certificate " + authority.ca().string() + "; ssl_verify_client on;");
    base::SettableClock clock{machine_time()};
    connect(nginx, authority, clock);
    Appointment held = test.hold(9);
    CHECK_TRUE(test.done(test.confirm(held.number)).state == AppointmentState::Booked);
    connect(nginx, authority, clock, false);
    CHECK_FALSE(answers());
}
