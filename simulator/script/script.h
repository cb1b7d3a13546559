#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "middleware/base/result.h"
#include "middleware/input/key.h"
#include "simulator/script/platform_step.h"
#include "stb-app/theme/theme.h"

/// A script of the simulator: one step a line.
namespace linli::simulator {

struct PressKey {
    input::Key key;
};
struct TypeDigits {
    std::string digits;
};
struct Wait {
    /// Until the page shows this; empty: until nothing is pending.
    std::string text;
};
struct Shot {
    std::string file;
};
struct Expect {
    std::string text;
};
struct ExpectFocus {
    std::string text;
};
struct ExpectSpoken {
    std::string text;
};
struct SavePage {
    std::string file;
};
struct SetNetwork {
    bool is_on;
};
struct SetClock {
    std::chrono::sys_seconds time;
};
/// Lets time pass: "pass 20s".
struct PassTime {
    std::chrono::seconds by;
};

/// "restart box": the box is there anew, on what it had kept, as after a power cut.
struct RestartBox {};
/// "box-clock 2026-11-20T09:00:00+08:00": the clock of the box is wrong.
struct SetBoxClock {
    std::chrono::sys_seconds time;
};

using Step = std::variant<PressKey, TypeDigits, Wait, Shot, Expect, ExpectFocus, ExpectSpoken, SavePage, SetNetwork, SetClock,
                          PassTime, PlatformStep, RestartBox, SetBoxClock>;

struct NumberedStep {
    int line = 0;
    std::string source;
    Step step;
};

/// An error names the line that is wrong and what was expected.
base::Result<std::vector<NumberedStep>> parse_script(std::string_view text);

}  // namespace linli::simulator
