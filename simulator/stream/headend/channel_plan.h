#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "middleware/base/result.h"
#include "simulator/stream/si/si_model.h"

namespace linli::simulator {

/// One entry of a day's schedule; what it names lasts until the next entry begins. Several entries at one time take turns
/// from day to day.
struct PlannedProgramme {
    /// Since local midnight.
    std::chrono::minutes at{0};
    /// As bits, Monday the lowest; all of them without a choice.
    unsigned days = 0x7F;
    /// "{n}" becomes the number of the day's part, from 1 to `parts`.
    std::string title, summary, description;
    int parts = 1;
    std::uint8_t content = 0;
    int minimum_age = 0;
};

struct PlannedChannel {
    std::uint16_t service = 0;
    std::uint16_t number = 0;
    std::string name, provider;
    bool is_radio = false;
    bool is_scrambled = false;
    /// How its pictures look: a name that make_channels knows.
    std::string look;
    std::vector<PlannedProgramme> programmes;
};

/// An invented network: its channels, and what they show on any day. Read from a file such as
/// simulator/samples/city-channels.xml.
struct ChannelPlan {
    std::uint16_t network = 1, stream = 1, bouquet = 1;
    std::string name, bouquet_name;
    /// ISO 639-2 of the texts; three letters of ISO 3166 of the country.
    std::string language = "chi", country = "CHN";
    /// Minutes east of Greenwich; the zone keeps it all year.
    std::chrono::minutes offset{480};
    BroadcastEncoding encoding;
    std::vector<PlannedChannel> channels;

    /// Event ids tell the day and which of its events it is; they come again after 654 days.
    static constexpr unsigned kEventsOfDay = 100;

    static base::Result<ChannelPlan> read(const std::filesystem::path& file);

    /// What a channel shows from the local midnight of `first` on, for so many days. The same dates give the same events.
    std::vector<SiEvent> events(const PlannedChannel& channel, std::chrono::sys_days first, int days) const;
    /// The day that it is where the network is.
    std::chrono::sys_days local_day(std::chrono::sys_seconds time) const;
    /// The network as its tables tell it, with PIDs: pictures and one sound, of a radio channel the sound alone.
    SiMultiplex multiplex() const;
};

}  // namespace linli::simulator
