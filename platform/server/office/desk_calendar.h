#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "platform/booking/booking_store.h"

namespace linli::platform {

/// An office's list as a calendar: an event an appointment, in UTC, with its number, the masked name and the state. `name`:
/// what the calendar is called. An event keeps its UID, so that importing again doubles nothing.
/// @spec RFC 5545
std::string write_desk_calendar(std::span<const BookingStore::DeskRow> rows, std::string_view name,
                                std::chrono::sys_seconds now);

}  // namespace linli::platform
