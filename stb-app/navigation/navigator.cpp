#include "stb-app/navigation/navigator.h"

#include <algorithm>
#include <utility>

namespace linli::app {

void Navigator::apply(Action action) {
    if (std::holds_alternative<GoBack>(action)) {
        if (open_.size() == 1) return;
        open_.pop_back();
        top().resume();
    } else if (std::holds_alternative<GoHome>(action)) {
        go_home();
    } else if (std::holds_alternative<GoLive>(action)) {
        go_home();
        open_.push_back(make_live_());
    } else if (auto* open = std::get_if<Open>(&action)) {
        open_.push_back(std::move(open->screen));
    } else if (auto* replace = std::get_if<Replace>(&action)) {
        if (open_.size() > 1) open_.pop_back();
        open_.push_back(std::move(replace->screen));
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
    // The one that asked may lie under another (Settings, say); it is replaced where it lies.
    for (auto& screen : open_) {
        Action action = screen->hear(answer);
        if (auto* replace = std::get_if<Replace>(&action)) screen = std::move(replace->screen);
    }
}

}  // namespace linli::app
