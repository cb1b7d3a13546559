#pragma once

#include <functional>
#include <variant>
#include <vector>

#include "epg/guide/guide_update.h"
#include "epg/si/si_listener.h"

namespace linli::epg {

/// What a worker's thread hands to the UI thread at once: about events for the Guide, about services for the ChannelList.
struct GuideBatch {
    using ServiceStep = std::variant<ServiceDescriptions, NetworkInformation, CompleteTable, ProgramAssociation>;
    GuideUpdate events;
    std::vector<ServiceStep> services;

    bool is_empty() const { return events.steps.empty() && services.empty(); }
};

/// Makes batches of what the service information says, on the thread that feeds the collector. Batches are small enough
/// to be applied between two frames.
class GuideListener final : public SiListener {
  public:
    using Sink = std::function<void(GuideBatch)>;
    /// Sections in a batch.
    static constexpr std::size_t kMostSteps = 64;

    explicit GuideListener(Sink sink) : sink_(std::move(sink)) {}

    /// Hands on what is there. To be called after each piece of input, so that nothing waits for more.
    void flush();

    void on_programs(const ProgramAssociation& programs) override { put(programs); }
    void on_network(const NetworkInformation& network) override { put(network); }
    void on_bouquet(const NetworkInformation& bouquet) override { put(bouquet); }
    void on_services(const ServiceDescriptions& services) override { put(services); }
    void on_events(const EventInformation& events) override;
    void on_complete(const CompleteTable& table) override;
    void on_restart() override;

  private:
    void put(GuideBatch::ServiceStep step);
    void put(GuideUpdate::Step step);
    void flush_when_full();

    Sink sink_;
    GuideBatch batch_;
};

}  // namespace linli::epg
