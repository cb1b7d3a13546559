// Many boxes at once over HTTP, at one to four instances of one database. They give up waiting and ask again, at another
// instance and with the same key, as boxes do: no place is given twice, and what a box was told is true afterwards.

#include <random>

#include "middleware/base/format.h"
#include "middleware/net/http_client.h"
#include "middleware/net/http_server.h"
#include "platform/appointments/messages.h"
#include "platform/server/appointment_routes.h"
#include "tests/platform/booking/many_at_once.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::Notes;
using linli::tests::StoreTest;
using linli::tests::together;

namespace {

constexpr year_month_day kTuesday = 2026y / 11 / 24;
constexpr int kBoxes = 16;
constexpr int kPlaces = 2;
constexpr int kTurns = 4;

/// One instance of the platform: a store and a server of its own.
class Instance {
  public:
    Instance(StoreTest& test, base::Clock& clock, base::Log& log) : store_(test.open()) {
        net::HttpRoutes routes;
        add_appointment_routes(routes, *store_, clock, log);
        auto started = net::HttpServer::start({.threads = kBoxes + 4}, std::move(routes), log);
        CHECK_GOOD(started);
        server_ = std::move(*started);
    }
    std::string url() const { return server_->url(); }

  private:
    std::unique_ptr<BookingStore> store_;
    std::unique_ptr<net::HttpServer> server_;
};

/// A box of a member: it books and cancels until it has been through all slots, and remembers what it was told.
class Box {
  public:
    Box(const std::vector<std::string>& urls, std::string token, std::string session, int seed)
        : urls_(urls), token_(std::move(token)), session_(std::move(session)), random_(static_cast<unsigned>(seed)) {}

    void run(const std::vector<Slot>& slots, Notes& notes) {
        for (int turn = 0; turn < kTurns; ++turn) {
            const Slot& slot = slots[random_() % slots.size()];
            auto held = insist({"hold", StoreTest::new_key(), "", slot.ref, ""}, notes);
            if (!held) continue;
            auto booked = insist({"confirm", StoreTest::new_key(), held->number, "", ""}, notes);
            if (!booked) continue;
            told_[booked->number] = booked->state;
            // Every other one is given back, so that others can have it.
            if (random_() % 2 == 0) continue;
            auto cancelled = insist({"cancel", StoreTest::new_key(), booked->number, "", ""}, notes);
            if (cancelled) told_[cancelled->number] = cancelled->state;
        }
    }

    /// What the platform says now, beside what this box was told.
    void check() {
        auto answer = http_.get({.url = urls_[0] + "/appointments/mine", .bearer_token = token_,
                                 .headers = {"Linli-Session: " + session_}}, {});
        CHECK_GOOD(answer);
        auto mine = read_appointments(answer->body);
        CHECK_GOOD(mine);
        std::map<std::string, AppointmentState> now;
        for (const Appointment& appointment : *mine) now[appointment.number] = appointment.state;
        LONGS_EQUAL(told_.size(), now.size());
        CHECK_TRUE(told_ == now);
    }

  private:
    /// The change with one key, again and again until there is an answer; nothing where that is a refusal.
    std::optional<Appointment> insist(const ChangeQuestion& question, Notes& notes) {
        // The first time half of the boxes do not wait for the answer.
        if (random_() % 2 == 0 && !post(question, 2ms)) notes.add("gave up");
        std::optional<std::string> first;
        // And again, though the answer is known: the network did it twice.
        for (int again = 0; again < 2; ++again) {
            auto answer = post(question, 30s);
            if (!answer || answer->status >= 500) {
                notes.add(answer ? base::format("status {}", answer->status) : answer.error().message);
                return std::nullopt;
            }
            if (!first) first = answer->body;
            if (*first != answer->body) notes.add("another answer to the same key");
        }
        auto appointment = read_appointment(*first);
        if (appointment) {
            notes.add(question.request);
            return *appointment;
        }
        auto refusal = read_refusal(*first);
        notes.add(refusal ? std::string(to_name(refusal->reason)) : "no sense");
        return std::nullopt;
    }

    base::Result<net::HttpAnswer> post(const ChangeQuestion& question, milliseconds patience) {
        std::string body = write_change(question);
        return http_.post({.url = base::format("{}/appointments/{}", urls_[random_() % urls_.size()], question.request),
                           .body = body, .media_type = "application/xml", .bearer_token = token_,
                           .headers = {"Linli-Session: " + session_}},
                          {.total = patience});
    }

    const std::vector<std::string>& urls_;
    std::string token_, session_;
    std::minstd_rand random_;
    net::HttpClient http_{{.user_agent = "tests"}};
    std::map<std::string, AppointmentState> told_;
};

}  // namespace

ON_BOTH_GROUP(HttpContention);

ON_BOTH(HttpContention, WhatABoxWasToldIsTrueHoweverManyAsk) {
    auto plan = schedule();
    plan.places = kPlaces;
    plan.hours.open = {{0b0011111, 9h, 12h}};
    put(plan);
    base::SettableClock clock{now};
    auto log = base::make_silent_log();
    year_month_day day = kTuesday;
    for (int count : {1, 2, 4}) {
        std::string token = base::format("box-token-{}", count);
        add_household(kBoxes, token);
        auto slots = GOOD(store().slots(box(), key_of(), day, now));
        LONGS_EQUAL(6, slots.size());
        std::vector<std::unique_ptr<Instance>> instances;
        std::vector<std::string> urls;
        for (int number = 0; number < count; ++number) {
            instances.push_back(std::make_unique<Instance>(*this, clock, *log));
            urls.push_back(instances.back()->url());
        }
        std::vector<std::unique_ptr<Box>> boxes;
        for (int member = 1; member <= kBoxes; ++member)
            boxes.push_back(std::make_unique<Box>(urls, token, std::string(caller(member).session), 100 * count + member));
        Notes notes;
        together(kBoxes, [&](std::size_t client) { boxes[client]->run(slots, notes); });

        for (const auto& one : boxes) one->check();
        CHECK_TRUE(notes["confirm"] > 0 && notes["slot-taken"] > 0);
        // Nothing but what may happen to a box: no error, and one answer to a key.
        auto known = notes["hold"] + notes["confirm"] + notes["cancel"] + notes["slot-taken"] + notes["already-booked"];
        LONGS_EQUAL_TEXT(notes.sum(), known + notes["gave up"], notes.all().c_str());
        LONGS_EQUAL(0, ask("SELECT COUNT(*) FROM slot WHERE taken > places"));
        LONGS_EQUAL(notes["confirm"] - notes["cancel"],
                    ask("SELECT COUNT(*) FROM appointment a JOIN slot s ON s.id = a.slot WHERE a.state = 'booked'"
                        + base::format(" AND s.day = {}", sys_days(day).time_since_epoch().count())));
        day = sys_days(day) + days(1);
    }
}
