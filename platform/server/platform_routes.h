#pragma once

#include <filesystem>

#include "middleware/base/clock.h"
#include "middleware/base/log.h"
#include "middleware/net/http_server.h"
#include "platform/booking/booking_store.h"
#include "platform/server/operator_routes.h"

namespace linli::platform {

/// Everything that the reference platform answers to: GET /publication/… (docs/publication.md), the appointment interface
/// below /appointments (docs/appointments.md), and the operator's page. What is passed in must outlive the server.
net::HttpRoutes platform_routes(const std::filesystem::path& publication, BookingStore& bookings,
                                base::Clock& clock, base::Log& log, const OperatorAccess& access = {});

}  // namespace linli::platform
