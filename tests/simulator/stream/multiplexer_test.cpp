#include "simulator/stream/multiplex/multiplexer.h"

#include <map>
#include <set>

#include "simulator/stream/si/si_writer.h"
#include "tests/simulator/stream/dvbpsi_reader.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::simulator;
using namespace linli::tests;

namespace {

constexpr std::size_t kPacket = 188;

unsigned at8(const Bytes& bytes, std::size_t at) { return std::to_integer<unsigned>(bytes[at]); }
unsigned pid_of(const Bytes& packet) { return (at8(packet, 1) << 8 | at8(packet, 2)) & 0x1FFF; }
bool has_payload(const Bytes& packet) { return (at8(packet, 3) & 0x10) != 0; }
bool has_clock(const Bytes& packet) { return (at8(packet, 3) & 0x20) != 0 && at8(packet, 4) > 0 && (at8(packet, 5) & 0x10) != 0; }
std::int64_t clock_of(const Bytes& packet) {
    std::int64_t base = 0;
    for (std::size_t i = 6; i < 10; ++i) base = base << 8 | at8(packet, i);
    return (base << 1 | at8(packet, 10) >> 7) * 300 + ((at8(packet, 10) & 1) << 8 | at8(packet, 11));
}

/// Ten units a second, for one second.
ElementaryLoop loop(StreamType type, std::size_t bytes_of_unit) {
    ElementaryLoop made{.type = type, .length = kTicksOfSecond};
    for (Ticks i = 0; i < 10; ++i)
        made.units.push_back({.decode = i * 9000, .present = i * 9000, .is_entry = i == 0, .bytes = Bytes(bytes_of_unit, std::byte{0x55})});
    return made;
}

}  // namespace

TEST_GROUP(Multiplexer) {
    ElementaryLoop pictures = loop(StreamType::H264, 5000);
    ElementaryLoop sound = loop(StreamType::Mpeg1Audio, 400);

    std::vector<Multiplexer::Program> programs() {
        std::vector<Multiplexer::Program> programs;
        for (std::uint16_t i = 1; i <= 2; ++i) {
            auto pid = static_cast<std::uint16_t>(0x100 * i);
            SiService service{.id = i, .pmt_pid = pid, .pcr_pid = static_cast<std::uint16_t>(pid + 1)};
            service.streams = {{.type = StreamType::H264, .pid = service.pcr_pid},
                               {.type = StreamType::Mpeg1Audio, .pid = static_cast<std::uint16_t>(pid + 2)}};
            programs.push_back({service, {&pictures, &sound}});
        }
        return programs;
    }
    Multiplexer multiplexer{programs(), Multiplexer::rate_for(programs())};
};

TEST(Multiplexer, CountersGoOnAcrossRounds) {
    std::map<unsigned, unsigned> counters;
    std::size_t seen = 0;
    while (multiplexer.now() < std::chrono::seconds(3)) {
        Bytes packet = multiplexer.next();
        LONGS_EQUAL(kPacket, packet.size());
        LONGS_EQUAL(0x47, at8(packet, 0));
        if (pid_of(packet) == si_pid::kNull || !has_payload(packet)) continue;
        auto [counter, is_new] = counters.try_emplace(pid_of(packet), at8(packet, 3) & 0xF);
        if (is_new) continue;
        LONGS_EQUAL((counter->second + 1) & 0xF, at8(packet, 3) & 0xF);
        counter->second = at8(packet, 3) & 0xF;
        ++seen;
    }
    LONGS_EQUAL(4, counters.size());
    CHECK_TRUE(seen > 1000);
}

TEST(Multiplexer, EachProgramTellsItsClockInTime) {
    std::map<unsigned, std::int64_t> last;
    while (multiplexer.now() < std::chrono::seconds(3)) {
        auto sent = multiplexer.now();
        Bytes packet = multiplexer.next();
        if (!has_clock(packet)) continue;
        std::int64_t clock = clock_of(packet);
        LONGS_EQUAL(sent.count() * 27 / 1000 / 100, clock / 100);
        auto [before, is_new] = last.try_emplace(pid_of(packet), clock);
        CHECK_TRUE(clock - before->second <= 40 * 27'000);
        before->second = clock;
    }
    LONGS_EQUAL(2, last.size());
}

TEST(Multiplexer, AnEntryPointIsMarkedEachRound) {
    int entries = 0;
    while (multiplexer.now() < std::chrono::milliseconds(2900)) {
        Bytes packet = multiplexer.next();
        if (pid_of(packet) == 0x101 && (at8(packet, 3) & 0x20) != 0 && at8(packet, 4) > 0 && (at8(packet, 5) & 0x40) != 0) ++entries;
    }
    LONGS_EQUAL(3, entries);
}

TEST(Multiplexer, SectionsShareTheWay) {
    SiMultiplex network{.stream = 16};
    for (const auto& program : programs()) network.services.push_back(program.service);
    multiplexer.send(si_pid::kPat, write_pat(network));
    Bytes packets;
    for (int i = 0; i < 200; ++i) {
        Bytes packet = multiplexer.next();
        if (pid_of(packet) == 0) packets.insert(packets.end(), packet.begin(), packet.end());
    }
    CHECK_TEXT_EQUAL("PAT 16\n 0 at 16\n 1 at 256\n 2 at 512\n", read_with_dvbpsi(packets, 0));
    LONGS_EQUAL(0, multiplexer.waiting());
}

TEST(Multiplexer, StreamsMoveToOtherPids) {
    SiService moved = multiplexer.move_pids(2, 0x20);
    LONGS_EQUAL(0x221, moved.pcr_pid);
    std::set<unsigned> pids;
    while (multiplexer.now() < std::chrono::seconds(1)) pids.insert(pid_of(multiplexer.next()));
    CHECK_TRUE(pids.contains(0x221) && pids.contains(0x222) && !pids.contains(0x201));
}
