#pragma once

#include <string>

#include "platform/appointments/appointment_types.h"

namespace linli::app {

/// An appointment as an iCalendar event (a VEVENT alone, as telephones take it from a QR code): what, when, where, its
/// number and the telephone of the office, without the person. Short enough for a code of 65 modules: a long address goes,
/// long names are cut. Empty where the appointment has no start.
/// @spec RFC 5545, VEVENT
std::string appointment_qr_text(const platform::Appointment& appointment);

}  // namespace linli::app
