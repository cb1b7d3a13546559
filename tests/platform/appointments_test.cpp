// The client and the reference platform against each other, and the client against platforms that misbehave.

#include <thread>

#include "middleware/base/file.h"
#include "middleware/net/http_client.h"
#include "platform/appointments/appointment_client.h"
#include "platform/appointments/messages.h"
#include "platform/server/household.h"
#include "platform/server/platform_routes.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/recording_log.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::kMonday;
using platform::Appointment;
using platform::AppointmentAnswer;
using platform::AppointmentFailure;
using platform::Member;
using Reason = AppointmentFailure::Reason;
using Refused = platform::Refusal::Reason;

// clang-format off
TEST_GROUP(Appointments) {
    tests::TemporaryFolder folder;
    tests::RecordingLog log;
    base::SettableClock clock{kMonday};
    std::unique_ptr<base::EventLoop> loop = std::move(*base::EventLoop::create());
    std::unique_ptr<platform::BookingStore> store;
    std::unique_ptr<net::HttpServer> server;
    std::unique_ptr<platform::AppointmentClient> client;
    std::vector<AppointmentAnswer> answers;

    void serve(net::HttpRoutes routes) {
        net::HttpServerOptions options;
        options.threads = 4;
        auto started = net::HttpServer::start(options, std::move(routes), log);
        CHECK_GOOD(started);
        server = std::move(*started);
    }
    void serve_sample() {
        store = std::move(*platform::open_booking_store({folder.path() / "bookings.db"}));
        auto bytes = base::read_file(LINLI_SOURCE_DIR "/simulator/samples/city-households.xml");
        CHECK_GOOD(store->import_households(*platform::read_households(*bytes)));
        serve(platform::platform_routes(folder.path(), *store, clock, log));
    }
    void serve_always(int status, const std::string& body) {
        net::HttpRoutes routes;
        routes.handle("/", [=](auto&) {
            net::HttpResponse response;
            response.status = status;
            response.body = body;
            return response;
        });
        serve(std::move(routes));
    }
    void connect(const std::string& token = "demo-box-1") {
        client = platform::make_http_appointment_client(
            {.base_url = server->url() + "/appointments", .box_token = token, .journal = folder.path() / "changes.journal"},
            *loop, log);
        client->set_listener([this](AppointmentAnswer answer) { answers.push_back(std::move(answer)); });
    }
    AppointmentAnswer next() {
        auto give_up = std::chrono::steady_clock::now() + 10s;
        while (answers.empty() && std::chrono::steady_clock::now() < give_up) loop->run_once(100ms);
        CHECK_FALSE(answers.empty());
        AppointmentAnswer answer = std::move(answers.front());
        answers.erase(answers.begin());
        return answer;
    }
    std::shared_ptr<const platform::Session> open_session(const std::string& member_ref, const std::string& pin) {
        client->open_session(member_ref, pin);
        AppointmentAnswer answer = next();
        auto* session = std::get_if<std::shared_ptr<const platform::Session>>(&answer.result);
        CHECK_TRUE(session != nullptr);
        return *session;
    }
    AppointmentFailure next_failure() {
        AppointmentAnswer answer = next();
        CHECK_TRUE(std::holds_alternative<AppointmentFailure>(answer.result));
        return std::get<AppointmentFailure>(answer.result);
    }
};
// clang-format on

TEST(Appointments, TellsMembersAndTheirAppointments) {
    serve_sample();
    connect();
    auto ticket = client->ask_members();
    AppointmentAnswer answer = next();
    UNSIGNED_LONGS_EQUAL(ticket, answer.ticket);
    const auto& members = std::get<std::vector<Member>>(answer.result);
    LONGS_EQUAL(2, members.size());
    CHECK_TEXT_EQUAL("张*明", members[0].masked_name);

    ticket = client->ask_mine(open_session(members[0].ref, "2468"));
    answer = next();
    UNSIGNED_LONGS_EQUAL(ticket, answer.ticket);
    const auto& appointments = std::get<std::vector<Appointment>>(answer.result);
    LONGS_EQUAL(7, appointments.size());
    CHECK_TEXT_EQUAL("老年人免费体检", appointments[3].service_name);
    CHECK_TRUE(appointments[3].state == platform::AppointmentState::Booked);
    LONGS_EQUAL(3, appointments[3].bring.size());
}

TEST(Appointments, CountsWrongPinsAndLocks) {
    serve_sample();
    connect();
    for (int left = 4; left > 0; --left) {
        client->open_session("m1", "0000");
        auto failure = next_failure();
        CHECK_TRUE(failure.reason == Reason::Refused && failure.refusal.reason == Refused::WrongPin);
        LONGS_EQUAL(left, failure.refusal.tries_left);
    }
    client->open_session("m1", "0000");
    auto failure = next_failure();
    CHECK_TRUE(failure.reason == Reason::Refused && failure.refusal.reason == Refused::Locked);
    LONGS_EQUAL(60, failure.refusal.seconds.count());
}

TEST(Appointments, TellsThatTheBoxIsUnknown) {
    serve_sample();
    connect("no-such-box");
    client->ask_members();
    CHECK_TRUE(next_failure().refusal.reason == Refused::UnknownBox);
    client->open_session("m1", "2468");
    CHECK_TRUE(next_failure().refusal.reason == Refused::UnknownBox);
}

