#include "tests/platform/appointments/client_test.h"

#include "platform/server/appointment_routes.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using namespace platform;
using namespace std::chrono_literals;

ClientTest::ClientTest() {
    store.add_household(2);
    auto schedule = StoreTest::schedule();
    schedule.has_waiting_list = true;
    store.put(schedule);
    std::filesystem::create_directories(journal().parent_path());
    // A loopback answers in milliseconds; what is waited for here does not come.
    patience.change = 1500ms;
    patience.first_try = 500ms;
    patience.outcome = 400ms;
    patience.least_follow_up = 20ms;
    patience.least_pause = 20ms;
    patience.most_pause = 100ms;
    patience.straggler = 200ms;
    start_server();
    relay = std::make_unique<Relay>(server->port());
}

ClientTest::~ClientTest() {
    client.reset();
    relay.reset();
    server.reset();
}

void ClientTest::start_server() {
    net::HttpRoutes routes;
    add_appointment_routes(routes, store.store(), clock, log);
    net::HttpServerOptions options;
    options.threads = 4;
    auto started = net::HttpServer::start(options, std::move(routes), log);
    CHECK_GOOD(started);
    server = std::move(*started);
    if (relay) relay->lead_to(server->port());
}

void ClientTest::connect(const std::string& token) {
    client.reset();
    AppointmentOptions options{.base_url = relay->url() + "/appointments", .box_token = token, .journal = journal()};
    client = make_http_appointment_client(std::move(options), patience, clock, *loop, log);
    client->set_listener([this](AppointmentAnswer answer) { answers.push_back(std::move(answer)); });
    client->set_settled_listener([this](SettledChange change) { settled.push_back(std::move(change)); });
}

bool ClientTest::until(const std::function<bool()>& is_so) {
    auto give_up = std::chrono::steady_clock::now() + 20s;
    while (!is_so() && std::chrono::steady_clock::now() < give_up) loop->run_once(10ms);
    return is_so();
}

AppointmentAnswer ClientTest::next() {
    CHECK_TRUE_TEXT(until([this] { return !answers.empty(); }), log.lines().c_str());
    AppointmentAnswer answer = std::move(answers.front());
    answers.erase(answers.begin());
    return answer;
}

AppointmentFailure ClientTest::next_failure() {
    AppointmentAnswer answer = next();
    CHECK_TRUE(std::holds_alternative<AppointmentFailure>(answer.result));
    return std::get<AppointmentFailure>(answer.result);
}

SettledChange ClientTest::next_settled() {
    CHECK_TRUE_TEXT(until([this] { return !settled.empty(); }), log.lines().c_str());
    SettledChange change = std::move(settled.front());
    settled.erase(settled.begin());
    return change;
}

std::shared_ptr<const Session> ClientTest::session(int member) const {
    return std::make_shared<const Session>(std::string(store.caller(member).session), "m" + std::to_string(member), 600s);
}

Appointment ClientTest::done(Change change) {
    client->make_change(session(), std::move(change));
    AppointmentAnswer answer = next();
    auto* failure = std::get_if<AppointmentFailure>(&answer.result);
    CHECK_TRUE_TEXT(failure == nullptr, failure ? failure->detail.c_str() : "");
    return std::get<Appointment>(answer.result);
}

AppointmentFailure ClientTest::failed(Change change) {
    client->make_change(session(), std::move(change));
    return next_failure();
}

}  // namespace linli::tests
