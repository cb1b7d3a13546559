#pragma once

#include <chrono>
#include <optional>

#include "middleware/input/key.h"

namespace linli::input {

/// How a hand may press. Source: EN 301 549 §5.7 (key repeat) and §5.8 (double strike).
struct KeyTiming {
    /// The same key again within this time is one press; 0 to 750 ms.
    std::chrono::milliseconds same_key_within{250};
    /// A held arrow repeats after this time; 300 to 2000 ms.
    std::chrono::milliseconds repeat_after{500};
};

/// Lets through what a person meant: no double strike of an unsteady finger, repeats of arrows only and only
/// after a while. Each key acts when it goes down.
class KeyFilter {
  public:
    using Instant = std::chrono::steady_clock::time_point;
    enum class Action { Press, Repeat, Release };

    explicit KeyFilter(KeyTiming timing = {}) : timing_(timing) {}

    /// Whether the key acts now.
    bool accept(Key key, Action action, Instant now);

  private:
    KeyTiming timing_;
    std::optional<Key> last_key_;
    Instant pressed_at_{};
    bool is_down_ = false;
};

}  // namespace linli::input
