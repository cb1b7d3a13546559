#include "middleware/input/key_filter.h"

namespace linli::input {

bool KeyFilter::accept(Key key, Action action, Instant now) {
    if (action == Action::Release) {
        if (last_key_ == key) is_down_ = false;
        return false;
    }
    bool is_held = action == Action::Repeat && last_key_ == key && is_down_;
    if (is_held) return is_arrow(key) && now - pressed_at_ >= timing_.repeat_after;

    // A remote that bounces sends press, release, press: counted from the press, since many receivers never
    // tell of a release. A second deliberate press is slower than that.
    bool is_bounce = last_key_ == key && now - pressed_at_ < timing_.same_key_within;
    if (is_bounce) return false;
    last_key_ = key;
    pressed_at_ = now;
    is_down_ = true;
    return true;
}

}  // namespace linli::input
