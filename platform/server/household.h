#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "platform/appointments/appointment_client.h"

namespace linli::platform {

/// A household as an operator hands it to the platform: docs/appointments.md has the file format.
struct Household {
    struct Person {
        Member member;
        std::string pin;
        std::vector<Appointment> appointments;
    };
    /// What its box proves itself with.
    std::string box_token;
    std::vector<Person> people;
};

/// Reads a file of households. Refused, with line and column: a name that is not masked, a PIN that is not four to
/// eight digits, a token shorter than eight characters, two people of one reference.
base::Result<std::vector<Household>> read_households(std::string_view xml);

}  // namespace linli::platform
