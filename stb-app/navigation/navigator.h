#pragma once

#include <memory>
#include <vector>

#include "stb-app/navigation/screen.h"

namespace linli::app {

/// The screens that are open, one upon the other; the last one is shown. The first is Home and never closes, so
/// Back always goes one step back and Home always leads home, with the focus where it was left.
class Navigator {
  public:
    Navigator(std::unique_ptr<Screen> home, std::function<std::unique_ptr<Screen>()> make_live)
        : make_live_(std::move(make_live)) {
        open_.push_back(std::move(home));
    }

    Screen& top() { return *open_.back(); }
    std::size_t depth() const { return open_.size(); }
    bool is_home() const { return open_.size() == 1; }

    /// Carries an action out; settings are the application's business and are ignored here.
    void apply(Action action);
    void go_home();
    /// Whether any open screen holds personal data, on top or under another one.
    bool is_personal() const;
    void reload() {
        for (auto& screen : open_) screen->reload();
    }
    /// Hands an answer to whichever screen asked for it.
    void hear(const platform::AppointmentAnswer& answer);

  private:
    /// Carries out what concerns the screen at a place and those around it.
    void apply_at(std::size_t place, Action action);

    std::vector<std::unique_ptr<Screen>> open_;
    std::function<std::unique_ptr<Screen>()> make_live_;
};

}  // namespace linli::app
