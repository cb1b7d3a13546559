#include "epg/si/sub_tables.h"

#include "tests/epg/support/section_writer.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using linli::tests::ByteVector;

// clang-format off
TEST_GROUP(SubTables) {
    SubTables tables;
    ByteVector bytes;

    Section section(unsigned version, unsigned number, unsigned last, unsigned content = 0, unsigned extension = 1) {
        ByteVector body(6);
        body[5] = static_cast<std::uint8_t>(content);
        bytes = linli::tests::make_section({0x42, extension, version, number, last}, body);
        return *Section::read(bytes);
    }
    SubTables::Added add(const Section& section, std::optional<std::uint8_t> segment_last = std::nullopt) {
        return tables.add(*SubTableId::of(section), section, segment_last);
    }
    bool knows(const Section& section) { return tables.knows(*SubTableId::of(section), section); }
};
// clang-format on

TEST(SubTables, AreCompleteInAnyOrder) {
    CHECK_FALSE(add(section(3, 2, 2)).is_complete);
    CHECK_FALSE(add(section(3, 0, 2)).is_complete);
    CHECK_TRUE(knows(section(3, 0, 2)));
    CHECK_FALSE(knows(section(3, 1, 2)));
    CHECK_TRUE(add(section(3, 1, 2)).is_complete);
}

TEST(SubTables, ANewVersionBeginsAnew) {
    add(section(3, 0, 1));
    auto added = add(section(4, 1, 1));
    CHECK_TRUE(added.is_new_version);
    CHECK_TRUE(added.is_restart_in_mid_table);
    CHECK_FALSE(knows(section(4, 0, 1)));
    CHECK_TRUE(add(section(4, 0, 1)).is_complete);
    CHECK_FALSE(add(section(5, 0, 1)).is_restart_in_mid_table);
}

TEST(SubTables, ChangesWithoutANewVersionAreSeen) {
    add(section(3, 0, 0, 7));
    CHECK_FALSE(knows(section(3, 0, 0, 8)));
    auto added = add(section(3, 0, 0, 8));
    CHECK_TRUE(added.is_unannounced_change);
    CHECK_TRUE(added.is_complete);
    CHECK_TRUE(knows(section(3, 0, 0, 8)));
}

TEST(SubTables, ATableMayGrow) {
    CHECK_TRUE(add(section(3, 0, 0)).is_complete);
    CHECK_FALSE(add(section(3, 1, 2)).is_complete);
    CHECK_TRUE(add(section(3, 2, 2)).is_complete);
}

TEST(SubTables, SegmentsOfEightMayBeShort) {
    CHECK_FALSE(add(section(1, 0, 9), 1).is_complete);
    CHECK_FALSE(add(section(1, 9, 9), 9).is_complete);
    CHECK_FALSE(add(section(1, 8, 9), 9).is_complete);
    CHECK_TRUE(add(section(1, 1, 9), 1).is_complete);
}

TEST(SubTables, ASegmentsEndPastItsEightIsIgnored) {
    for (unsigned number = 0; number < 9; ++number) CHECK_FALSE(add(section(1, number, 9), 9).is_complete);
    CHECK_TRUE(add(section(1, 9, 9), 9).is_complete);
}

TEST(SubTables, AreForgottenWhenThereAreTooMany) {
    for (unsigned extension = 0; extension < SubTables::kMostTables; ++extension)
        CHECK_FALSE(add(section(1, 0, 0, 0, extension)).was_full);
    CHECK_TRUE(add(section(1, 0, 0, 0, SubTables::kMostTables)).was_full);
    CHECK_FALSE(knows(section(1, 0, 0, 0, 5)));
}

TEST(SubTables, NumbersPastTheLastAreNoSection) {
    ByteVector wrong = linli::tests::make_section({0x42, 1, 0, 3, 2}, ByteVector(6));
    CHECK_FALSE(Section::read(wrong).has_value());
}
