#include "epg/si/table_parser.h"

#include "epg/si/time_table.h"
#include "tests/epg/support/encoded.h"
#include "tests/epg/support/section_writer.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using namespace linli::tests;
using namespace std::string_literals;

// clang-format off
TEST_GROUP(TableParser) {
    SiCounters counters;
    TextDecoder text{{}, counters};
    TableParser parser{text, {}, counters};
    ByteVector bytes;

    Section section(const ByteVector& made) {
        bytes = made;
        return *Section::read(bytes);
    }
};
// clang-format on

TEST(TableParser, Pat) {
    ProgramAssociation table = parser.programs(section(pat_section(16, 3, {{0, 0x10}, {101, 0x100}, {102, 0x1FF0}})), 0);
    LONGS_EQUAL(16, table.stream);
    LONGS_EQUAL(3, table.source.version);
    LONGS_EQUAL(0x10, *table.network_pid);
    LONGS_EQUAL(2, table.programs.size());
    LONGS_EQUAL(0x1FF0, table.programs[1].map_pid);
}

TEST(TableParser, Pmt) {
    ByteVector scrambled = descriptor(0x09, ByteWriter().u16(0x4A02).u16(0xE123));
    ByteVector body = ByteWriter().u16(0xE101).counted12(scrambled)
                          .u8(0x1B).u16(0xE101).counted12({})
                          .u8(0x04).u16(0xE102).counted12(descriptor(0x0A, ByteWriter().text("chi").u8(0)))
                          .u8(0x06).u16(0xE103).counted12(descriptor(0x59, ByteWriter().text("eng").u8(0x10).u32(1)))
                          .u8(0x06).u16(0xE104).counted12(descriptor(0x56, ByteWriter().text("fra").u16(0x0901)))
                          .u8(0x06).u16(0xE105).counted12(descriptor(0x6A, ByteWriter().u8(0)));
    ProgramMap table = parser.program(section(make_section({0x02, 101}, body)), 0x100);
    using Kind = ProgramMap::Kind;
    const Kind kinds[] = {Kind::Video, Kind::Audio, Kind::Subtitles, Kind::Teletext, Kind::Audio};
    LONGS_EQUAL(5, table.streams.size());
    for (std::size_t i = 0; i < 5; ++i) CHECK_TRUE(table.streams[i].kind == kinds[i]);
    LONGS_EQUAL(101, table.program);
    LONGS_EQUAL(0x101, table.clock_pid);
    CHECK_TRUE(table.is_scrambled);
    CHECK_TEXT_EQUAL("chi", table.streams[1].language);
    CHECK_TEXT_EQUAL("eng", table.streams[2].language);
    LONGS_EQUAL(0, counters.malformed_sections);
}

TEST(TableParser, Nit) {
    ByteVector cable = descriptor(0x44, ByteWriter().u32(0x03460000).u16(0xFFF2).u8(3).u8(0x00).u8(0x68).u8(0x75).u8(0x0F));
    ByteVector list = descriptor(0x41, ByteWriter().u16(101).u8(1).u16(102).u8(2));
    ByteVector channels = joined({descriptor(0x5F, ByteWriter().u32(0x28)), descriptor(0x83, ByteWriter().u16(101).u16(0xFC01))});
    ByteVector stream = ByteWriter().u16(16).u16(1).counted12(joined({cable, list, channels}));
    ByteVector body = ByteWriter().counted12(descriptor(0x40, "\x13" + encoded("某市有线", "GB2312"))).counted12(stream);
    NetworkInformation table = parser.network(section(make_section({0x40, 77}, body)), 0x10);
    LONGS_EQUAL(77, table.id);
    CHECK_TEXT_EQUAL("某市有线", table.name);
    LONGS_EQUAL(1, table.streams.size());
    CHECK_TRUE(table.streams[0].delivery == DeliverySystem::Cable);
    LONGS_EQUAL(346000000, table.streams[0].cable->frequency_hz);
    LONGS_EQUAL(2, table.streams[0].services.size());
    LONGS_EQUAL(1, table.streams[0].channels[0].number);
}

