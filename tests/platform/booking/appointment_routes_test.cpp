// Every request of docs/appointments.md over HTTP, with the store behind it.

#include "middleware/base/format.h"
#include "middleware/net/http_client.h"
#include "middleware/net/http_server.h"
#include "platform/appointments/messages.h"
#include "platform/server/appointment_routes.h"
#include "platform/server/query.h"
#include "platform/server/sql/sqlite_database.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono_literals;
using linli::tests::kMonday;
using linli::tests::StoreTest;

namespace {

constexpr auto kTuesday = std::chrono::year(2026) / 11 / 24;
constexpr const char* kToken = "box-token-1";
constexpr const char* kService = "12/0101%23check";

}  // namespace

// clang-format off
TEST_GROUP(AppointmentRoutes) {
    StoreTest test{tests::Backend::Sqlite};
    std::unique_ptr<base::Log> log = base::make_silent_log();
    base::SettableClock clock{kMonday};
    net::HttpClient http{{.user_agent = "tests"}};
    std::unique_ptr<net::HttpServer> server;
    std::string session;
    std::string token = kToken;

    void setup() override {
        test.add_household(2);
        auto schedule = StoreTest::schedule();
        schedule.has_waiting_list = true;
        test.put(schedule);
        session = test.caller().session;
        net::HttpRoutes routes;
        add_appointment_routes(routes, test.store(), clock, *log);
        auto started = net::HttpServer::start({}, std::move(routes), *log);
        CHECK_GOOD(started);
        server = std::move(*started);
    }
    net::HttpAnswer get(const std::string& what) {
        auto answer = http.get({.url = server->url() + "/appointments/" + what, .bearer_token = token,
                                .headers = {"Linli-Session: " + session}}, {});
        CHECK_GOOD(answer);
        return std::move(*answer);
    }
    net::HttpAnswer post(const std::string& what, const std::string& body) {
        auto answer = http.post({.url = server->url() + "/appointments/" + what, .body = body,
                                 .media_type = "application/xml", .bearer_token = token,
                                 .headers = {"Linli-Session: " + session}}, {});
        CHECK_GOOD(answer);
        return std::move(*answer);
    }
    net::HttpAnswer change(const ChangeQuestion& question) { return post(question.request, write_change(question)); }
    Appointment done(const net::HttpAnswer& answer) {
        CHECK_TRUE_TEXT(answer.status == 200, answer.body.c_str());
        auto read = read_appointment(answer.body);
        CHECK_GOOD(read);
        return *read;
    }
    Appointment booked(int hour) {
        Appointment held = done(change({"hold", StoreTest::new_key(), "", test.slot(kTuesday, hour), ""}));
        return done(change({"confirm", StoreTest::new_key(), held.number, "", ""}));
    }
    void refused(const net::HttpAnswer& answer, int status, std::string_view reason) {
        LONGS_EQUAL(status, answer.status);
        auto refusal = read_refusal(answer.body);
        CHECK_GOOD(refusal);
        CHECK_TEXT_EQUAL(reason, to_name(refusal->reason));
        LONGS_EQUAL(refusal->seconds.count(), answer.retry_after.value_or(0s).count());
    }
};
// clang-format on

TEST(AppointmentRoutes, LeadFromTheServicesToABookedAppointmentAndBack) {
    auto services = read_services(get("services?area=12/0101/001/002").body);
    CHECK_GOOD(services);
    CHECK_TEXT_EQUAL("12/0101#check", services->at(0).ref);
    CHECK_TEXT_EQUAL("Asia/Shanghai", services->at(0).zone);
    auto days = read_days(get(base::format("days?service={}", kService)).body, "12/0101#check");
    CHECK_GOOD(days);
    LONGS_EQUAL(28, days->size());
    auto slots = read_slots(get(base::format("slots?service={}&day=2026-11-24", kService)).body, "12/0101#check", kTuesday);
    CHECK_GOOD(slots);
    LONGS_EQUAL(4, slots->size());

    auto opened = read_session(post("session", write_open_session("m1", "2468")).body, "m1");
    CHECK_GOOD(opened);
    session = opened->ref;
    Appointment held = done(change({"hold", StoreTest::new_key(), "", slots->at(0).ref, ""}));
    CHECK_TRUE(held.state == AppointmentState::Held && held.held_until);
    std::string key = StoreTest::new_key();
    Appointment booked = done(change({"confirm", key, held.number, "", ""}));
    CHECK_TRUE(booked.state == AppointmentState::Booked);
    CHECK_TRUE(booked.start == slots->at(0).start);

    auto outcome = read_outcome(get("outcome?key=" + key).body, key);
    CHECK_GOOD(outcome);
    CHECK_TRUE(outcome->result == Outcome::Result::Done);
    CHECK_TEXT_EQUAL("confirm", outcome->request);
    auto reminders = read_reminders(get("reminders").body);
    CHECK_GOOD(reminders);
    CHECK_TEXT_EQUAL(booked.number, reminders->at(0).number);
    auto mine = read_appointments(get("mine").body);
    CHECK_GOOD(mine);
    LONGS_EQUAL(1, mine->size());

    Appointment changed = done(change({"change", StoreTest::new_key(), booked.number, slots->at(3).ref, ""}));
    CHECK_TRUE(changed.start == slots->at(3).start && changed.changed_from == booked.start);
    Appointment cancelled = done(change({"cancel", StoreTest::new_key(), booked.number, "", ""}));
    CHECK_TRUE(cancelled.state == AppointmentState::Cancelled);
    CHECK_TEXT_EQUAL("resident", cancelled.cancelled_by);
}

