#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "stb-app/navigation/screen.h"

namespace linli::app {

/// Something that is told over whatever is on, until the viewer puts it away.
struct Announcement {
    /// What it is about. A later one of the same id takes the place of the earlier one.
    std::string id;
    std::string symbol;
    std::string title;
    /// Few and short: they are set smaller before they take more of the picture than they should.
    std::vector<std::string> sentences;

    struct Choice {
        std::string label;
        /// What OK on it leads to, beyond putting the announcement away; may be empty.
        std::function<Action()> act;
    };
    /// From left to right, the first one has the focus at first. Empty: one that only says that it was read.
    std::vector<Choice> choices;
    /// From then on it has nothing to say any more and goes by itself. On an unknown clock it stays.
    std::optional<std::chrono::sys_seconds> until;
    /// Hears that the viewer has put it away, with OK or with Back; not that its time was over or another took its place.
    std::function<void()> on_put_away;
};

}  // namespace linli::app
