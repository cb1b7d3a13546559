#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "simulator/stream/headend/channel_plan.h"
#include "simulator/stream/headend/si_carousel.h"
#include "simulator/stream/multiplex/multiplexer.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// Programs 1, 2 and 3 show red, green and blue; each round lasts 2.4 s. Made once a process.
class ColouredStreams {
  public:
    static const ColouredStreams& shared();

    /// A transport stream with one of the programs (1 to 3), alone.
    std::filesystem::path file(std::size_t program) const;
    const simulator::ProgramLoop& loop(std::size_t program) const { return loops_[program - 1]; }

  private:
    ColouredStreams();
    TemporaryFolder folder_;
    std::vector<simulator::ProgramLoop> loops_;
};

/// Sends the three programs to a port of this machine, in time.
class TestBroadcast {
  public:
    enum class Fault { None, Silence, BitErrors, Garbage };

    TestBroadcast();
    ~TestBroadcast();

    std::string uri() const { return "udp://127.0.0.1:" + std::to_string(port_); }
    void set_fault(Fault fault) { fault_ = fault; }
    /// The streams of a program get other PIDs.
    void move_pids(std::uint16_t service_id);

    /// Program 4: the pictures of program 1, and a sound that is told of and never sent.
    static constexpr std::uint16_t kWithoutSound = 4;

    /// So much of it, as a file.
    static void write(const std::filesystem::path& file, std::chrono::seconds length);

  private:
    static simulator::ChannelPlan plan();
    static std::vector<simulator::Multiplexer::Program> programs();
    void run();

    std::uint16_t port_ = 0;
    simulator::ChannelPlan plan_;
    std::mutex mutex_;
    simulator::Multiplexer multiplexer_;  // guarded by mutex_
    std::vector<simulator::SiService> services_;
    std::atomic<Fault> fault_ = Fault::None;
    std::atomic<bool> ends_ = false;
    std::thread thread_;
};

}  // namespace linli::tests
