// A change whose answer does not come: what the client finds out, what it says, and that nothing is done twice.

#include "middleware/base/file.h"
#include "platform/appointments/messages.h"
#include "tests/platform/appointments/client_test.h"
#include "tests/support/check.h"
#include "tests/support/full_disk.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace linli::tests;
using namespace std::chrono_literals;
using Reason = AppointmentFailure::Reason;
using Kind = Change::Kind;

// clang-format off
TEST_GROUP(ChangeOutcomes) {
    ClientTest test;
    Relay& relay = *test.relay;

    void setup() override { test.connect(); }
    std::int64_t booked() { return test.store.ask("SELECT COUNT(*) FROM appointment WHERE state = 'booked'"); }
    /// Every try of this change had the same key.
    void same_key(std::string_view path) {
        auto requests = relay.requests(path);
        CHECK_TRUE(requests.size() > 1);
        for (const std::string& request : requests)
            CHECK_TEXT_EQUAL(value_after(requests[0], " key=\""), value_after(request, " key=\""));
    }
};
// clang-format on

TEST(ChangeOutcomes, HoldAndConfirmBookAndLeaveNoKey) {
    Appointment held = test.hold(9);
    CHECK_TRUE(held.state == AppointmentState::Held);
    Appointment booked_one = test.done(test.confirm(held.number));
    CHECK_TRUE(booked_one.state == AppointmentState::Booked);
    CHECK_TEXT_EQUAL("booked", test.store.state(held.number));
    CHECK_TRUE(test.forgets());
    CHECK_TRUE(test.settled.empty());
    LONGS_EQUAL(0, relay.requests("/outcome").size());
}

TEST(ChangeOutcomes, MoveCancelAndWaitAreMade) {
    Appointment held = test.hold(9);
    test.done(test.confirm(held.number));
    auto later = test.store.slot(ClientTest::kTuesday, 10);
    Appointment moved = test.done({.kind = Kind::Move, .slot = later, .number = held.number});
    CHECK_TRUE(moved.start == StoreTest::at(ClientTest::kTuesday, 10));
    CHECK_TRUE(test.done({.kind = Kind::Cancel, .number = held.number}).state == AppointmentState::Cancelled);
    auto refused = test.failed({.kind = Kind::Wait, .service = "12/0101#check"});
    CHECK_TRUE(refused.reason == Reason::Refused && refused.refusal.reason == Refusal::Reason::NoWaiting);
    CHECK_TRUE(test.forgets());
}

TEST(ChangeOutcomes, AnAnswerThatIsLostIsFetchedWithTheSameKey) {
    relay.set_fault("POST /appointments/hold", lose_answer, 1);
    Appointment held = test.hold(9);
    CHECK_TRUE(held.state == AppointmentState::Held);
    CHECK_TEXT_EQUAL("体检", held.service_name);
    same_key("/hold");
    relay.set_fault("POST /appointments/confirm", lose_answer, 1);
    Appointment booked_one = test.done(test.confirm(held.number));
    CHECK_TRUE(booked_one.state == AppointmentState::Booked);
    // The whole of it, and not only what `outcome` tells.
    LONGS_EQUAL(2, booked_one.bring.size());
    same_key("/confirm");
    LONGS_EQUAL(1, booked());
    CHECK_TEXT_EQUAL("09:00 0/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", test.store.free_slots(ClientTest::kTuesday));
    CHECK_TRUE(test.forgets());
}

TEST(ChangeOutcomes, ARequestThatIsLostIsSentAgainWithTheSameKey) {
    Appointment held = test.hold(9);
    relay.set_fault("POST /appointments/confirm", lose_request, 1);
    CHECK_TRUE(test.done(test.confirm(held.number)).state == AppointmentState::Booked);
    same_key("/confirm");
    LONGS_EQUAL(1, booked());
}

