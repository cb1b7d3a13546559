#include "stb-app/control/box_control.h"

#include "middleware/base/format.h"

namespace linli::app {

using namespace std::chrono;

base::Result<std::unique_ptr<ControlSocket>> open_box_control(const std::filesystem::path& path, base::EventLoop& loop, Box& box,
                                                              steady_clock::time_point first_frame) {
    return ControlSocket::open(path, loop, [&box, first_frame](std::string_view command) -> std::string {
        if (command.starts_with("key ")) {
            auto key = input::key_from_name(command.substr(4));
            if (!key) return base::format("there is no key \"{}\"", command.substr(4));
            auto begin = steady_clock::now();
            box.press(*key);
            return base::format("shown in {} us", duration_cast<microseconds>(steady_clock::now() - begin).count());
        }
        if (command == "page") return page_text(box.application().page());
        if (command == "wait") return box.is_idle() ? "idle" : "busy";
        if (command == "start") return std::to_string(first_frame.time_since_epoch().count());
        return "commands: key NAME, page, wait, start";
    });
}

}  // namespace linli::app
