#pragma once

#include "middleware/base/clock.h"
#include "middleware/base/log.h"
#include "middleware/net/http_server.h"
#include "platform/booking/booking_store.h"

namespace linli::platform {

/// Every request of docs/appointments.md, below /appointments. What is passed in must outlive the server.
void add_appointment_routes(net::HttpRoutes& routes, BookingStore& bookings, base::Clock& clock, base::Log& log);

}  // namespace linli::platform
