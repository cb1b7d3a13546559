#include "epg/si/crc32.h"

#include <random>

#include "tests/epg/support/section_writer.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using linli::tests::ByteVector;
using linli::tests::plain_crc32;

// clang-format off
TEST_GROUP(Crc32){};
// clang-format on

TEST(Crc32, TheStandardsCheckValue) {
    const char digits[] = "123456789";
    ByteVector bytes(digits, digits + 9);
    LONGS_EQUAL(0x0376E6E7, crc32_by_tables(bytes));
    LONGS_EQUAL(0x0376E6E7, plain_crc32(bytes));
}

TEST(Crc32, EveryWayGivesTheSameForEveryLength) {
    std::mt19937 random(1);
    ByteVector bytes;
    Crc32 quick = fastest_crc32();
    for (int size = 0; size <= 700; ++size) {
        LONGS_EQUAL(plain_crc32(bytes), crc32_by_tables(bytes));
        LONGS_EQUAL(plain_crc32(bytes), quick(bytes));
        bytes.push_back(static_cast<std::uint8_t>(random()));
    }
    bytes.resize(4096, 0xA5);
    LONGS_EQUAL(plain_crc32(bytes), quick(bytes));
}

TEST(Crc32, EveryWrongBitIsSeen) {
    ByteVector section = linli::tests::tdt_section({});
    section = linli::tests::make_section({0x42, 1}, ByteVector(100, 7));
    Crc32 quick = fastest_crc32();
    LONGS_EQUAL(0, quick(section));
    for (std::size_t bit = 0; bit < 8 * section.size(); ++bit) {
        section[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        CHECK_TRUE(quick(section) != 0);
        section[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    }
}
