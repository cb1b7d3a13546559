#pragma once

#include <span>
#include <string_view>

namespace linli::simulator {

struct WebFile {
    std::string_view path;
    std::string_view media_type;
    std::string_view bytes;
};

/// The files of simulator/web, as the build put them into the program.
std::span<const WebFile> web_files();

}  // namespace linli::simulator
