#include "epg/si/section_assembler.h"

#include "tests/epg/support/section_writer.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using linli::tests::ByteVector;
using linli::tests::make_section;
using linli::tests::PacketWriter;

namespace {

struct Kept final : SectionSink {
    std::vector<ByteVector> sections;
    void on_section(std::uint16_t, Bytes section) override { sections.emplace_back(section.begin(), section.end()); }
};

ByteVector section_of(unsigned extension, std::size_t body) { return make_section({0x42, extension}, ByteVector(body, 0x5A)); }

}  // namespace

// clang-format off
TEST_GROUP(SectionAssembler) {
    Kept kept;
    SiCounters counters;
    SectionAssembler assembler{0x11, kept, counters};
    PacketWriter writer{0x11};

    void push(const ByteVector& packets) {
        for (std::size_t at = 0; at + kPacketSize <= packets.size(); at += kPacketSize)
            assembler.push(TsPacket(packets.data() + at));
    }
    void expect(const std::vector<ByteVector>& sections) {
        LONGS_EQUAL(sections.size(), kept.sections.size());
        for (std::size_t i = 0; i < sections.size(); ++i) CHECK_TRUE(sections[i] == kept.sections[i]);
    }
};
// clang-format on

TEST(SectionAssembler, SectionsOfEveryLengthComeWhole) {
    std::vector<ByteVector> sections;
    for (std::size_t body = 0; body < 600; ++body) sections.push_back(section_of(1, body));
    sections.push_back(section_of(2, 4084));  // 4,096 bytes in all
    for (const ByteVector& section : sections) push(writer.write(section));
    expect(sections);
}

TEST(SectionAssembler, SectionsThatFollowWithoutAGapComeWhole) {
    std::vector<ByteVector> sections;
    for (std::size_t body = 0; body < 400; body += 3) sections.push_back(section_of(1, body));
    for (std::size_t body = 400; body > 3; body -= 7) sections.push_back(section_of(1, body));
    push(writer.write_joined(sections));
    expect(sections);
    LONGS_EQUAL(0, counters.cut_sections);
}

TEST(SectionAssembler, ALostPacketCostsItsSectionOnly) {
    ByteVector first = writer.write(section_of(1, 900));
    first.erase(first.begin() + 2 * kPacketSize, first.begin() + 3 * kPacketSize);
    push(first);
    push(writer.write(section_of(2, 900)));
    expect({section_of(2, 900)});
    LONGS_EQUAL(1, counters.discontinuities);
    LONGS_EQUAL(1, counters.cut_sections);
}

TEST(SectionAssembler, ARepeatedPacketCountsOnce) {
    ByteVector packets = writer.write(section_of(1, 500)), twice;
    for (std::size_t at = 0; at < packets.size(); at += kPacketSize)
        for (int i = 0; i < 2; ++i) twice.insert(twice.end(), packets.begin() + static_cast<long>(at), packets.begin() + static_cast<long>(at + kPacketSize));
    push(twice);
    expect({section_of(1, 500)});
    LONGS_EQUAL(0, counters.discontinuities);
}

TEST(SectionAssembler, ACounterThatStandsStillIsNoSilence) {
    for (int i = 0; i < 10; ++i) push(PacketWriter(0x11).write(section_of(1, 20)));
    CHECK_TRUE(kept.sections.size() >= 5);
}

TEST(SectionAssembler, AnAnnouncedJumpOfTheCounterIsNoLoss) {
    push(writer.write(section_of(1, 20)));
    writer.skip_counter();
    ByteVector packet = writer.write(section_of(2, 20));
    // An adaptation field of two bytes with discontinuity_indicator.
    packet[3] |= 0x20;
    packet.insert(packet.begin() + 4, {1, 0x80});
    packet.resize(kPacketSize);
    push(packet);
    expect({section_of(1, 20), section_of(2, 20)});
    LONGS_EQUAL(0, counters.discontinuities);
}

TEST(SectionAssembler, WhatFollowsWithoutAMarkIsStuffing) {
    ByteVector packets = writer.write(section_of(1, 300));
    // A section right behind the end of the first one, in a packet without a start.
    ByteVector second = section_of(2, 20);
    std::copy(second.begin(), second.end(), packets.end() - 40);
    push(packets);
    expect({section_of(1, 300)});
}

TEST(SectionAssembler, MarkedPacketsAreDropped) {
    ByteVector damaged = writer.write(section_of(1, 20));
    damaged[1] |= 0x80;
    ByteVector scrambled = writer.write(section_of(1, 20));
    scrambled[3] |= 0x80;
    push(damaged);
    push(scrambled);
    expect({});
    LONGS_EQUAL(1, counters.transport_errors);
    LONGS_EQUAL(1, counters.scrambled_packets);
}

TEST(SectionAssembler, PointersAndFieldsPastTheEndAreCounted) {
    ByteVector pointer = writer.write(section_of(1, 20));
    pointer[4] = 184;
    push(pointer);
    ByteVector field = writer.write(section_of(1, 20));
    field[3] |= 0x20;
    field[4] = 200;
    push(field);
    expect({});
    LONGS_EQUAL(2, counters.malformed_packets);
}

TEST(SectionAssembler, ASectionLongerThanSectionsMayBeIsDropped) {
    ByteVector section = section_of(1, 20);
    section[1] = 0xBF;
    section[2] = 0xFF;
    push(writer.write(section));
    push(writer.write(section_of(2, 20)));
    expect({section_of(2, 20)});
    LONGS_EQUAL(1, counters.malformed_sections);
}