TEST(AppointmentRoutes, DoAChangeOnceForItsKey) {
    ChangeQuestion hold{"hold", StoreTest::new_key(), "", test.slot(kTuesday, 9), ""};
    Appointment first = done(change(hold));
    CHECK_TEXT_EQUAL(first.number, done(change(hold)).number);
    hold.slot = test.slot(kTuesday, 10);
    refused(change(hold), 409, "key-reused");
    std::string unknown = StoreTest::new_key();
    CHECK_TRUE(read_outcome(get("outcome?key=" + unknown).body, unknown)->result == Outcome::Result::Unknown);
}

TEST(AppointmentRoutes, PutOnTheListWhoFindsADayFull) {
    refused(change({"wait", StoreTest::new_key(), "", "", "12/0101#check"}), 422, "no-waiting");
    auto full = StoreTest::schedule();
    full.horizon_days = 1;
    full.hours.open.assign(1, {1u, 11h, 11h + 30min});
    full.has_waiting_list = true;
    test.put(full);
    test.book(test.slot(std::chrono::year(2026) / 11 / 23, 11), 2);
    Appointment waiting = done(change({"wait", StoreTest::new_key(), "", "", "12/0101#check"}));
    CHECK_TRUE(waiting.state == AppointmentState::Waiting);
    CHECK_FALSE(waiting.start.has_value());
}

TEST(AppointmentRoutes, TellOfResultsByTheEndOfAReceipt) {
    CHECK_GOOD(test.store().import_results(std::vector<ApplicationResult>{
        {"RP-2026-004711", "ready", "12/0101#permit", "居住证", "已办好", "000-8800-1001", kMonday}}));
    auto results = read_results(get("results?receipt=4711").body);
    CHECK_GOOD(results);
    CHECK_TEXT_EQUAL("…4711", results->at(0).receipt);
    CHECK_TEXT_EQUAL("ready", results->at(0).state);
    refused(get("results?receipt=471"), 400, "malformed");
    for (int i = 0; i < 19; ++i) LONGS_EQUAL(200, get("results?receipt=0815").status);
    net::HttpAnswer many = get("results?receipt=4711");
    refused(many, 429, "too-many");
    CHECK_TRUE(many.retry_after.value_or(0s) > 0s);
}

TEST(AppointmentRoutes, RefuseWithTheStatusOfTheManual) {
    refused(get("services?area=12/01"), 400, "malformed");
    refused(get(base::format("days?service={0}&service={0}", kService)), 400, "malformed");
    refused(get(base::format("slots?service={}", kService)), 400, "malformed");
    refused(get("outcome?key=1"), 400, "malformed");
    refused(post("hold", "<hold"), 400, "malformed");
    refused(post("cancel", write_change({"confirm", StoreTest::new_key(), "N1", "", ""})), 400, "malformed");
    refused(get("days?service=12/0101%23nothing"), 404, "unknown-service");
    refused(post("session", write_open_session("m9", "2468")), 404, "unknown-member");
    refused(change({"hold", StoreTest::new_key(), "", "s999", ""}), 404, "unknown-slot");
    refused(change({"confirm", StoreTest::new_key(), "YY-1127-9999", "", ""}), 404, "unknown-number");
    Appointment mine = booked(9);
    refused(change({"confirm", StoreTest::new_key(), mine.number, "", ""}), 409, "wrong-state");
    refused(change({"change", StoreTest::new_key(), mine.number, test.slot(kTuesday, 9), ""}), 409, "already-booked");
    session = test.caller(2).session;
    refused(change({"hold", StoreTest::new_key(), "", test.slot(kTuesday, 9), ""}), 409, "slot-taken");
    refused(change({"cancel", StoreTest::new_key(), mine.number, "", ""}), 404, "unknown-number");
    session = "b3c0";
    refused(get("mine"), 401, "no-session");
    token = "no-such-box";
    refused(get("members"), 401, "unknown-box");
    refused(get("reminders"), 401, "unknown-box");
}

