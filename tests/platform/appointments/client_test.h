#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "middleware/base/event_loop.h"
#include "middleware/net/http_server.h"
#include "platform/appointments/http_appointment_client.h"
#include "tests/platform/appointments/relay.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/recording_log.h"

namespace linli::tests {

/// The box's client, the real platform, and a network between them that can be made to misbehave.
class ClientTest {
  public:
    ClientTest();
    ~ClientTest();
    ClientTest(const ClientTest&) = delete;
    ClientTest& operator=(const ClientTest&) = delete;

    static constexpr auto kTuesday = std::chrono::year(2026) / 11 / 24;

    void start_server();
    void stop_server() { server.reset(); }
    /// A new client on the same journal, in the place of the one before.
    void connect(const std::string& token = "box-token-1");

    platform::AppointmentAnswer next();
    platform::AppointmentFailure next_failure();
    platform::SettledChange next_settled();
    /// Runs the loop until it is so; whether it became so.
    bool until(const std::function<bool()>& is_so);

    /// Of member m1, without the time that a PIN takes on purpose.
    std::shared_ptr<const platform::Session> session(int member = 1) const;
    platform::Appointment done(platform::Change change);
    platform::AppointmentFailure failed(platform::Change change);
    platform::Appointment hold(int hour, int minute = 0) {
        return done({.kind = platform::Change::Kind::Hold, .slot = store.slot(kTuesday, hour, minute)});
    }
    static platform::Change confirm(const std::string& number) {
        return {.kind = platform::Change::Kind::Confirm, .number = number};
    }
    std::filesystem::path journal() const { return store.folder.path() / "data/changes.journal"; }
    /// Whether the keys of all changes have gone, which happens soon after the answer.
    bool forgets() {
        return until([this] { return !std::filesystem::exists(journal()); });
    }

    StoreTest store{Backend::Sqlite};
    RecordingLog log;
    base::SettableClock clock{kMonday};
    std::unique_ptr<base::EventLoop> loop = std::move(*base::EventLoop::create());
    std::unique_ptr<net::HttpServer> server;
    std::unique_ptr<Relay> relay;
    platform::AppointmentPatience patience;
    std::unique_ptr<platform::AppointmentClient> client;
    std::vector<platform::AppointmentAnswer> answers;
    std::vector<platform::SettledChange> settled;
};

}  // namespace linli::tests
