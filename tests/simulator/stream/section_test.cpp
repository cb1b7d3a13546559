#include <span>
#include <string_view>

#include "simulator/stream/si/section.h"
#include "simulator/stream/si/si_writer.h"

#include "CppUTest/TestHarness.h"

using namespace linli::simulator;

namespace {

bool is_whole(const Section& section) {
    std::size_t length = (static_cast<std::size_t>(section[1]) & 0x0F) << 8 | static_cast<std::size_t>(section[2]);
    return section.size() == length + 3 && section_crc(section) == 0;
}

Section some_section() {
    Bytes payload(50, std::byte{0x5A});
    return make_section({.table_id = 0x42, .extension = 7, .version = 3}, payload);
}

std::size_t payload_starts(const Bytes& packets) {
    std::size_t count = 0;
    for (std::size_t at = 1; at < packets.size(); at += 188) count += (packets[at] & std::byte{0x40}) != std::byte{0};
    return count;
}

}  // namespace

TEST_GROUP(SectionWriter) {};

TEST(SectionWriter, CrcIsThatOfTheStandard) {
    // The check value of CRC-32/MPEG-2.
    LONGS_EQUAL(0x0376E6E7, section_crc(std::as_bytes(std::span(std::string_view("123456789")))));
    CHECK_TRUE(is_whole(some_section()));
}

TEST(SectionWriter, AFaultIsOneFault) {
    CHECK_FALSE(section_crc(with_broken_crc(some_section())) == 0);
    CHECK_FALSE(section_crc(with_flipped_bit(some_section(), 77)) == 0);
    CHECK_TRUE(is_whole(with_cut_end(some_section(), 9)));
    LONGS_EQUAL(some_section().size() - 9, with_cut_end(some_section(), 9).size());
    CHECK_TRUE(is_whole(with_byte(some_section(), 20, 0xFF)));
    CHECK_FALSE(is_whole(with_lost_tail(some_section())));
}

TEST(SectionWriter, AVersionChangesInTheMiddle) {
    std::vector<Section> before(4, some_section()), after(4, with_byte(some_section(), 5, 0xC9));
    auto mixed = with_version_change(before, after);
    LONGS_EQUAL(4, mixed.size());
    CHECK_TRUE(mixed[1] == before[1]);
    CHECK_TRUE(mixed[2] == after[2]);
}

TEST(SectionWriter, ShortSectionsShareAPacket) {
    SectionPacketizer packetizer(0x12);
    std::vector<Section> two{some_section(), some_section()};
    LONGS_EQUAL(188, packetizer.packets(two).size());
}

TEST(SectionWriter, LongSectionsTakeManyPacketsThatAreCounted) {
    SectionPacketizer packetizer(0x12);
    std::vector<Section> two{make_section({.table_id = 0x50}, Bytes(1000)), some_section()};
    Bytes packets = packetizer.packets(two);
    LONGS_EQUAL(7 * 188, packets.size());
    LONGS_EQUAL(2, payload_starts(packets));
    for (std::size_t i = 0; i < 7; ++i) LONGS_EQUAL(i, static_cast<std::size_t>(packets[i * 188 + 3]) & 0xF);
    Bytes next = packetizer.packets(two);
    LONGS_EQUAL(7, static_cast<std::size_t>(next[3]) & 0xF);
}
