#pragma once

#include <chrono>
#include <optional>

#include "middleware/net/http_client.h"
#include "platform/appointments/appointment_question.h"
#include "platform/appointments/platform_time.h"

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

/// What `outcome` told of a change; nothing where the platform could not be asked.
struct OutcomeReply {
    std::optional<Outcome> outcome;
    std::optional<std::chrono::seconds> retry_after;
    std::optional<std::chrono::sys_seconds> date;
};

/// Sends questions to the platform and waits for the answers: for a worker thread, one thread at a time.
class AppointmentTransfer {
  public:
    /// All must outlive it. Every answer tells `time` the time.
    AppointmentTransfer(const AppointmentOptions& options, net::HttpClient& client, PlatformTime& time);

    /// Gives up after `patience`. The answer's body is wiped, the question's as its caller drops it.
    AppointmentReply ask(const AppointmentQuestion& question, std::chrono::milliseconds patience);
    OutcomeReply ask_outcome(Change::Kind kind, const std::string& key, std::chrono::milliseconds patience);
    bool is_cancelled() const { return client_.is_cancelled(); }

  private:
    base::Result<net::HttpAnswer> send(const AppointmentQuestion& question, std::chrono::milliseconds patience);

    std::string base_url_;
    const AppointmentOptions& options_;
    net::HttpClient& client_;
    PlatformTime& time_;
};

}  // namespace linli::platform
