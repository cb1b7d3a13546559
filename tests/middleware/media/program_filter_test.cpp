#include "middleware/media/program_filter.h"

#include <algorithm>
#include <string>

#include "simulator/stream/si/section.h"
#include "simulator/stream/si/si_writer.h"

#include "CppUTest/TestHarness.h"

using namespace linli::media;
using namespace linli::simulator;

namespace {

constexpr std::size_t kPacket = 188;

std::uint16_t pid_of(std::span<const std::byte> packet) {
    return static_cast<std::uint16_t>((std::to_integer<unsigned>(packet[1]) << 8 | std::to_integer<unsigned>(packet[2])) & 0x1FFF);
}

/// The PIDs of packets, one after the other.
std::string pids(std::span<const std::byte> packets) {
    std::string text;
    for (; packets.size() >= kPacket; packets = packets.subspan(kPacket)) text += (text.empty() ? "" : " ") + std::to_string(pid_of(packets));
    return text;
}

Bytes packet(std::uint16_t pid, bool is_entry = false, bool is_scrambled = false) {
    Bytes bytes(kPacket, std::byte{0xAA});
    bytes[0] = std::byte{0x47};
    bytes[1] = static_cast<std::byte>(pid >> 8);
    bytes[2] = static_cast<std::byte>(pid & 0xFF);
    bytes[3] = static_cast<std::byte>((is_entry ? 0x30 : 0x10) | (is_scrambled ? 0xC0 : 0));
    if (is_entry) bytes[4] = std::byte{1}, bytes[5] = std::byte{0x40};
    return bytes;
}

SiMultiplex network() {
    SiMultiplex network{.stream = 16};
    for (std::uint16_t i = 1; i <= 2; ++i) {
        auto pid = static_cast<std::uint16_t>(i * 100);
        network.services.push_back({.id = i,
                                    .pmt_pid = pid,
                                    .pcr_pid = static_cast<std::uint16_t>(pid + 1),
                                    .streams = {{StreamType::H264, static_cast<std::uint16_t>(pid + 1), "", {}},
                                                {StreamType::Mpeg1Audio, static_cast<std::uint16_t>(pid + 2), "", {}}}});
    }
    return network;
}

}  // namespace

TEST_GROUP(ProgramFilter) {
    ProgramFilter filter;
    SectionPacketizer pat{0}, first{100}, second{200};
    ProgramFilter::Instant now;

    void feed_tables(const SiMultiplex& tables) {
        filter.feed(pat.packets(write_pat(tables)), now);
        filter.feed(first.packets(std::vector<Section>{write_pmt(tables.services[0])}), now);
        filter.feed(second.packets(std::vector<Section>{write_pmt(tables.services[1])}), now);
    }
    std::string feed(const Bytes& bytes) { return pids(filter.feed(bytes, now)); }
};

TEST(ProgramFilter, PicksTheFirstOrTheNamedProgram) {
    filter.pick(0);
    feed_tables(network());
    STRCMP_EQUAL("101", feed(packet(101)).c_str());
    STRCMP_EQUAL("", feed(packet(201)).c_str());
    filter.pick(2);
    STRCMP_EQUAL("", feed(packet(101)).c_str());
    STRCMP_EQUAL("202", feed(packet(202)).c_str());
}

TEST(ProgramFilter, TablesComeFirstWhenTheProgramIsKnown) {
    filter.pick(2);
    STRCMP_EQUAL("0", feed(pat.packets(write_pat(network()))).c_str());
    STRCMP_EQUAL("0 200", feed(second.packets(std::vector<Section>{write_pmt(network().services[1])})).c_str());
    STRCMP_EQUAL("0 200", pids(filter.pick(2).front().packets).c_str());
}

