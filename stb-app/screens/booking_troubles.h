#pragma once

#include <string>
#include <vector>

#include "stb-app/screens/booking_plan.h"

/// What went wrong with an appointment, in plain words that say what to do.
namespace linli::app {

/// The largest thing on the page: the service's own number first, else that of the nearest office on the chain.
/// Empty where no number is known.
std::vector<Element> help_number(const Context& context, const std::vector<content::Telephone>& telephones = {});
/// The same for an appointment.
std::vector<Element> help_number(const Context& context, const platform::Appointment& appointment);

/// A sentence for each reason of docs/appointments.md.
std::string refusal_sentence(const Context& context, const platform::Refusal& refusal);

/// The state and the number of a page that shows a failure. A locked member is helped by the office that the
/// platform names.
std::vector<Element> failure_elements(const Context& context, const platform::AppointmentFailure& failure,
                                      const std::vector<Element>& number);

/// Without a network there is no client to ask.
platform::AppointmentFailure no_client();
bool is_refused(const platform::AppointmentFailure& failure, platform::Refusal::Reason reason);

}  // namespace linli::app
