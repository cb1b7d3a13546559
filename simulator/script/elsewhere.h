#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "middleware/base/clock.h"
#include "middleware/base/result.h"
#include "simulator/local_platform.h"
#include "simulator/script/platform_step.h"

namespace linli::simulator {

/// Everyone in a script but the one with the remote control: the platform, another household, an office. They act on the
/// real booking store of the local platform.
class Elsewhere {
  public:
    /// `files`: what the platform was given at first. `box_token`: of the box that the script plays on. `zone` has the days of
    /// the platform.
    Elsewhere(LocalPlatform& platform, platform::OfficeFiles files, base::Clock& clock, const std::string& box_token,
              std::string zone)
        : platform_(platform), files_(std::move(files)), clock_(clock), token_(box_token),
          box_(platform::box_of_token(box_token)), zone_(std::move(zone)) {}

    /// An error where there was nothing to do: then the script is not about what it seems to be about.
    base::Result<void> act(const PlatformStep& step);

  private:
    base::Result<void> act_now(const SetPlatform& step);
    base::Result<void> act_now(const SlowPlatform& step);
    base::Result<void> act_now(const RivalTakes& step);
    base::Result<void> act_now(const RivalGivesUp& step);
    base::Result<void> act_now(const OfficeCallsOff& step);
    base::Result<void> act_now(const OfficeJudges& step);
    base::Result<void> act_now(const OfficeCloses& step);
    base::Result<void> act_now(const OfficeRemoves& step);

    base::Result<std::vector<platform::Slot>> free_slots(const RivalTakes& step);
    /// Of all appointments that are still to come.
    base::Result<std::vector<platform::BookingStore::DeskRow>> to_come(const content::ItemKey& service);
    base::Result<void> judge(const std::string& number, platform::BookingStore::Verdict verdict);
    base::Result<void> take(const content::ItemKey& service, const platform::Slot& slot);

    LocalPlatform& platform_;
    platform::OfficeFiles files_;
    base::Clock& clock_;
    std::string token_, box_, zone_;
};

}  // namespace linli::simulator