TEST(ChangeOutcomes, IsUnsettledWhenNothingCanBeFoundOutAndToldOfLater) {
    Appointment held = test.hold(9);
    CHECK_TRUE(test.forgets());
    relay.set_fault("POST /appointments/confirm", lose_answer);
    relay.set_fault("GET /appointments/outcome", lose_request);
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unsettled);
    CHECK_TRUE(std::filesystem::exists(test.journal()));
    relay.clear_faults();
    SettledChange settled = test.next_settled();
    CHECK_TRUE(settled.kind == Kind::Confirm && settled.was_done);
    CHECK_TRUE(settled.appointment && settled.appointment->start == StoreTest::at(ClientTest::kTuesday, 9));
    CHECK_TEXT_EQUAL("体检", settled.appointment->service_name);
    CHECK_TRUE(test.forgets());
    CHECK_TRUE(test.settled.empty());
    LONGS_EQUAL(1, booked());
}

TEST(ChangeOutcomes, TellsThatAChangeNeverArrived) {
    Appointment held = test.hold(9);
    relay.set_fault("POST /appointments/confirm", lose_request);
    relay.set_fault("GET /appointments/outcome", lose_request);
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unsettled);
    relay.clear_faults();
    SettledChange settled = test.next_settled();
    CHECK_TRUE(settled.kind == Kind::Confirm && !settled.was_done && !settled.appointment);
    CHECK_TEXT_EQUAL("", settled.refusal_reason);
    // Not on the first word of it: the change might still have been on its way.
    CHECK_TRUE(relay.requests("/outcome").size() > 2);
    CHECK_TEXT_EQUAL("held", test.store.state(held.number));
    CHECK_TRUE(test.forgets());
}

TEST(ChangeOutcomes, AChangeThatIsStillOnItsWayIsNotTakenForLost) {
    Appointment held = test.hold(9);
    std::string delayed;
    std::mutex mutex;
    relay.set_fault("POST /appointments/confirm", [&](const Relay::Exchange& exchange) {
        std::lock_guard lock(mutex);
        delayed = exchange.request();
    });
    relay.set_fault("GET /appointments/outcome", lose_request);
    test.patience.straggler = 60s;
    test.connect();
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unsettled);
    relay.clear_faults();
    std::size_t asked = relay.requests("/outcome").size();
    CHECK_TRUE(test.until([&] { return relay.requests("/outcome").size() > asked + 1; }));
    CHECK_TRUE(test.settled.empty());
    std::lock_guard lock(mutex);
    Relay::Exchange(delayed, test.server->port(), -1).forward();
    CHECK_TRUE(test.next_settled().was_done);
}

TEST(ChangeOutcomes, TellsThatAChangeWasRefused) {
    Appointment held = test.hold(9);
    test.done({.kind = Kind::Cancel, .number = held.number});
    relay.set_fault("POST /appointments/confirm", lose_answer);
    relay.set_fault("GET /appointments/outcome", lose_request);
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unsettled);
    relay.clear_faults();
    SettledChange settled = test.next_settled();
    CHECK_FALSE(settled.was_done);
    CHECK_TEXT_EQUAL("wrong-state", settled.refusal_reason);
}

TEST(ChangeOutcomes, ARefusalWhoseAnswerIsLostIsARefusal) {
    test.store.book(test.store.slot(ClientTest::kTuesday, 9), 2);
    relay.set_fault("POST /appointments/hold", lose_answer, 1);
    auto slot = test.store.slot(ClientTest::kTuesday, 9);
    auto failure = test.failed({.kind = Kind::Hold, .slot = slot});
    CHECK_TRUE(failure.reason == Reason::Refused && failure.refusal.reason == Refusal::Reason::SlotTaken);
    CHECK_TRUE(test.forgets());
}

