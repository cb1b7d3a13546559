#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "middleware/media/player.h"

namespace linli::tests {

/// Everything that a player has told, and a way to wait for more.
class PlayerListener {
  public:
    struct Heard {
        std::size_t pictures = 0;
        std::shared_ptr<const graphics::Image> picture;
        media::PlayId picture_of = 0;
        std::vector<media::FirstPicture> first_pictures;
        std::vector<std::pair<media::PlayId, media::Failure>> stops;
        std::vector<media::PlayId> ends;
        std::vector<std::pair<media::PlayId, media::Signal>> signals;
        std::vector<std::string> warnings;
        std::size_t packets = 0;
        /// Packets of a PID that do not follow on the one before.
        std::size_t gaps = 0;

        bool has_first_picture(media::PlayId id) const;
        /// 'r', 'g' or 'b' by what the newest picture mostly shows; ' ' before there is one.
        char color() const;
    };

    media::PlayerEvents events();
    /// Waits until it is so, at most half a minute: far longer than anything takes that works.
    bool wait_until(const std::function<bool(const Heard&)>& is_so);
    Heard heard();

  private:
    void note(const std::function<void(Heard&)>& change);

    std::mutex mutex_;
    std::condition_variable changed_;
    Heard heard_;
    std::vector<int> counters_ = std::vector<int>(8192, -1);
};

}  // namespace linli::tests
