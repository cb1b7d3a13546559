#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "platform/appointments/appointment_types.h"

/// The messages of the appointment interface as XML: platform/exchange/linli-appointments-1.xsd.
namespace linli::platform {

inline constexpr std::size_t kMostMessageBytes = 256u << 10;

struct LookUp {
    std::string member_ref;
    std::string pin;
};

std::string write_members(std::span<const Member> members);
/// Leaves no copy of the PIN but the one in the message. A PIN that is not all digits is left out.
std::string write_look_up(std::string_view member_ref, std::string_view pin);
std::string write_appointments(std::string_view member_ref, std::span<const Appointment> appointments);
std::string write_refusal(const Refusal& refusal);

base::Result<std::vector<Member>> read_members(std::string_view xml);
base::Result<LookUp> read_look_up(std::string_view xml);
base::Result<std::vector<Appointment>> read_appointments(std::string_view xml);
base::Result<Refusal> read_refusal(std::string_view xml);

}  // namespace linli::platform