TEST(Appointments, AnswersInOrderEachWithItsTicket) {
    serve_sample();
    connect();
    auto first = client->ask_members();
    auto second = client->open_session("m1", "2468");
    auto third = client->ask_members();
    CHECK_TRUE(first < second && second < third);
    UNSIGNED_LONGS_EQUAL(first, next().ticket);
    UNSIGNED_LONGS_EQUAL(second, next().ticket);
    UNSIGNED_LONGS_EQUAL(third, next().ticket);
}

TEST(Appointments, AreUnreachableWithoutANetworkOrAPlatform) {
    serve_sample();
    connect();
    client->set_network(false);
    client->ask_members();
    CHECK_TRUE(next_failure().reason == Reason::Unreachable);
    client->set_network(true);
    client->ask_members();
    CHECK_TRUE(std::holds_alternative<std::vector<Member>>(next().result));
    server.reset();
    client->ask_members();
    CHECK_TRUE(next_failure().reason == Reason::Unreachable);
}

TEST(Appointments, AreUnreachableWhenTheAnswerMakesNoSense) {
    const std::pair<int, std::string> kCases[] = {
        {200, "<html/>"},
        {200, "<members"},
        {200, ""},
        {500, "internal error"},
        {404, ""},
        {302, ""},
        {403, "<html>Forbidden</html>"},
        {200, "<!DOCTYPE m [<!ENTITY a 'b'>]><members xmlns='urn:linli:exchange:1'>&a;</members>"},
        {200, std::string(300'000, ' ')},
    };
    for (const auto& [status, body] : kCases) {
        client.reset();
        server.reset();
        serve_always(status, body);
        connect();
        client->ask_members();
        auto failure = next_failure();
        CHECK_TRUE(failure.reason == Reason::Unreachable);
        CHECK_FALSE(failure.detail.empty());
    }
}

TEST(Appointments, PostNothingOnceTheClientIsGone) {
    serve_sample();
    connect();
    client->ask_members();
    std::this_thread::sleep_for(20ms);
    client.reset();
    loop->run_once(10ms);
    CHECK_TRUE(answers.empty());
}

TEST(Appointments, NeverLogNamesPinsOrTokens) {
    serve_sample();
    connect();
    client->ask_members();
    next();
    for (const char* pin : {"2468", "0123"}) {
        client->open_session("m1", pin);
        next();
    }
    for (const char* secret : {"2468", "0123", "张", "demo-box"}) CHECK_FALSE(log.lines().contains(secret));
}

TEST(Appointments, RefuseMalformedRequests) {
    serve_sample();
    net::HttpClient raw({.user_agent = "tests"});
    std::string url = server->url() + "/appointments";
    auto post = [&](std::string_view body) {
        auto answer = raw.post({url + "/session", body, "application/xml", "demo-box-1"}, {});
        return answer ? answer->status : 0;
    };
    LONGS_EQUAL(400, post(""));
    LONGS_EQUAL(400, post("<open-session"));
    LONGS_EQUAL(400, post("<open-session xmlns='urn:linli:exchange:1' member='m1'/>"));
    LONGS_EQUAL(400, post("<!DOCTYPE x><open-session xmlns='urn:linli:exchange:1' member='m1'><pin>2468</pin></open-session>"));
    LONGS_EQUAL(404, post("<open-session xmlns='urn:linli:exchange:1' member='m9'><pin>2468</pin></open-session>"));
    LONGS_EQUAL(405, raw.get({url + "/session", "", "demo-box-1"}, {})->status);
    LONGS_EQUAL(404, raw.get({url + "/nothing", "", "demo-box-1"}, {})->status);
}

TEST(Appointments, ArePublishedBesideThePublication) {
    serve_sample();
    folder.write("areas/12/head.xml", "<head/>");
    folder.write("objects/aa/aa", "object");
    net::HttpClient raw({.user_agent = "tests"});
    auto head = raw.get({server->url() + "/publication/areas/12/head.xml", "", ""}, {});
    LONGS_EQUAL(200, head->status);
    LONGS_EQUAL(304, raw.get({server->url() + "/publication/areas/12/head.xml", head->etag, ""}, {})->status);
    CHECK_TEXT_EQUAL("object", raw.get({server->url() + "/publication/objects/aa/aa", "", ""}, {})->body);
}

TEST_GROUP(Messages){};

TEST(Messages, AreReadAsTheyAreWritten) {
    auto question = platform::read_open_session(platform::write_open_session("m-1", "2468"));
    CHECK_TEXT_EQUAL("m-1", question->member_ref);
    CHECK_TEXT_EQUAL("2468", question->pin);
    CHECK_FALSE(platform::read_open_session(platform::write_open_session("m1", "<pin>")).has_value());

    Appointment appointment;
    appointment.number = "N1";
    appointment.service_name = "体检";
    appointment.start = kMonday;
    appointment.duration = 45min;
    appointment.state = platform::AppointmentState::Missed;
    appointment.place = "中心";
    appointment.address = "路1号";
    auto read = platform::read_appointments(platform::write_appointments(std::vector{appointment}));
    CHECK_GOOD(read);
    CHECK_TEXT_EQUAL("体检", read->front().service_name);
    CHECK_TRUE(read->front().start == kMonday && read->front().state == platform::AppointmentState::Missed);
    CHECK_TEXT_EQUAL("路1号", read->front().address);

    auto refusal = platform::read_refusal(platform::write_refusal({.reason = platform::Refusal::Reason::Locked, .seconds = 90s}));
    CHECK_TRUE(refusal->reason == platform::Refusal::Reason::Locked && refusal->seconds == 90s);
}