TEST(AppointmentRoutes, LockAMemberAfterTheFifthWrongPin) {
    for (int left = 4; left > 0; --left) {
        net::HttpAnswer wrong = post("session", write_open_session("m1", "0000"));
        refused(wrong, 403, "wrong-pin");
        LONGS_EQUAL(left, read_refusal(wrong.body)->tries_left);
    }
    post("session", write_open_session("m1", "0000"));
    net::HttpAnswer locked = post("session", write_open_session("m1", "2468"));
    refused(locked, 423, "locked");
    LONGS_EQUAL(60, locked.retry_after.value_or(0s).count());
    CHECK_TEXT_EQUAL("000-8800-1001", read_refusal(locked.body)->telephone);
}

TEST(AppointmentRoutes, AreBusyWhereTheDatabaseFails) {
    auto database = open_sqlite(test.database);
    auto connection = (*database)->connect();
    for (const char* table : {"box_proof", "session"})
        CHECK_TRUE((*connection)->run(base::format("ALTER TABLE {0} RENAME TO gone_{0}", table)).has_value());
    net::HttpAnswer busy = get("members");
    refused(busy, 503, "busy");
    CHECK_TRUE(busy.retry_after.value_or(0s) > 0s);
    CHECK_FALSE(busy.body.contains("box_proof"));
    refused(change({"hold", StoreTest::new_key(), "", "s1", ""}), 503, "busy");
    for (const char* table : {"box_proof", "session"})
        CHECK_TRUE((*connection)->run(base::format("ALTER TABLE gone_{0} RENAME TO {0}", table)).has_value());
    LONGS_EQUAL(200, get("members").status);
}

TEST(AppointmentRoutes, AnswerOnlyToTheirMethodAndAddress) {
    for (const char* name : {"session", "hold", "confirm", "change", "cancel", "wait"})
        LONGS_EQUAL(405, get(name).status);
    for (const char* name : {"members", "services", "days", "slots", "mine", "outcome", "reminders", "results"})
        LONGS_EQUAL(405, post(name, "x").status);
    LONGS_EQUAL(404, get("members/m1").status);
    LONGS_EQUAL(404, get("nothing").status);
}

TEST_GROUP(Query){};

TEST(Query, IsReadByItsNamesAlone) {
    auto values = query_values("service=12/0101%23x&day=2026-11-27", {"day", "service"});
    CHECK_TRUE(values.has_value());
    CHECK_TEXT_EQUAL("2026-11-27", values->at(0));
    CHECK_TEXT_EQUAL("12/0101#x", values->at(1));
    CHECK_TEXT_EQUAL("", *query_value("a=", "a"));
    for (const char* bad : {"", "a", "b=1", "a=1&a=1", "a=1&b=2", "a=%", "a=%2", "a=%zz", "a=%00", "a=%0a", "a=%-1", "a=\xe4"})
        CHECK_FALSE_TEXT(query_value(bad, "a").has_value(), bad);
}

TEST(AppointmentRoutes, CountWhatIsRefusedBeforeAServiceIsKnown) {
    refused(post("session", write_open_session("m1", "0000")), 403, "wrong-pin");
    for (int time = 0; time < 4; ++time) post("session", write_open_session("m2", "0000"));
    refused(post("session", write_open_session("m2", "0000")), 423, "locked");
    std::string key = StoreTest::new_key();
    done(change({"hold", key, "", test.slot(kTuesday, 9), ""}));
    refused(change({"hold", key, "", test.slot(kTuesday, 10), ""}), 409, "key-reused");
    for (int time = 0; time < 20; ++time) get("results?receipt=4711");
    refused(get("results?receipt=4711"), 429, "too-many");
    session = "none";
    refused(get("mine"), 401, "no-session");
    token = "none-of-ours";
    refused(get("members"), 401, "unknown-box");
    // Of the fifth wrong PIN it is said that the member is locked.
    for (auto [reason, times] : {std::pair("wrong-pin", 5), {"locked", 1}, {"key-reused", 1}, {"too-many", 1},
                                 {"no-session", 1}, {"unknown-box", 1}})
        LONGS_EQUAL_TEXT(times, test.counted(std::string("refused:") + reason, ""), reason);
    LONGS_EQUAL(0, test.counted("refused:key-reused"));
    // Each is written once.
    CHECK_GOOD(test.store().tend(test.now));
    LONGS_EQUAL(5, test.counted("refused:wrong-pin", ""));
}
