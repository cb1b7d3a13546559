#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "epg/guide/guide.h"

namespace linli::tests {

inline constexpr std::chrono::sys_seconds kEvening =
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(20);
inline constexpr epg::ServiceId kNews{1, 16, 101};
inline constexpr epg::ServiceId kFilms{1, 16, 102};

/// `at` and `lasts` in minutes from kEvening.
epg::IncomingEvent incoming(std::uint16_t id, int at, int lasts, const std::string& title);

epg::EventSection schedule(std::vector<epg::IncomingEvent> events, std::uint8_t section = 0, std::uint8_t version = 0);
/// Section 0 of present/following.
epg::EventSection present(epg::IncomingEvent event, std::uint8_t version = 0);
/// Section 1 of it.
epg::EventSection following(epg::IncomingEvent event, std::uint8_t version = 0);
epg::CompleteEvents complete(epg::EventTable table = epg::EventTable::Schedule);

epg::Channel channel(const epg::ServiceId& id, int number, const std::string& name);

/// What is shown of a channel: "0-30 News | 30-60 Weather", in minutes from kEvening.
std::string shown(const epg::Guide& guide, const epg::ServiceId& id = kNews);
std::string text_of(const std::vector<epg::Event>& events);
std::string text_of(const epg::Event& event);

}  // namespace linli::tests
