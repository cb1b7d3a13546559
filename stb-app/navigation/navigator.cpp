#include "stb-app/navigation/navigator.h"

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

void Navigator::hear(const platform::AppointmentAnswer& answer) {
    // Only the screen on top can lead somewhere; what lies under it has been left.
    apply(top().hear(answer));
}

}  // namespace linli::app