TEST(TableParser, Sdt) {
    ByteVector table_bytes = sdt_section(0x42, 16, 1, 5, {{101, service_descriptor(1, "\x15供应商", "\x15新闻频道"), true},
                                                          {102, service_descriptor(2, "", encoded("音乐广播", "GBK")), false}});
    ServiceDescriptions table = parser.services(section(table_bytes), 0x11);
    LONGS_EQUAL(2, table.services.size());
    CHECK_TRUE((table.services[0].id == ServiceId{1, 16, 101}));
    CHECK_TEXT_EQUAL("新闻频道", table.services[0].name);
    CHECK_TEXT_EQUAL("供应商", table.services[0].provider);
    CHECK_TRUE(table.services[0].is_scrambled);
    CHECK_TEXT_EQUAL("音乐广播", table.services[1].name);
    CHECK_FALSE(table.services[1].is_scrambled);
    LONGS_EQUAL(2, table.services[1].type);
    LONGS_EQUAL(1, counters.unmarked_chinese);
}

TEST(TableParser, TdtAndTot) {
    using namespace std::chrono;
    sys_seconds time = sys_days(year(2041) / 2 / 3) + hours(4);
    auto tdt = parser.time(tdt_section(time), 0x14);
    CHECK_TRUE(tdt.has_value() && tdt->time == time);
    ByteVector offset = descriptor(0x58, ByteWriter().text("CHN").u8(2).u16(0x0800).bytes(dvb_time(time)).u16(0x0800));
    auto read = parser.time(tot_section(time, offset), 0x14);
    CHECK_TRUE(read.has_value() && read->offsets.size() == 1);
    CHECK_TRUE(read->offsets[0].offset == hours(8));
    ByteVector undefined = tdt_section(time);
    std::fill(undefined.begin() + 3, undefined.end(), 0xFF);
    CHECK_FALSE(parser.time(undefined, 0x14).has_value());
    LONGS_EQUAL(1, counters.bad_times);
}

TEST(TableParser, ATotTellsAChangeThatIsToCome) {
    using namespace std::chrono;
    sys_seconds time = sys_days(year(2039) / 3 / 20) + hours(4), change = sys_days(year(2039) / 3 / 27) + hours(1);
    // Two descriptors; of the first two regions one is west of Greenwich.
    ByteVector here = descriptor(0x58, ByteWriter().text("AAA").u8(0x02).u16(0x0100).bytes(dvb_time(change)).u16(0x0200)
                                           .text("BBB").u8(0x0B).u16(0x0330).bytes(dvb_time(change)).u16(0x0230));
    ByteVector china = descriptor(0x58, ByteWriter().text("CHN").u8(0x02).u16(0x0800).bytes(dvb_time(change)).u16(0x0800));
    auto read = parser.time(tot_section(time, joined({here, china})), 0x14);
    CHECK_TRUE(read.has_value() && read->time == time);
    LONGS_EQUAL(3, read->offsets.size());
    const LocalTimeOffset &first = read->offsets[0], &second = read->offsets[1], &third = read->offsets[2];
    CHECK_TRUE(first.country == "AAA" && first.region == 0 && first.change == change);
    CHECK_TRUE(first.offset == hours(1) && first.next_offset == hours(2));
    CHECK_TRUE(second.country == "BBB" && second.region == 2);
    CHECK_TRUE(second.offset == -(hours(3) + minutes(30)) && second.next_offset == -(hours(2) + minutes(30)));
    CHECK_TRUE(third.country == "CHN" && third.offset == hours(8));
    LONGS_EQUAL(0, counters.bad_times);
}

TEST(TableParser, ATimeCutAnywhereIsNone) {
    ByteVector tdt = tdt_section(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23));
    for (std::size_t size = 0; size < tdt.size(); ++size) {
        // From memory of exactly its length, so that a sanitizer sees what is read past it.
        ByteVector cut(tdt.begin(), tdt.begin() + static_cast<std::ptrdiff_t>(size));
        cut.shrink_to_fit();
        CHECK_FALSE(parser.time(cut, 0x14).has_value());
    }
    LONGS_EQUAL(3, counters.malformed_sections);
}

TEST(TableParser, TruncatedTablesKeepWhatCameBefore) {
    ByteVector whole = sdt_section(0x42, 16, 1, 5, {{101, service_descriptor(1, "p", "one"), false}, {102, service_descriptor(1, "p", "two"), false}});
    for (std::size_t cut = 0; cut + 20 < whole.size(); ++cut) {
        Section shortened = section(whole);
        shortened.body = shortened.body.first(shortened.body.size() - cut);
        ServiceDescriptions table = parser.services(shortened, 0x11);
        CHECK_TRUE(table.services.size() <= 2);
        parser.network(shortened, 0x10);
        parser.program(shortened, 0x100);
        parser.programs(shortened, 0);
    }
    CHECK_TRUE(counters.malformed_sections > 0);
}