TEST(ChangeOutcomes, TheSameWishAgainHasTheSameKeyUntilItIsKnown) {
    Appointment held = test.hold(9);
    test.patience.least_pause = test.patience.most_pause = 10s;
    test.connect();
    relay.set_fault("POST /appointments/confirm", lose_answer);
    relay.set_fault("GET /appointments/outcome", lose_request);
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unsettled);
    relay.clear_faults();
    CHECK_TRUE(test.done(test.confirm(held.number)).state == AppointmentState::Booked);
    same_key("/confirm");
    CHECK_TRUE(test.forgets());
    CHECK_TRUE(test.settled.empty());
    LONGS_EQUAL(1, booked());
}

TEST(ChangeOutcomes, NothingIsBookedTwiceWhenTheResidentBeginsAnew) {
    relay.set_fault("POST /appointments/hold", lose_answer);
    relay.set_fault("GET /appointments/outcome", lose_request);
    auto slot = test.store.slot(ClientTest::kTuesday, 9);
    CHECK_TRUE(test.failed({.kind = Kind::Hold, .slot = slot}).reason == Reason::Unsettled);
    relay.clear_faults();
    // Another time this time; what was held first is let go.
    Appointment held = test.hold(10);
    relay.set_fault("POST /appointments/confirm", lose_answer, 1);
    CHECK_TRUE(test.done(test.confirm(held.number)).state == AppointmentState::Booked);
    test.next_settled();
    LONGS_EQUAL(1, booked());
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 1/1, 10:00 0/1, 10:30 1/1", test.store.free_slots(ClientTest::kTuesday));
}

TEST(ChangeOutcomes, AnEndedSessionIsARefusalAndNotUnsettled) {
    Appointment held = test.hold(9);
    test.client->make_change(std::make_shared<const Session>("0123456789abcdef", "m1", 600s), test.confirm(held.number));
    auto failure = test.next_failure();
    CHECK_TRUE(failure.reason == Reason::Refused && failure.refusal.reason == Refusal::Reason::NoSession);
    CHECK_TRUE(test.forgets());
    CHECK_TEXT_EQUAL("held", std::string(to_name(test.store.hold(test.store.slot(ClientTest::kTuesday, 9)).state)));
}

TEST(ChangeOutcomes, WhatWasDoneCountsAlsoWhenTheSessionHasEndedSince) {
    Appointment held = test.hold(9);
    relay.set_fault("POST /appointments/confirm", [&](const Relay::Exchange& exchange) {
        exchange.forward();
        test.store.ask("DELETE FROM session RETURNING 0");
    }, 1);
    Appointment booked_one = test.done(test.confirm(held.number));
    CHECK_TRUE(booked_one.state == AppointmentState::Booked);
    CHECK_TEXT_EQUAL(held.number, booked_one.number);
}

TEST(ChangeOutcomes, WithoutANetworkNothingIsSentAndNothingIsKept) {
    Appointment held = test.hold(9);
    CHECK_TRUE(test.forgets());
    test.client->set_network(false);
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unreachable);
    CHECK_FALSE(std::filesystem::exists(test.journal()));
    test.client->set_network(true);
    test.relay.reset();
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unreachable);
    CHECK_FALSE(std::filesystem::exists(test.journal()));
}

TEST(ChangeOutcomes, ANetworkThatGoesInTheMiddleLeavesItOpenUntilItIsBack) {
    Appointment held = test.hold(9);
    relay.set_fault("POST /appointments/confirm", [&](const Relay::Exchange& exchange) {
        exchange.forward();
        test.client->set_network(false);
    });
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unsettled);
    test.client->set_network(true);
    SettledChange settled = test.next_settled();
    CHECK_TRUE(settled.kind == Kind::Confirm && settled.was_done);
}

TEST(ChangeOutcomes, APlatformThatGoesDownInTheMiddleIsAskedWhenItIsBack) {
    Appointment held = test.hold(9);
    relay.set_fault("POST /appointments/confirm", lose_answer, 1);
    relay.set_fault("/outcome", [&](const Relay::Exchange&) { relay.lead_to(1); });
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unsettled);
    test.stop_server();
    relay.clear_faults();
    test.start_server();
    CHECK_TRUE(test.next_settled().was_done);
    LONGS_EQUAL(1, booked());
}

