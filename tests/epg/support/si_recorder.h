#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "epg/si/si_listener.h"

namespace linli::tests {

/// An event whose texts stay.
struct RecordedEvent {
    epg::ServiceId service;
    epg::EitEvent event;
    epg::EventInformation::Kind kind = epg::EventInformation::Kind::PresentFollowing;
    std::string language, title, summary, description;
};

/// A listener that keeps everything.
class SiRecorder final : public epg::SiListener {
  public:
    void on_programs(const epg::ProgramAssociation& table) override { programs.push_back(table); }
    void on_program(const epg::ProgramMap& table) override { maps.push_back(table); }
    void on_network(const epg::NetworkInformation& table) override { networks.push_back(table); }
    void on_bouquet(const epg::NetworkInformation& table) override { bouquets.push_back(table); }
    void on_services(const epg::ServiceDescriptions& table) override { services.push_back(table); }
    void on_events(const epg::EventInformation& table) override {
        ++event_sections;
        for (const epg::EitEvent& event : table.events)
            events.push_back({table.service, event, table.kind, std::string(event.language), std::string(event.title),
                              std::string(event.summary), std::string(event.description)});
    }
    void on_time(const epg::TimeInformation& table) override { times.push_back(table); }
    void on_complete(const epg::CompleteTable& table) override { complete.push_back(table); }
    void on_restart() override { ++restarts; }

    std::vector<epg::ProgramAssociation> programs;
    std::vector<epg::ProgramMap> maps;
    std::vector<epg::NetworkInformation> networks, bouquets;
    std::vector<epg::ServiceDescriptions> services;
    std::vector<RecordedEvent> events;
    std::vector<epg::TimeInformation> times;
    std::vector<epg::CompleteTable> complete;
    int event_sections = 0;
    int restarts = 0;
};

}  // namespace linli::tests
