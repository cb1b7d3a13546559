#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "epg/si/service_id.h"

namespace linli::epg {

/// The first level of what an event is about. @spec ETSI EN 300 468 table 29
enum class Genre : std::uint8_t {
    Unknown, Film, News, Show, Sports, Children, Music, Arts, Society, Education, Leisure, Special
};

/// What of content_descriptor's first level ("content_nibble_level_1") is which genre; Unknown where it says nothing.
constexpr Genre genre_of_content(std::uint8_t content) {
    std::uint8_t level = content >> 4;
    return level <= static_cast<std::uint8_t>(Genre::Special) ? static_cast<Genre>(level) : Genre::Unknown;
}

/// What a screen names an event by. An event that moves gets another one.
struct EventKey {
    ServiceId channel;
    std::chrono::sys_seconds start;
    auto operator<=>(const EventKey&) const = default;
};

/// A programme of a channel. Texts are UTF-8.
struct Event {
    ServiceId channel;
    /// event_id of the EIT; 0 where none is known (XMLTV).
    std::uint16_t id = 0;
    std::chrono::sys_seconds start;
    std::chrono::seconds duration{0};
    std::string title, summary, description;
    Genre genre = Genre::Unknown;
    /// In years; 0: for everyone, or not told.
    int minimum_age = 0;

    EventKey key() const { return {channel, start}; }
    std::chrono::sys_seconds end() const { return start + duration; }
    bool operator==(const Event&) const = default;
};

}  // namespace linli::epg
