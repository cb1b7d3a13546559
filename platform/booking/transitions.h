#pragma once

#include <optional>
#include <string_view>

namespace linli::platform {

/// The states of an appointment: docs/appointments.md, "States", has the table.
enum class AppointmentState { Held, Pending, Booked, Waiting, Offered, Fulfilled, Missed, Cancelled, Expired };

/// What happens to an appointment.
enum class AppointmentEvent {
    Confirm,        ///< by the resident
    Change,         ///< by the resident, to another slot
    Cancel,         ///< by the resident
    Agree,          ///< the office confirms by hand
    CallOff,        ///< by the office
    PlaceCameFree,  ///< for one who waits
    TimeRanOut,     ///< of a hold or an offer
    Attend,         ///< the office: was there
    Miss,           ///< the office: was not there
};

/// Whether a service confirms by itself or an office does by hand.
enum class Confirmation { Automatic, ByHand };

/// The state that an event leads to; nothing where the table has no such transition.
std::optional<AppointmentState> after(AppointmentState state, AppointmentEvent event, Confirmation confirmation);
/// Whether an appointment in this state takes up a place of its slot.
bool holds_place(AppointmentState state);

std::string_view to_name(AppointmentState state);
std::optional<AppointmentState> parse_appointment_state(std::string_view name);
/// "automatic" or "by-hand".
std::string_view to_name(Confirmation confirmation);
std::optional<Confirmation> parse_confirmation(std::string_view name);

}  // namespace linli::platform
