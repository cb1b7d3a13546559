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
    /// `Scrambled`: the packets of pictures and sound are marked so.
    /// `NoPictures`: the packets of pictures are left out.
    enum class Fault { None, Silence, BitErrors, Garbage, Scrambled, NoPictures };

    /// `Multicast`: UDP to a group, on the loopback interface.
    enum class Wrapping { Udp, Rtp, Multicast };

    /// `Guide`: with SDT, EIT and the time besides what a player needs.
    enum class Tables { Programs, Guide };

    explicit TestBroadcast(Wrapping wrapping = Wrapping::Udp, Tables tables = Tables::Programs);
    ~TestBroadcast();

    std::string uri() const;
    void set_fault(Fault fault) { fault_ = fault; }
    /// The streams of a program get other PIDs.
    void move_pids(std::uint16_t service_id);

    /// Program 4: the pictures of program 1, and a sound that is told of and never sent.
    static constexpr std::uint16_t kWithoutSound = 4;

    /// Program 2 has a second sound in English, and subtitles (DVB) that show an empty page every 2.4 seconds.
    static constexpr std::uint16_t kWithTracks = 2;

    /// When its time begins, with which its programmes of an hour begin too: "1: Programme 1", "1: Programme 2"…
    static constexpr std::chrono::sys_seconds kBegin = std::chrono::sys_days(std::chrono::year(2026) / 11 / 28) + std::chrono::hours(1);
    /// The EIT gets another version, with "Another programme 1".
    void change_events() { has_changed_events_ = true; }

    /// So much of it, as a file.
    static void write(const std::filesystem::path& file, std::chrono::seconds length);

  private:
    static simulator::ChannelPlan plan();
    static std::vector<simulator::SiService> services_of(const simulator::ChannelPlan& plan);
    static std::vector<simulator::Multiplexer::Program> programs();
    void run();
    void send_guide();

    Wrapping wrapping_;
    Tables tables_;
    std::uint16_t port_ = 0;
    simulator::ChannelPlan plan_;
    std::mutex mutex_;
    simulator::Multiplexer multiplexer_;  // guarded by mutex_
    std::vector<simulator::SiService> services_;
    std::atomic<Fault> fault_ = Fault::None;
    std::atomic<bool> has_changed_events_ = false;
    std::atomic<bool> ends_ = false;
    std::thread thread_;
};

}  // namespace linli::tests
