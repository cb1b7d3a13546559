#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "platform/appointments/appointment_client.h"

namespace linli::app {

/// Changes that somebody said Yes to and whose page was left before the platform had answered. They are carried to their
/// end: a time that was only held is confirmed. UI thread only.
class LeftChanges {
  public:
    struct Asked {
        platform::Ticket ticket = 0;
        platform::Change::Kind kind = platform::Change::Kind::Hold;
        std::shared_ptr<const platform::Session> session;
    };

    void take(Asked asked) { asked_.push_back(std::move(asked)); }

    /// What became of one of them, where the answer tells; what is unsettled the client tells later. `client`: the one
    /// that was asked.
    std::optional<platform::SettledChange> hear(const platform::AppointmentAnswer& answer, platform::AppointmentClient& client);

  private:
    std::vector<Asked> asked_;
};

}  // namespace linli::app
