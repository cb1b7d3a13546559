// Holds a slot and confirms it, so that a test can kill it in the middle: URL TOKEN JOURNAL SESSION SLOT.

#include <cstdio>

#include "middleware/net/http_client.h"
#include "platform/appointments/appointment_client.h"

using namespace linli;
using namespace linli::platform;

int main(int count, char** arguments) {
    if (count != 6) {
        std::fprintf(stderr, "usage: URL TOKEN JOURNAL SESSION SLOT\n");
        return 2;
    }
    net::HttpLibrary library;
    auto log = base::make_stderr_log("change-once", base::Log::Level::Error);
    auto loop = base::EventLoop::create();
    if (!loop) return 1;
    auto session = std::make_shared<const Session>(arguments[4], "m1", std::chrono::seconds(600));
    auto client = make_http_appointment_client(
        {.base_url = arguments[1], .box_token = arguments[2], .journal = arguments[3]}, **loop, *log);
    bool is_booked = false;
    client->set_listener([&](AppointmentAnswer answer) {
        auto* appointment = std::get_if<Appointment>(&answer.result);
        is_booked = appointment && appointment->state == AppointmentState::Booked;
        if (appointment && appointment->state == AppointmentState::Held)
            client->make_change(session, {.kind = Change::Kind::Confirm, .number = appointment->number});
        else (*loop)->quit();
    });
    client->make_change(session, {.kind = Change::Kind::Hold, .slot = arguments[5]});
    (*loop)->run();
    return is_booked ? 0 : 1;
}