TEST(ChangeOutcomes, ABusyPlatformIsLeftAloneForAsLongAsItAsks) {
    Appointment held = test.hold(9);
    test.patience.least_pause = 10s;
    test.connect();
    relay.set_fault("POST /appointments/confirm", [](const Relay::Exchange& exchange) {
        std::string body = write_refusal({.reason = Refusal::Reason::Busy, .seconds = 1s});
        exchange.reply("HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }, 1);
    relay.set_fault("/outcome", [](const Relay::Exchange& exchange) {
        exchange.reply("HTTP/1.1 503 Busy\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n");
    });
    // It may have been done: busy is no answer to a change.
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unsettled);
    LONGS_EQUAL(1, relay.requests("/outcome").size());
}

TEST(ChangeOutcomes, AFullDiskKeepsAChangeFromBeingSent) {
    Appointment held = test.hold(9);
    CHECK_TRUE(test.forgets());
    {
        FullDisk full(0);
        auto failure = test.failed(test.confirm(held.number));
        CHECK_TRUE(failure.reason == Reason::Unreachable);
        STRCMP_CONTAINS("not sent, cannot write", failure.detail.c_str());
    }
    LONGS_EQUAL(0, relay.requests("/confirm").size());
    CHECK_TRUE(test.done(test.confirm(held.number)).state == AppointmentState::Booked);
}

TEST(ChangeOutcomes, AFolderThatCannotBeWrittenKeepsAChangeFromBeingSent) {
    Appointment held = test.hold(9);
    CHECK_TRUE(test.forgets());
    std::filesystem::remove_all(test.journal().parent_path());
    test.store.folder.write("data", "a file where the folder was");
    CHECK_TRUE(test.failed(test.confirm(held.number)).reason == Reason::Unreachable);
    LONGS_EQUAL(0, relay.requests("/confirm").size());
}

TEST(ChangeOutcomes, TheJournalIsForItsOwnerAloneAndHoldsNothingPersonal) {
    Appointment held = test.hold(9);
    CHECK_TRUE(test.forgets());
    std::string journal;
    relay.set_fault("POST /appointments/confirm", [&](const Relay::Exchange& exchange) {
        auto mode = std::filesystem::status(test.journal()).permissions();
        bool is_private = mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        journal = is_private ? base::read_file(test.journal()).value_or("") : "";
        exchange.reply(exchange.forward());
    });
    test.done(test.confirm(held.number));
    STRCMP_CONTAINS(value_after(relay.requests("/confirm")[0], " key=\"").c_str(), journal.c_str());
    CHECK_TRUE(journal.contains(" confirm "));
    for (const std::string& secret : {held.number, held.service, held.service_name, std::string("m1"), test.session()->ref})
        CHECK_FALSE(journal.contains(secret));
}

TEST(ChangeOutcomes, ABoxThatIsNotKnownAnyMoreIsRefused) {
    test.connect("no-such-box-at-all");
    auto failure = test.failed(test.confirm("N1"));
    CHECK_TRUE(failure.reason == Reason::Refused && failure.refusal.reason == Refusal::Reason::UnknownBox);
}

TEST(ChangeOutcomes, AReplayedRequestDoesNothingMore) {
    Appointment held = test.hold(9);
    test.done(test.confirm(held.number));
    test.done({.kind = Kind::Cancel, .number = held.number});
    // Somebody sends the confirmation once more, byte for byte.
    std::string replayed = relay.requests("/confirm")[0];
    std::string answer = Relay::Exchange(replayed, test.server->port(), -1).forward();
    STRCMP_CONTAINS("state=\"cancelled\"", answer.c_str());
    LONGS_EQUAL(0, booked());
}
