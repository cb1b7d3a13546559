#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

#include "platform/appointments/appointment_transfer.h"
#include "platform/appointments/change_journal.h"
#include "platform/appointments/http_appointment_client.h"

namespace linli::platform {

/// Makes a change and follows it up until it is known what became of it, or its time is over. For a worker thread.
class ChangeMaker {
  public:
    /// All must outlive it.
    ChangeMaker(const AppointmentPatience& patience, AppointmentTransfer& transfer, ChangeJournal& journal,
                const PlatformTime& time);

    enum class Key {
        New,
        /// It was sent before, and may have been done.
        SentBefore,
    };
    /// What became of the change, or Unsettled: then, and as long as nobody has heard the answer, its key stays in the
    /// journal. A change that was never sent leaves nothing there.
    AppointmentResult make(std::stop_token stop, const std::shared_ptr<const Session>& session, const Change& change,
                           const std::string& key, Key use);

  private:
    using Instant = std::chrono::steady_clock::time_point;
    AppointmentResult follow_up(std::stop_token stop, const AppointmentQuestion& question, Change::Kind kind,
                                const std::string& key, AppointmentReply reply, Instant end);
    void pause(std::stop_token stop, std::chrono::milliseconds time);

    const AppointmentPatience& patience_;
    AppointmentTransfer& transfer_;
    ChangeJournal& journal_;
    const PlatformTime& time_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
};

}  // namespace linli::platform
