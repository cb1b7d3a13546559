#pragma once

#include <chrono>
#include <memory>

#include "middleware/base/clock.h"
#include "platform/appointments/appointment_client.h"

namespace linli::platform {

/// How long the client waits for what; tests are less patient.
struct AppointmentPatience {
    /// For the answer to a question.
    std::chrono::milliseconds answer{15'000};
    /// For a change, with all that is done to find out what became of it; then it is answered as unsettled.
    std::chrono::milliseconds change{15'000};
    /// For the first answer to a change. A platform whose database is away says so after 8 s.
    std::chrono::milliseconds first_try{9'000};
    /// For one answer to `outcome` meanwhile.
    std::chrono::milliseconds outcome{3'000};
    /// Between two tries to find out, at first: while the resident waits, and afterwards.
    std::chrono::milliseconds least_follow_up{300};
    std::chrono::milliseconds least_pause{2'000};
    std::chrono::milliseconds most_pause{300'000};
    /// A change that the platform does not know is not on its way any more after this.
    std::chrono::milliseconds straggler{60'000};
};

/// The client over HTTP, for whoever knows better than the defaults. Certificates count by `clock`, which must outlive
/// the client.
std::unique_ptr<AppointmentClient> make_http_appointment_client(AppointmentOptions options,
                                                                const AppointmentPatience& patience,
                                                                const base::Clock& clock, base::EventLoop& loop,
                                                                base::Log& log);

}  // namespace linli::platform
