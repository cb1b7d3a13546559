#include "stb-app/left_changes.h"

#include <algorithm>

namespace linli::app {

using platform::Appointment;
using platform::AppointmentFailure;
using platform::SettledChange;
using Kind = platform::Change::Kind;

namespace {

/// It is told over whatever is on, to whoever sits there by then.
Appointment for_everyone(Appointment appointment) {
    if (appointment.is_discreet) appointment.service_name = appointment.place = "";
    return appointment;
}

}  // namespace

std::optional<SettledChange> LeftChanges::hear(const platform::AppointmentAnswer& answer, platform::AppointmentClient& client) {
    auto found = std::ranges::find(asked_, answer.ticket, &Asked::ticket);
    if (found == asked_.end()) return std::nullopt;
    Asked asked = std::move(*found);
    asked_.erase(found);

    // To whoever said Yes holding and confirming are one booking.
    Kind kind = asked.kind == Kind::Hold ? Kind::Confirm : asked.kind;
    if (const auto* appointment = std::get_if<Appointment>(&answer.result)) {
        bool is_held = asked.kind == Kind::Hold && appointment->state == platform::AppointmentState::Held;
        if (!is_held) return SettledChange{.kind = kind, .was_done = true, .appointment = for_everyone(*appointment)};
        asked.kind = Kind::Confirm;
        asked.ticket = client.make_change(asked.session, {.kind = Kind::Confirm, .slot = {}, .number = appointment->number, .service = {}});
        take(std::move(asked));
        return std::nullopt;
    }
    const auto* failure = std::get_if<AppointmentFailure>(&answer.result);
    bool is_unsettled = failure != nullptr && failure->reason == AppointmentFailure::Reason::Unsettled;
    if (is_unsettled) return std::nullopt;
    bool is_refused = failure != nullptr && failure->reason == AppointmentFailure::Reason::Refused;
    return SettledChange{.kind = kind,
                         .was_done = false,
                         .refusal_reason = is_refused ? std::string(to_name(failure->refusal.reason)) : std::string(),
                         .appointment = std::nullopt};
}

}  // namespace linli::app
