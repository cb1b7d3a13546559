#pragma once

#include <chrono>
#include <optional>

#include "middleware/net/http_client.h"
#include "platform/appointments/appointment_question.h"

namespace linli::platform {

/// What came of sending a question once.
struct AppointmentReply {
    AppointmentResult result;
    /// Whether the platform may have received the question.
    bool was_sent = false;
    /// Whether the platform has said what became of it. A `busy` platform may have done it all the same.
    bool is_known = false;
    std::optional<std::chrono::seconds> retry_after;
    /// The platform's time as it answered.
    std::optional<std::chrono::sys_seconds> date;
};

/// Sends questions to the platform and waits for the answers: for a worker thread, one thread at a time.
class AppointmentTransfer {
  public:
    /// Both must outlive it.
    AppointmentTransfer(const AppointmentOptions& options, net::HttpClient& client);

    /// Gives up after `patience`. The answer's body is wiped, the question's as its caller drops it.
    AppointmentReply ask(const AppointmentQuestion& question, std::chrono::milliseconds patience);

  private:
    base::Result<net::HttpAnswer> send(const AppointmentQuestion& question, std::chrono::milliseconds patience);

    std::string base_url_;
    const AppointmentOptions& options_;
    net::HttpClient& client_;
};

}  // namespace linli::platform
