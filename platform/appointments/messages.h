#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/appointments/appointment_types.h"

/// The messages of the appointment interface as XML: platform/exchange/linli-appointments-1.xsd. What is read is either
/// as the schema says or an error with line and column, never with what the message held. A question with anything that is
/// not known is refused; of an answer that is passed over.
namespace linli::platform {

inline constexpr std::size_t kMostMessageBytes = 256u << 10;

/// References of members, slots and sessions, and numbers of appointments: ASCII letters, digits, - and _, 64 at most.
bool is_reference(std::string_view text);
/// 32 to 64 hex digits.
bool is_change_key(std::string_view text);
/// A service with its area: "12/0101#health-check".
std::optional<content::ItemKey> parse_service(std::string_view text);

/// What proves a member, in `open-session`.
struct MemberPin {
    std::string member_ref;
    std::string pin;
};

/// One change; which of the references goes with it is said by its name.
struct ChangeQuestion {
    /// "hold", "confirm", "change", "cancel" or "wait".
    std::string request;
    std::string key;
    /// Of confirm, change and cancel.
    std::string number;
    /// Of hold and change.
    std::string slot;
    /// Of wait.
    std::string service;
};

// Members and sessions: member_messages.cpp.

std::string write_members(std::span<const Member> members);
/// Leaves no copy of the PIN but the one in the message. A PIN that is not all digits is left out.
std::string write_open_session(std::string_view member_ref, std::string_view pin);
std::string write_session(const Session& session);

base::Result<std::vector<Member>> read_members(std::string_view xml);
base::Result<MemberPin> read_open_session(std::string_view xml);
/// The session of this member, and of no other.
base::Result<Session> read_session(std::string_view xml, std::string_view member_ref);

// What can be booked: catalogue_messages.cpp. An answer to another question than the one that was asked is an error.

std::string write_services(std::span<const BookableService> services);
std::string write_days(std::string_view service, std::span<const BookableDay> days);
std::string write_slots(std::string_view service, std::chrono::year_month_day day, std::span<const Slot> slots);

base::Result<std::vector<BookableService>> read_services(std::string_view xml);
base::Result<std::vector<BookableDay>> read_days(std::string_view xml, std::string_view service);
base::Result<std::vector<Slot>> read_slots(std::string_view xml, std::string_view service,
                                           std::chrono::year_month_day day);

// Appointments and their changes: change_messages.cpp.

std::string write_change(const ChangeQuestion& question);
std::string write_appointment(const Appointment& appointment);
std::string write_appointments(std::span<const Appointment> appointments);
std::string write_outcome(const Outcome& outcome);

/// `request` is the change that the address stands for.
base::Result<ChangeQuestion> read_change(std::string_view xml, std::string_view request);
base::Result<Appointment> read_appointment(std::string_view xml);
base::Result<std::vector<Appointment>> read_appointments(std::string_view xml);
/// Of the change with this key, and of no other.
base::Result<Outcome> read_outcome(std::string_view xml, std::string_view key);

// What the platform tells without a session, and why it does not: news_messages.cpp.

std::string write_reminders(std::span<const Reminder> reminders);
std::string write_results(std::span<const ApplicationResult> results);
std::string write_refusal(const Refusal& refusal);

base::Result<std::vector<Reminder>> read_reminders(std::string_view xml);
base::Result<std::vector<ApplicationResult>> read_results(std::string_view xml);
base::Result<Refusal> read_refusal(std::string_view xml);

/// Whether an application may be in this state: received, working, more-papers, ready, refused, collected.
bool is_result_state(std::string_view state);

}  // namespace linli::platform
