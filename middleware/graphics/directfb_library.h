#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "middleware/base/result.h"
#include "middleware/graphics/canvas.h"
#include "middleware/graphics/display.h"

namespace linli::graphics {

/// A key as DirectFB hands it over: the name of its symbol ("CURSOR_DOWN", "RED", "1"), for a key map.
struct RawKey {
    enum class Action { Press, Repeat, Release };
    std::string name;
    Action action = Action::Press;
};

/// DirectFB, started. One a process; everything made by it must be gone before it ends.
/// Which system draws (fbdev, x11, drmkms, dummy …) is DirectFB's own choice: the `--dfb:` options, its
/// environment variable or its configuration file.
class DirectFbLibrary {
  public:
    /// Removes the `--dfb:` options from `arguments`. `defaults` are DirectFB options ("system=dummy") that
    /// hold unless the caller's say otherwise.
    static base::Result<std::unique_ptr<DirectFbLibrary>> start(std::vector<std::string>& arguments,
                                                                const std::vector<std::string>& defaults);
    ~DirectFbLibrary();

    /// The box's screen: DirectFB's primary surface, full screen.
    base::Result<std::unique_ptr<Display>> open_display(const text::FontFiles& fonts);

    /// A screen that nobody sees, of any size, for the simulator and for tests. `on_present` hears what changed.
    base::Result<std::unique_ptr<Display>> open_virtual_display(
        Size size, const text::FontFiles& fonts, std::function<void(std::span<const Rect>)> on_present);

    /// A file descriptor that can be read when something has come from the remote control; `take_key` then
    /// takes it, and is empty where it was no key.
    base::Result<int> open_remote();
    std::optional<RawKey> take_key();

  private:
    class Impl;
    explicit DirectFbLibrary(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::graphics
