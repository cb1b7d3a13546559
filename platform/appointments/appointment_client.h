#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "content/model.h"
#include "middleware/base/event_loop.h"
#include "middleware/base/log.h"
#include "middleware/net/http_options.h"
#include "platform/appointments/appointment_types.h"

namespace linli::platform {

/// Why there is no answer, as far as it makes a difference to what the resident should do.
struct AppointmentFailure {
    enum class Reason {
        Unreachable,  ///< no network, platform down, too slow, an answer that makes no sense
        Unsettled,    ///< of a change: it may have been done; `on_settled` tells as soon as it is known
        Refused,      ///< `refusal` says why
    };
    Reason reason = Reason::Unreachable;
    /// Of Refused.
    Refusal refusal = {};
    /// For the log and Diagnostics; holds no personal data.
    std::string detail = {};
};

/// An answer carries the ticket of its request, so that a late one is recognised and dropped.
using Ticket = std::uint64_t;
using AppointmentResult =
    std::variant<AppointmentFailure, std::vector<Member>, std::vector<BookableService>, std::vector<BookableDay>,
                 std::vector<Slot>, std::shared_ptr<const Session>, std::vector<Appointment>, Appointment,
                 std::vector<Reminder>, std::vector<ApplicationResult>>;
struct AppointmentAnswer {
    Ticket ticket = 0;
    AppointmentResult result;
};

/// A wish of the resident that changes something at the platform. Only what its kind needs is filled in.
struct Change {
    enum class Kind { Hold, Confirm, Move, Cancel, Wait };
    Kind kind = Kind::Hold;
    std::string slot;     // Hold, Move
    std::string number;   // Confirm, Move, Cancel
    std::string service;  // Wait: the item key
};

/// A change of which this box did not know what became of it, and now does (also after a restart).
struct SettledChange {
    Change::Kind kind = Change::Kind::Hold;
    /// Done or Refused, never Unknown; with Unknown at the platform, nothing was done: `was_done` false.
    bool was_done = false;
    std::string refusal_reason;
    /// As a reminder tells it; nothing where it was refused or never arrived.
    std::optional<Appointment> appointment;
};

/// Asks the platform about appointments. Requests return at once; each answer is posted to the loop. UI thread.
class AppointmentClient {
  public:
    using OnAnswer = std::function<void(AppointmentAnswer)>;
    using OnSettled = std::function<void(SettledChange)>;
    virtual ~AppointmentClient() = default;
    virtual Ticket ask_members() = 0;
    virtual Ticket ask_services(const content::AreaCode& area) = 0;
    virtual Ticket ask_days(const content::ItemKey& service) = 0;
    virtual Ticket ask_slots(const content::ItemKey& service, std::chrono::year_month_day day) = 0;
    /// The PIN is wiped from memory once the request has been sent.
    virtual Ticket open_session(const std::string& member_ref, std::string pin) = 0;
    virtual Ticket ask_mine(const std::shared_ptr<const Session>& session) = 0;
    /// The key of the change is at rest before it is sent, and goes when its answer is known. A time-out is followed up
    /// with `outcome` and the same key again; the answer is Unsettled when that does not tell either within 15 s.
    virtual Ticket make_change(const std::shared_ptr<const Session>& session, Change change) = 0;
    virtual Ticket ask_reminders() = 0;
    /// `digits`: the 4 to 8 last ones of a receipt.
    virtual Ticket ask_results(const std::string& digits) = 0;

    virtual void set_listener(OnAnswer on_answer) = 0;
    virtual void set_settled_listener(OnSettled on_settled) = 0;
    virtual void set_network(bool is_on) = 0;
};

struct AppointmentOptions {
    /// Base URL of the appointment interface, for example "http://127.0.0.1:8081/appointments".
    std::string base_url;
    /// What proves the box to the platform; sent as a bearer token.
    std::string box_token;
    /// Where the keys of changes wait for their answers: random keys and kinds, nothing personal. Mode 0600.
    std::filesystem::path journal;
    net::HttpOptions http = {};
};

/// The client over HTTP, with a thread of its own.
std::unique_ptr<AppointmentClient> make_http_appointment_client(AppointmentOptions options, base::EventLoop& loop,
                                                                base::Log& log);

}  // namespace linli::platform
