#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <random>

namespace linli::platform {

/// Pauses between tries, each twice as long as the one before and spread by a quarter, so that many boxes do not come
/// back at the same moment.
class Pauses {
  public:
    Pauses(std::chrono::milliseconds least, std::chrono::milliseconds most) : least_(least), most_(most), next_(least) {}

    /// Not shorter than what the server asked for.
    std::chrono::milliseconds next(std::optional<std::chrono::seconds> retry_after) {
        auto pause = next_ + next_ * std::uniform_int_distribution<int>(-kSpread, kSpread)(random_) / 100;
        next_ = std::min(next_ * 2, most_);
        return retry_after ? std::max<std::chrono::milliseconds>(pause, std::min(*retry_after, kMostAskedFor)) : pause;
    }
    void start_again() { next_ = least_; }

  private:
    static constexpr int kSpread = 25;
    static constexpr std::chrono::seconds kMostAskedFor{3600};

    std::chrono::milliseconds least_, most_, next_;
    std::minstd_rand random_{std::random_device{}()};
};

}  // namespace linli::platform
