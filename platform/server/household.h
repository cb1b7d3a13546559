#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "platform/appointments/appointment_types.h"

namespace linli::platform {

/// What the numbers begin with that the platform gives to appointments, and those of another system may not.
inline constexpr std::string_view kNumberPrefix = "YY-";

/// A household as an operator hands it to the platform: docs/platform.md has the file format.
struct Household {
    struct Person {
        Member member;
        std::string pin;
        std::vector<Appointment> appointments;
    };
    /// What its box proves itself with: a token, the SHA-256 of its client certificate in hex, or either.
    std::string box_token;
    std::string certificate;
    /// The nearest office's, for a member who is locked.
    std::string telephone;
    std::vector<Person> people;
};

/// Reads a file of households. Refused, with line and column: a name that is not masked, a PIN that is not four digits,
/// a token shorter than eight characters, a certificate that is no SHA-256, neither of them, two people of one reference,
/// an appointment with a number of the platform's own kind, a state that only the platform gives, or no length.
base::Result<std::vector<Household>> read_households(std::string_view xml);

}  // namespace linli::platform
