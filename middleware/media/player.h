#pragma once

#include <functional>
#include <memory>
#include <string>

#include "middleware/base/result.h"
#include "middleware/graphics/image.h"

namespace linli::media {

/// What a player tells, on a thread of its own: post it to the event loop.
struct PlayerEvents {
    /// The next picture, of the size that was asked for.
    std::function<void(std::shared_ptr<const graphics::Image>)> on_picture;
    /// Playing has stopped and why, in one English line.
    std::function<void(std::string reason)> on_stop;
};

/// Plays one source of moving pictures at a time. It never restarts when only the size changes.
class Player {
  public:
    virtual ~Player() = default;
    /// Plays a file or stream; a file that ends begins again.
    virtual void play(const std::string& uri) = 0;
    /// The size of the pictures from now on. Nothing is handed over before it is known.
    virtual void set_size(graphics::Size size) = 0;
    /// Nobody looks: pictures are not made ready any more, while the source goes on.
    virtual void set_visible(bool is_visible) = 0;
    virtual void stop() = 0;
};

/// Loads the player module (a shared library: GStreamer takes 20 ms to load, and the first frame does not wait for
/// it) and makes a player. Error: there is no module, or GStreamer cannot start.
base::Result<std::unique_ptr<Player>> load_player(const std::string& module_path, PlayerEvents events);

}  // namespace linli::media
