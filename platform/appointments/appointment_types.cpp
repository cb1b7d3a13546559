#include "platform/appointments/appointment_types.h"

#include <algorithm>
#include <utility>

#include "middleware/base/secret.h"

namespace linli::platform {

namespace {

using Reason = Refusal::Reason;

constexpr std::pair<Reason, std::string_view> kReasons[] = {
    {Reason::Malformed, "malformed"},           {Reason::UnknownBox, "unknown-box"},
    {Reason::NoSession, "no-session"},          {Reason::WrongPin, "wrong-pin"},
    {Reason::UnknownMember, "unknown-member"},  {Reason::UnknownService, "unknown-service"},
    {Reason::UnknownSlot, "unknown-slot"},      {Reason::UnknownNumber, "unknown-number"},
    {Reason::SlotTaken, "slot-taken"},          {Reason::WrongState, "wrong-state"},
    {Reason::KeyReused, "key-reused"},          {Reason::AlreadyBooked, "already-booked"},
    {Reason::TooLate, "too-late"},              {Reason::TooEarly, "too-early"},
    {Reason::Quota, "quota"},                   {Reason::NoWaiting, "no-waiting"},
    {Reason::Locked, "locked"},                 {Reason::TooMany, "too-many"},
    {Reason::Busy, "busy"},
};

}  // namespace

Session::~Session() { base::wipe(ref); }

std::string_view to_name(Reason reason) {
    return std::ranges::find(kReasons, reason, &std::pair<Reason, std::string_view>::first)->second;
}

std::optional<Reason> parse_refusal_reason(std::string_view name) {
    auto found = std::ranges::find(kReasons, name, &std::pair<Reason, std::string_view>::second);
    if (found == std::end(kReasons)) return std::nullopt;
    return found->first;
}

}  // namespace linli::platform
