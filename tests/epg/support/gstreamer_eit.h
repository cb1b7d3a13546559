#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "epg/si/byte_reader.h"

namespace linli::tests {

/// GStreamer's mpegts library as another opinion on EIT.
struct GstreamerEvent {
    unsigned service = 0, stream = 0, network = 0;
    unsigned id = 0;
    unsigned duration = 0;  // seconds
    unsigned running_status = 0;
    bool is_scrambled = false;
    std::string title, summary, description;

    auto operator<=>(const GstreamerEvent&) const = default;
};

void start_gstreamer();

/// Nothing where the section is broken.
std::vector<GstreamerEvent> gstreamer_events(epg::Bytes section);

/// The same work, texts included, without keeping anything: how many events there are.
std::size_t count_gstreamer_events(epg::Bytes section);

}  // namespace linli::tests
