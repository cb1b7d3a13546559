#include "epg/si/descriptors.h"

#include "tests/epg/support/section_writer.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using linli::tests::ByteVector;
using linli::tests::ByteWriter;
using linli::tests::descriptor;

// clang-format off
TEST_GROUP(Descriptors) {
    SiCounters counters;
};
// clang-format on

TEST(Descriptors, ALoopEndsWhereADescriptorIsTooLong) {
    ByteVector loop = linli::tests::joined({descriptor(0x40, "one"), descriptor(0x41, "two")});
    int seen = 0;
    auto count = [&](DescriptorTag, Bytes) { ++seen; };
    for_each_descriptor(loop, counters, count);
    LONGS_EQUAL(2, seen);
    LONGS_EQUAL(0, counters.cut_descriptors);
    for (std::size_t size = 1; size < loop.size(); ++size) {
        counters = {};
        for_each_descriptor(Bytes(loop).first(size), counters, [](DescriptorTag, Bytes) {});
        LONGS_EQUAL(size == 5 ? 0 : 1, counters.cut_descriptors);
    }
}

TEST(Descriptors, TruncatedOnesAreNone) {
    ByteVector service = ByteWriter().u8(1).counted("provider").counted("name");
    ByteVector event = ByteWriter().text("chi").counted("title").counted("summary");
    ByteVector extended = ByteWriter().u8(0x12).text("chi").counted("items").counted("text");
    CHECK_TRUE(ServiceDescriptor::read(service).has_value());
    CHECK_TRUE(ShortEventDescriptor::read(event).has_value());
    CHECK_TRUE(ExtendedEventDescriptor::read(extended).has_value());
    LONGS_EQUAL(2, ExtendedEventDescriptor::read(extended)->last_number);
    for (std::size_t size = 0; size < service.size(); ++size) CHECK_FALSE(ServiceDescriptor::read(Bytes(service).first(size)).has_value());
    for (std::size_t size = 0; size < event.size(); ++size) CHECK_FALSE(ShortEventDescriptor::read(Bytes(event).first(size)).has_value());
    for (std::size_t size = 0; size < extended.size(); ++size) CHECK_FALSE(ExtendedEventDescriptor::read(Bytes(extended).first(size)).has_value());
}

TEST(Descriptors, CableDelivery) {
    // 346 MHz, 64-QAM, 6.875 Msymbols/s.
    ByteVector body = ByteWriter().u32(0x03460000).u16(0xFFF2).u8(3).u8(0x00).u8(0x68).u8(0x75).u8(0x0F);
    auto cable = read_cable_delivery(body);
    CHECK_TRUE(cable.has_value());
    LONGS_EQUAL(346000000, cable->frequency_hz);
    LONGS_EQUAL(6875000, cable->symbol_rate);
    LONGS_EQUAL(64, cable->modulation);
    LONGS_EQUAL(15, cable->fec_inner);
    body[0] = 0x0A;
    CHECK_FALSE(read_cable_delivery(body).has_value());
    CHECK_FALSE(read_cable_delivery(Bytes(body).first(10)).has_value());
}

TEST(Descriptors, LogicalChannelsByTheirSpecifier) {
    ByteVector body = ByteWriter().u16(101).u16(0xFC05).u16(102).u16(0x7C06).u16(103).u16(0xC7D0);
    auto plain = LogicalChannelRule{}.read(body, 0);
    LONGS_EQUAL(3, plain.size());
    LONGS_EQUAL(101, plain[0].service);
    LONGS_EQUAL(5, plain[0].number);
    CHECK_TRUE(plain[0].is_visible);
    LONGS_EQUAL(6, plain[1].number);
    CHECK_FALSE(plain[1].is_visible);
    LONGS_EQUAL(2000, LogicalChannelRule{}.read(body, 0x29)[2].number);
    LogicalChannelRule only_eacem{0x83, 0x28};
    LONGS_EQUAL(0, only_eacem.read(body, 0).size());
    LONGS_EQUAL(3, only_eacem.read(body, 0x28).size());
}

TEST(Descriptors, AgeIsOfTheFirstCountryThatGivesOne) {
    LONGS_EQUAL(0, read_minimum_age(ByteVector{}));
    LONGS_EQUAL(0, read_minimum_age(ByteWriter().text("CHN").u8(0).done()));
    LONGS_EQUAL(12, read_minimum_age(ByteWriter().text("CHN").u8(0x10).text("FRA").u8(9).done()));
    LONGS_EQUAL(18, read_minimum_age(ByteWriter().text("CHN").u8(15).done()));
}

TEST(Descriptors, LocalTimeOffsets) {
    using namespace std::chrono;
    sys_seconds change = sys_days(year(2039) / 3 / 27) + hours(1);
    ByteVector body = ByteWriter().text("FRA").u8(0x02).u16(0x0100).bytes(linli::tests::dvb_time(change)).u16(0x0200)
                          .text("BRA").u8(0x07).u16(0x0330).bytes(linli::tests::dvb_time(change)).u16(0x0300)
                          .text("BAD").u8(0x07).u16(0x0A30).bytes(linli::tests::dvb_time(change)).u16(0x0300);
    auto offsets = read_local_time_offsets(body, counters);
    LONGS_EQUAL(2, offsets.size());
    CHECK_TEXT_EQUAL("FRA", offsets[0].country);
    CHECK_TRUE(offsets[0].offset == hours(1) && offsets[0].next_offset == hours(2) && offsets[0].change == change);
    CHECK_TRUE(offsets[1].offset == -(hours(3) + minutes(30)) && offsets[1].region == 1);
    LONGS_EQUAL(1, counters.bad_times);
}
