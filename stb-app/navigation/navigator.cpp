#include "stb-app/navigation/navigator.h"

#include <algorithm>
#include <utility>

namespace linli::app {

void Navigator::apply(Action action) {
    if (std::holds_alternative<GoHome>(action)) {
        go_home();
    } else if (std::holds_alternative<GoLive>(action)) {
        go_home();
        open_.push_back(make_live_());
    } else {
        apply_at(open_.size() - 1, std::move(action));
    }
}

void Navigator::apply_at(std::size_t place, Action action) {
    auto at = [this](std::size_t index) { return open_.begin() + static_cast<std::ptrdiff_t>(index); };
    if (std::holds_alternative<GoBack>(action)) {
        if (place == 0) return;
        open_.erase(at(place));
        open_[place - 1]->resume();
    } else if (auto* open = std::get_if<Open>(&action)) {
        open_.insert(at(place + 1), std::move(open->screen));
    } else if (auto* replace = std::get_if<Replace>(&action)) {
        if (place > 0) open_[place] = std::move(replace->screen);
        else open_.insert(at(1), std::move(replace->screen));
    } else if (auto* steps = std::get_if<ReplaceSteps>(&action)) {
        std::size_t first = place;
        while (first > 1 && open_[first - 1]->step() >= steps->from) --first;
        open_.erase(at(first), at(place));
        open_[first] = std::move(steps->screen);
    }
}

void Navigator::go_home() {
    if (is_home()) return;
    open_.erase(open_.begin() + 1, open_.end());
    top().resume();
}

bool Navigator::is_personal() const {
    return std::ranges::any_of(open_, [](const auto& screen) { return screen->is_personal(); });
}

void Navigator::hear(const platform::AppointmentAnswer& answer) {
    // The one that asked may lie under another (Settings, say).
    for (std::size_t place = 0; place < open_.size(); ++place) {
        Action action = open_[place]->hear(answer);
        if (std::holds_alternative<Stay>(action)) continue;
        return apply_at(place, std::move(action));
    }
}

}  // namespace linli::app
