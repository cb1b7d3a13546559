#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "middleware/base/result.h"
#include "simulator/stream/headend/si_carousel.h"
#include "simulator/stream/multiplex/multiplexer.h"

namespace linli::simulator {

/// Sends a multiplex out over UDP, seven packets a datagram, as fast as its clock goes.
class PlayOut {
  public:
    /// Targets such as "udp://127.0.0.1:5500" or a multicast group; only on this machine where it is no group.
    static base::Result<std::unique_ptr<PlayOut>> open(const std::vector<std::string>& targets);
    ~PlayOut();
    PlayOut(const PlayOut&) = delete;
    PlayOut& operator=(const PlayOut&) = delete;

    /// Until `ends` says so. Where this thread comes too late by more than a second, the rest of the delay is left out.
    void run(Multiplexer& multiplexer, SiCarousel& carousel, const std::atomic<bool>& ends);

  private:
    struct Target;
    PlayOut();
    std::vector<std::unique_ptr<Target>> targets_;
};

/// Writes so much of a multiplex into a file, as fast as it can be written.
base::Result<void> write_multiplex(Multiplexer& multiplexer, SiCarousel& carousel, std::chrono::seconds length,
                                   const std::filesystem::path& file);

}  // namespace linli::simulator
