#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stb-app/box.h"

namespace CLI {
class App;
}

namespace linli::app {

/// The command line of linli-stb.
struct Arguments {
    std::string area, data = "/var/lib/linli", platform, token_file, live, channels, xmltv, start = "live", control;
    std::string video_sink, audio_sink = "autoaudiosink";
    std::string share = LINLI_SHARE_DIR, key_map, time_zone = "Asia/Shanghai";
    std::vector<std::string> publications;
    std::string root, box_id, proxy, ca, client_certificate, client_key;
    int sync_seconds = 300, most_sync_seconds = 3600, alerts_seconds = 15, start_spread = 0, xmltv_seconds = 6 * 3600, xmltv_offset = 0;
    std::uint64_t object_quota = 64u << 20, bandwidth = 0;
    bool is_verbose = false;
    text::FontFiles fonts;
};

/// Says what can be given, and where it goes.
void describe(CLI::App& cli, Arguments& arguments);

BoxOptions box_options_of(const Arguments& arguments, const content::AreaCode& area, std::string token);

}  // namespace linli::app
