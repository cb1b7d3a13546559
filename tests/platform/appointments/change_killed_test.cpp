// A box that is killed in the middle of a change finds out at its next start what became of it, and says so.

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/platform/appointments/client_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace linli::tests;
using namespace std::chrono_literals;
using Kind = Change::Kind;

// clang-format off
TEST_GROUP(ChangeKilled) {
    ClientTest test;
    std::atomic<pid_t> child = -1;

    /// A process of its own that books a slot; waits for its end. Whether it ended by itself.
    bool book_in_child(std::optional<std::chrono::microseconds> kill_after = {}, int number = 0) {
        std::string program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "linli_test_change_once";
        std::string url = test.relay->url() + "/appointments", journal = test.journal(), session = test.session()->ref;
        std::chrono::year_month_day day = std::chrono::sys_days(ClientTest::kTuesday) + std::chrono::days(number / 4);
        std::string slot = test.store.slot(day, 9 + number / 2 % 2, number % 2 * 30);
        pid_t started = ::fork();
        if (started == 0) {
            ::execl(program.c_str(), program.c_str(), url.c_str(), "box-token-1", journal.c_str(), session.c_str(),
                    slot.c_str(), nullptr);
            ::_exit(127);
        }
        child = started;
        int status = 0;
        auto end = std::chrono::steady_clock::now() + kill_after.value_or(30s);
        while (::waitpid(started, &status, WNOHANG) == 0) {
            if (std::chrono::steady_clock::now() >= end) ::kill(started, SIGKILL);
            std::this_thread::sleep_for(200us);
        }
        return WIFEXITED(status);
    }
    Relay::Fault kill_before() {
        return [this](const Relay::Exchange&) { ::kill(child, SIGKILL); };
    }
    Relay::Fault kill_after() {
        return [this](const Relay::Exchange& exchange) {
            exchange.forward();
            ::kill(child, SIGKILL);
        };
    }
    std::int64_t booked() { return test.store.ask("SELECT COUNT(*) FROM appointment WHERE state = 'booked'"); }
};
// clang-format on

TEST(ChangeKilled, SaysAfterTheRestartThatTheBookingWentThrough) {
    test.relay->set_fault("/confirm", kill_after(), 1);
    CHECK_FALSE(book_in_child());
    CHECK_TRUE(std::filesystem::exists(test.journal()));
    test.connect();
    SettledChange settled = test.next_settled();
    // Of the hold nothing is said where the child had still been able to forget it.
    if (settled.kind == Kind::Hold) settled = test.next_settled();
    CHECK_TRUE(settled.kind == Kind::Confirm && settled.was_done);
    CHECK_TRUE(settled.appointment && settled.appointment->start == StoreTest::at(ClientTest::kTuesday, 9));
    CHECK_TRUE(settled.appointment->state == AppointmentState::Booked);
    LONGS_EQUAL(1, booked());
    CHECK_TRUE(test.forgets());
    // Once.
    test.connect();
    test.client->ask_members();
    test.next();
    CHECK_TRUE(test.settled.empty());
}

TEST(ChangeKilled, SaysAfterTheRestartThatTheBookingNeverArrived) {
    test.relay->set_fault("/confirm", kill_before(), 1);
    CHECK_FALSE(book_in_child());
    test.connect();
    SettledChange settled = test.next_settled();
    if (settled.kind == Kind::Hold) settled = test.next_settled();
    CHECK_TRUE(settled.kind == Kind::Confirm && !settled.was_done);
    LONGS_EQUAL(0, booked());
    CHECK_TRUE(test.forgets());
}

TEST(ChangeKilled, AsksAgainWhenItIsKilledBeforeItCouldSayIt) {
    test.relay->set_fault("/confirm", kill_after(), 1);
    CHECK_FALSE(book_in_child());
    // The platform cannot be reached at the next start; it can at the one after.
    test.relay->set_fault("/outcome", lose_answer);
    test.connect();
    CHECK_TRUE(test.until([&] { return test.relay->requests("/outcome").size() > 1; }));
    test.client.reset();
    CHECK_TRUE(std::filesystem::exists(test.journal()));
    test.relay->clear_faults();
    test.connect();
    SettledChange settled = test.next_settled();
    if (settled.kind == Kind::Hold) settled = test.next_settled();
    CHECK_TRUE(settled.kind == Kind::Confirm && settled.was_done);
}

TEST(ChangeKilled, IsTrueWheneverItIsKilled) {
    int interrupted = 0;
    std::int64_t before = 0;
    for (int number = 0; number < 13; ++number) {
        if (!book_in_child(1ms + number * 3ms, number)) ++interrupted;
        test.connect();
        // Whatever there is to say has been said when the journal has gone.
        CHECK_TRUE(test.forgets());
        std::int64_t after = booked();
        CHECK_TRUE(after == before || after == before + 1);
        for (const SettledChange& settled : test.settled)
            if (settled.kind == Kind::Confirm) LONGS_EQUAL(after > before, settled.was_done);
        test.settled.clear();
        before = after;
    }
    CHECK_TRUE(interrupted > 0);
}
