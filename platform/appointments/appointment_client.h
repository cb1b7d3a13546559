#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "middleware/base/event_loop.h"
#include "middleware/base/log.h"
#include "middleware/net/http_options.h"
#include "platform/appointments/appointment_types.h"

namespace linli::platform {

/// Why there is no answer, as far as it makes a difference to what the resident should do.
struct AppointmentFailure {
    enum class Reason {
        Unreachable,   ///< no network, platform down, too slow, an answer that makes no sense
        WrongPin,      ///< `tries_left` says how many are left
        Locked,        ///< until `locked_for` has passed
        UnknownBox,    ///< the platform does not know this box
    };
    Reason reason = Reason::Unreachable;
    int tries_left = 0;
    std::chrono::seconds locked_for{0};
    /// For the log and Diagnostics; holds no personal data.
    std::string detail;
};

/// An answer carries the ticket of its request, so that a late one is recognised and dropped.
using Ticket = std::uint64_t;
struct AppointmentAnswer {
    Ticket ticket = 0;
    std::variant<std::vector<Member>, std::vector<Appointment>, AppointmentFailure> result;
};

/// Asks the platform about appointments. Requests return at once; each answer is posted to the loop.
class AppointmentClient {
  public:
    using OnAnswer = std::function<void(AppointmentAnswer)>;
    virtual ~AppointmentClient() = default;
    virtual Ticket ask_members() = 0;
    /// The PIN is wiped from memory once the request has been sent.
    virtual Ticket look_up(const std::string& member_ref, std::string pin) = 0;
    virtual void set_listener(OnAnswer on_answer) = 0;
    virtual void set_network(bool is_on) = 0;
};

struct AppointmentOptions {
    /// Base URL of the appointment interface, for example "http://127.0.0.1:8081/appointments".
    std::string base_url;
    /// What proves the box to the platform; sent as a bearer token.
    std::string box_token;
    net::HttpOptions http;
};

/// The client over HTTP, with a thread of its own.
std::unique_ptr<AppointmentClient> make_http_appointment_client(AppointmentOptions options, base::EventLoop& loop,
                                                                base::Log& log);

}  // namespace linli::platform
