#pragma once

#include <chrono>
#include <vector>

#include "simulator/stream/headend/channel_plan.h"
#include "simulator/stream/multiplex/multiplexer.h"

namespace linli::simulator {

/// Sends the tables of a network again and again: what is on now goes with the clock, the schedule is that of the seven
/// days from today on and changes its version at midnight.
class SiCarousel {
  public:
    /// `begin`: the time of day when the stream begins. The plan lives longer.
    SiCarousel(const ChannelPlan& plan, std::chrono::sys_seconds begin);

    /// Hands what is due to the multiplexer, and tells how far its clock is. Call it before each few packets.
    void feed(Multiplexer& multiplexer);

  private:
    struct Turn {
        std::chrono::milliseconds every;
        void (SiCarousel::*send)(Multiplexer&);
        std::chrono::nanoseconds next{0};
    };

    std::chrono::sys_seconds time(const Multiplexer& multiplexer) const;
    void follow_day(std::chrono::sys_seconds now);
    void send_programs(Multiplexer& multiplexer);
    void send_services(Multiplexer& multiplexer);
    void send_network(Multiplexer& multiplexer);
    void send_bouquet(Multiplexer& multiplexer);
    void send_present(Multiplexer& multiplexer);
    void send_schedule(Multiplexer& multiplexer);
    void send_time(Multiplexer& multiplexer);

    const ChannelPlan& plan_;
    std::chrono::sys_seconds begin_;
    std::vector<SiMultiplex> network_;
    std::vector<Turn> turns_;
    /// Of each channel: yesterday, for what began before midnight, to the seventh day.
    std::vector<std::vector<SiEvent>> events_;
    std::optional<std::chrono::sys_days> day_;
    std::size_t next_schedule_ = 0;
};

}  // namespace linli::simulator
