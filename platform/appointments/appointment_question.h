#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "middleware/base/result.h"
#include "platform/appointments/appointment_client.h"

namespace linli::platform {

/// One question to the platform, ready to be sent: where to, what, and how the answer is read. Knows no HTTP.
struct AppointmentQuestion {
    using Reader = std::function<base::Result<AppointmentResult>(std::string_view body)>;

    AppointmentQuestion() = default;
    AppointmentQuestion(AppointmentQuestion&&) = default;
    AppointmentQuestion& operator=(AppointmentQuestion&&) = default;
    /// Wipes the body.
    ~AppointmentQuestion();

    /// For the log: "members".
    std::string name;
    /// Below the base URL: "/days?service=12/0101%23health-check".
    std::string path;
    /// Null: the question is a GET. It stays at one place in memory, since it may hold a PIN.
    std::unique_ptr<std::string> body;
    /// Null where none is needed.
    std::shared_ptr<const Session> session;
    Reader read;
};

AppointmentQuestion question_of_members();
AppointmentQuestion question_of_services(const content::AreaCode& area);
AppointmentQuestion question_of_days(const content::ItemKey& service);
AppointmentQuestion question_of_slots(const content::ItemKey& service, std::chrono::year_month_day day);
/// Leaves no copy of the PIN but the one in the body.
AppointmentQuestion question_of_session(const std::string& member_ref, std::string_view pin);
AppointmentQuestion question_of_mine(std::shared_ptr<const Session> session);
/// An answer about another appointment or another service is an error.
AppointmentQuestion question_of_change(std::shared_ptr<const Session> session, const Change& change,
                                       const std::string& key);
AppointmentQuestion question_of_reminders();
AppointmentQuestion question_of_results(const std::string& digits);

/// The name of a change in messages: "hold", "confirm", "change", "cancel" or "wait".
std::string_view to_name(Change::Kind kind);
std::optional<Change::Kind> parse_change_kind(std::string_view name);

}  // namespace linli::platform