TEST(ProgramFilter, KeepsEveryProgramFromItsLastEntryPoint) {
    filter.pick(1);
    feed_tables(network());
    for (const Bytes& each : {packet(201), packet(201, true), packet(202), packet(201, true), packet(201), packet(202)}) feed(each);
    auto kept = filter.pick(2);
    LONGS_EQUAL(2, kept.size());
    STRCMP_EQUAL("201 201 202", pids(kept[1].packets).c_str());
    CHECK_TRUE(filter.entry().has_value());
}

TEST(ProgramFilter, KeepsNothingWithoutEntryPointsAndNoMoreThanItMay) {
    feed_tables(network());
    for (int i = 0; i < 10; ++i) feed(packet(201));
    LONGS_EQUAL(1, filter.pick(2).size());
    feed(packet(201, true));
    for (std::size_t i = 0; i < ProgramFilter::kMostKept / kPacket + 1; ++i) feed(packet(201));
    LONGS_EQUAL(1, filter.pick(2).size());
}

TEST(ProgramFilter, AChangeOfStreamsIsCounted) {
    filter.pick(1);
    feed_tables(network());
    LONGS_EQUAL(0, filter.changes());
    SiMultiplex moved = network();
    moved.services[0].pcr_pid = moved.services[0].streams[0].pid = 111;
    feed_tables(moved);
    LONGS_EQUAL(1, filter.changes());
    STRCMP_EQUAL("111", feed(packet(111)).c_str());
}

TEST(ProgramFilter, AProgramThatGoesIsGone) {
    filter.pick(2);
    feed_tables(network());
    CHECK_TRUE(filter.has_program());
    SiMultiplex less = network();
    less.services.pop_back();
    filter.feed(pat.packets(write_pat(less, 1)), now);
    CHECK_FALSE(filter.has_program());
    STRCMP_EQUAL("", feed(packet(201)).c_str());
}

TEST(ProgramFilter, TellsScrambledPictures) {
    filter.pick(1);
    feed_tables(network());
    feed(packet(101, false, true));
    CHECK_TRUE(filter.is_scrambled());
    feed(packet(101));
    CHECK_FALSE(filter.is_scrambled());
}

TEST(ProgramFilter, WrongSectionsAreLeftOut) {
    filter.pick(1);
    for (Section section : write_pat(network())) {
        filter.feed(pat.packets(std::vector<Section>{with_broken_crc(section)}), now);
        for (std::size_t cut = 1; cut < 20; ++cut) filter.feed(pat.packets(std::vector<Section>{with_cut_end(section, cut)}), now);
    }
    Section pmt = write_pmt(network().services[0]);
    feed_tables(network());
    for (std::size_t cut = 1; cut < pmt.size(); ++cut) filter.feed(first.packets(std::vector<Section>{with_cut_end(pmt, cut)}), now);
    for (std::size_t at = 8; at < pmt.size() - 4; ++at) filter.feed(first.packets(std::vector<Section>{with_byte(pmt, at, 0xFF)}), now);
    feed_tables(network());
    STRCMP_EQUAL("101", feed(packet(101)).c_str());
}

TEST_GROUP(PacketAligner) {
    PacketAligner aligner;
};

TEST(PacketAligner, FindsPacketsInPiecesAndGarbage) {
    Bytes stream(31, std::byte{0x47});
    for (std::uint16_t i = 1; i <= 5; ++i) {
        Bytes each = packet(i);
        stream.insert(stream.end(), each.begin(), each.end());
    }
    for (std::size_t piece : {1, 7, 188, 1000}) {
        PacketAligner fresh;
        std::string found;
        for (std::size_t at = 0; at < stream.size(); at += piece) {
            auto packets = fresh.feed(std::span(stream).subspan(at, std::min(piece, stream.size() - at)));
            if (!packets.empty()) found += (found.empty() ? "" : " ") + pids(packets);
        }
        STRCMP_EQUAL("1 2 3 4 5", found.c_str());
    }
}

TEST(PacketAligner, BytesWithoutPacketsAreNotKept) {
    for (int i = 0; i < 1000; ++i) LONGS_EQUAL(0, aligner.feed(Bytes(1000, std::byte{0})).size());
}
