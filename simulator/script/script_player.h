#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <vector>

#include "middleware/base/clock.h"
#include "simulator/script/script.h"
#include "simulator/virtual_box.h"

namespace linli::simulator {

/// What a script can do besides pressing keys. A function that is empty: it cannot.
struct Surroundings {
    /// Called when the clock has moved, before the box hears of it: for the platform.
    std::function<base::Result<void>()> on_clock;
    std::function<base::Result<void>(const PlatformStep&)> act_elsewhere;
    /// Ends the box and starts it anew; the new one.
    std::function<base::Result<VirtualBox*>()> restart_box;
    std::function<void(std::chrono::sys_seconds)> set_box_clock;
};

/// Plays a script on a box, as a person with a remote control would.
class ScriptPlayer {
  public:
    ScriptPlayer(VirtualBox& box, base::EventLoop& loop, base::SettableClock& clock, std::filesystem::path out,
                 Surroundings surroundings = {})
        : box_(&box), loop_(loop), clock_(clock), out_(std::move(out)), surroundings_(std::move(surroundings)) {}

    /// Stops at the first step that fails; the error says which, and what the page showed instead.
    base::Result<void> play(const std::vector<NumberedStep>& steps);

    /// Until nothing is pending, and a television picture that the page has room for is there. An error when that
    /// takes too long; a picture that does not come is none.
    base::Result<void> wait() { return run(Wait{}); }

  private:
    base::Result<void> run(const PressKey& step);
    base::Result<void> run(const TypeDigits& step);
    base::Result<void> run(const Wait& step);
    base::Result<void> run(const Shot& step);
    base::Result<void> run(const Expect& step);
    base::Result<void> run(const ExpectFocus& step);
    base::Result<void> run(const ExpectSpoken& step);
    base::Result<void> run(const SavePage& step);
    base::Result<void> run(const SetNetwork& step);
    base::Result<void> run(const SetClock& step);
    base::Result<void> run(const PassTime& step);
    base::Result<void> run(const PlatformStep& step);
    base::Result<void> run(const RestartBox& step);
    base::Result<void> run(const SetBoxClock& step);

    base::Result<void> tell_time();
    bool shows(const std::string& text) const;
    void wait_for_picture();

    VirtualBox* box_;
    base::EventLoop& loop_;
    base::SettableClock& clock_;
    std::filesystem::path out_;
    Surroundings surroundings_;
};

}  // namespace linli::simulator
