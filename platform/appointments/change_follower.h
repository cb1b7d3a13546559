#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "middleware/net/http_client.h"
#include "platform/appointments/appointment_transfer.h"
#include "platform/appointments/change_journal.h"
#include "platform/appointments/http_appointment_client.h"
#include "platform/appointments/pauses.h"

namespace linli::platform {

/// Asks the platform what became of changes until it tells, with growing pauses, on a thread of its own: those that were
/// answered as unsettled, and those that an earlier run left in the journal.
///
/// A change that the platform does not know may still be on its way to it. It counts as not done when the platform does
/// not know it a while later either. After 48 hours the platform has forgotten what it did: then nothing is said.
class ChangeFollower {
  public:
    /// Called on the follower's thread. Who has told the resident calls `drop`.
    using OnSettled = std::function<void(const std::string& key, SettledChange)>;

    /// All must outlive it.
    struct Parts {
        const AppointmentOptions& options;
        const AppointmentPatience& patience;
        /// As in HttpClient.
        const base::Clock* certificate_clock;
        ChangeJournal& journal;
        PlatformTime& time;
        base::Log& log;
    };
    /// Begins with what is in the journal.
    ChangeFollower(const Parts& parts, OnSettled on_settled);
    ~ChangeFollower();

    void follow(const ChangeJournal::Entry& entry, const Change& change);
    /// Gives back the key of the very same wish, so that it is made with no other one; follows it no more.
    std::optional<std::string> take_back(const Change& change);
    /// What became of the change was told: its key leaves the journal, on the follower's thread.
    void drop(const std::string& key);
    /// The platform has answered something, or the network is back: asks soon.
    void hurry();
    void set_network(bool is_on);

  private:
    using Instant = std::chrono::steady_clock::time_point;
    struct Followed {
        ChangeJournal::Entry entry;
        /// Nothing for one of an earlier run.
        std::optional<Change> change;
        Pauses pauses;
        Instant due;
        /// When the platform first said that it does not know the change.
        std::optional<Instant> unknown_since = {};
    };

    void add(const ChangeJournal::Entry& entry, std::optional<Change> change);
    void wake();
    void run(std::stop_token stop);
    /// The one to ask about now, once there is one; an empty key: something else is to be done, or the end.
    std::string wait_for_due(std::stop_token stop);
    void drop_told();
    void ask_about(const std::string& key);
    std::optional<SettledChange> understand(Followed& followed, const OutcomeReply& told) const;
    Followed* find(const std::string& key);

    const AppointmentPatience& patience_;
    ChangeJournal& journal_;
    base::Log& log_;
    OnSettled on_settled_;
    net::HttpClient client_;
    AppointmentTransfer transfer_;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<Followed> followed_;  // guarded by mutex_
    std::vector<std::string> told_;   // guarded by mutex_
    bool has_news_ = false;           // guarded by mutex_
    std::jthread thread_;
};

}  // namespace linli::platform
