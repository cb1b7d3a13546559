#pragma once

#include <filesystem>

#include "middleware/base/clock.h"
#include "middleware/base/log.h"
#include "middleware/net/http_server.h"
#include "platform/booking/booking_store.h"

namespace linli::platform {

/// Everything that the reference platform answers to: GET /publication/… (docs/publication.md), and the appointment
/// interface below /appointments (docs/appointments.md). What is passed in must outlive the server.
net::HttpRoutes platform_routes(const std::filesystem::path& publication, BookingStore& bookings,
                                base::Clock& clock, base::Log& log);

}  // namespace linli::platform
