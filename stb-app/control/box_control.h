#pragma once

#include <chrono>

#include "stb-app/box.h"
#include "stb-app/control/control_socket.h"

namespace linli::app {

/// Lets an engineer work a box through a ControlSocket:
///   key NAME   presses a key; answers "shown in N us", from the key to the frame that was handed to the display
///   page       the page as text
///   wait       answers "idle" or "busy": whether sync or a question to the platform is under way
///   start      when the first frame was shown, in nanoseconds of the monotonic clock
base::Result<std::unique_ptr<ControlSocket>> open_box_control(const std::filesystem::path& path, base::EventLoop& loop, Box& box,
                                                              std::chrono::steady_clock::time_point first_frame);

}  // namespace linli::app
