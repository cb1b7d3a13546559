#include "epg/si/si_collector.h"

#include <algorithm>
#include <random>

#include "tests/epg/support/section_writer.h"
#include "tests/epg/support/si_recorder.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;

// clang-format off
TEST_GROUP(SiCollector) {
    SiRecorder heard;
    SiCollector collector{{}, heard};
    PacketWriter pat{0}, services{0x11}, events{0x12}, time{0x14}, map{0x100};
    sys_seconds noon = sys_days(year(2026) / 11 / 23) + hours(12);

    /// Packets are believed when others follow: the last ones wait for the end.
    void push(const ByteVector& packets) {
        collector.push(packets);
        collector.finish();
    }
    ByteVector schedule(unsigned number, unsigned last, unsigned version, const std::string& title = "title", unsigned table = 0x50) {
        EitHead head{table, {1, 16, 101}, version, number, last, last, 0x50};
        return eit_section(head, event_entry({number + 1, noon + number * hours(1), hours(1), short_event("chi", title, "")}));
    }
    const SiCounters& counters() { return collector.counters(); }
};
// clang-format on

TEST(SiCollector, SectionsInAnyOrderAreCompleteAfterOneTurn) {
    std::vector<unsigned> numbers{0, 1, 2, 3, 4};
    std::mt19937 random(7);
    for (unsigned version = 0; version < 20; ++version) {
        heard = {};
        std::ranges::shuffle(numbers, random);
        for (unsigned number : numbers) {
            LONGS_EQUAL(0, heard.complete.size());
            push(events.write(schedule(number, 4, version)));
        }
        LONGS_EQUAL(5, heard.events.size());
        LONGS_EQUAL(1, heard.complete.size());
        CHECK_TRUE(heard.complete[0].is_whole_schedule);
        CHECK_TRUE((heard.complete[0].service() == ServiceId{1, 16, 101}));
    }
    LONGS_EQUAL(0, counters().restarts_in_mid_table);
}

TEST(SiCollector, AnotherTurnSaysNothingNew) {
    for (int turn = 0; turn < 5; ++turn)
        for (unsigned number = 0; number < 3; ++number) push(events.write(schedule(number, 2, 1)));
    LONGS_EQUAL(3, heard.event_sections);
    LONGS_EQUAL(12, counters().duplicate_sections);
}

TEST(SiCollector, ANewVersionInMidTableBeginsAnew) {
    push(events.write(schedule(0, 2, 1)));
    push(events.write(schedule(1, 2, 1)));
    push(events.write(schedule(2, 2, 2, "new")));
    push(events.write(schedule(0, 2, 2, "new")));
    LONGS_EQUAL(0, heard.complete.size());
    push(events.write(schedule(1, 2, 2, "new")));
    LONGS_EQUAL(1, heard.complete.size());
    LONGS_EQUAL(5, heard.events.size());
    LONGS_EQUAL(1, counters().restarts_in_mid_table);
}

TEST(SiCollector, AScheduleOfTwoTablesIsWholeWhenBothAre) {
    auto section = [&](unsigned table) {
        return eit_section({table, {1, 16, 101}, 1, 0, 0, 0, 0x51}, event_entry({table, noon, hours(1), {}}));
    };
    push(events.write(section(0x51)));
    CHECK_FALSE(heard.complete[0].is_whole_schedule);
    push(events.write(section(0x50)));
    CHECK_TRUE(heard.complete[1].is_whole_schedule);
}

TEST(SiCollector, EveryWrongBitIsRefused) {
    ByteVector section = schedule(0, 0, 1);
    for (std::size_t bit = 24; bit < 8 * section.size(); ++bit) {
        ByteVector broken = section;
        broken[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        push(events.write(broken));
    }
    LONGS_EQUAL(0, heard.events.size());
    CHECK_TRUE(counters().crc_errors > 8 * section.size() - 24 - 24);
    push(events.write(section));
    LONGS_EQUAL(1, heard.events.size());
}

TEST(SiCollector, WhatIsNotValidYetWaits) {
    push(services.write(make_section({0x42, 16, 1, 0, 0, false}, ByteVector(3))));
    LONGS_EQUAL(0, heard.services.size());
    LONGS_EQUAL(1, counters().next_sections);
}

TEST(SiCollector, ProgrammeMapsAreFollowedFromThePat) {
    ByteVector body = ByteWriter().u16(0xE101).counted12({}).u8(0x1B).u16(0xE101).counted12({});
    ByteVector map_section = make_section({0x02, 101}, body);
    push(map.write(map_section));
    LONGS_EQUAL(0, heard.maps.size());
    push(pat.write(pat_section(16, 0, {{101, 0x100}})));
    push(map.write(map_section));
    LONGS_EQUAL(1, heard.maps.size());
    // The same programme elsewhere.
    PacketWriter elsewhere(0x200);
    push(pat.write(pat_section(16, 1, {{101, 0x200}})));
    push(map.write(map_section));
    LONGS_EQUAL(1, heard.maps.size());
    push(elsewhere.write(map_section));
    LONGS_EQUAL(2, heard.maps.size());
}

TEST(SiCollector, TimesComeEveryTime) {
    push(time.write(tdt_section(noon)));
    push(time.write(tdt_section(noon + seconds(30))));
    LONGS_EQUAL(2, heard.times.size());
    CHECK_TRUE(heard.times[1].time == noon + seconds(30));
}

TEST(SiCollector, ATimeWithAWrongSumIsRefusedAndCounted) {
    ByteVector good = tot_section(noon, descriptor(0x58, ByteWriter().text("CHN").u8(2).u16(0x0800).bytes(dvb_time(noon)).u16(0x0800)));
    for (std::size_t at = 3; at < good.size(); ++at) {
        ByteVector wrong = good;
        wrong[at] ^= 0x01;
        push(time.write(wrong));
    }
    LONGS_EQUAL(0, heard.times.size());
    LONGS_EQUAL(good.size() - 3, counters().crc_errors);
    push(time.write(good));
    LONGS_EQUAL(1, heard.times.size());
    CHECK_TRUE(heard.times[0].time == noon && heard.times[0].offsets.at(0).offset == hours(8));
}

TEST(SiCollector, TablesWhereTheyDoNotBelongAreCounted) {
    push(pat.write(schedule(0, 0, 1)));
    push(events.write(pat_section(16, 0, {{101, 0x100}})));
    push(services.write(make_section({0xC0, 1}, ByteVector(20))));
    LONGS_EQUAL(3, counters().unknown_tables);
    LONGS_EQUAL(0, heard.events.size() + heard.programs.size());
}

TEST(SiCollector, APatThatClaimsThePidsOfServiceInformationTakesNothingAway) {
    push(pat.write(pat_section(16, 0, {{0, 0x1FFF}, {101, 0x00}, {102, 0x12}})));
    push(pat.write(pat_section(16, 1, {{103, 0x100}})));
    push(events.write(schedule(0, 0, 1)));
    LONGS_EQUAL(1, heard.events.size());
    LONGS_EQUAL(2, heard.programs.size());
}

TEST(SiCollector, AnotherStreamBeginsFromNothing) {
    push(events.write(schedule(0, 0, 1)));
    collector.restart();
    LONGS_EQUAL(1, heard.restarts);
    push(PacketWriter(0x12).write(schedule(0, 0, 1)));
    LONGS_EQUAL(2, heard.events.size());
}

TEST(SiCollector, AThousandServicesAreKept) {
    std::vector<ByteVector> sections;
    for (unsigned service = 0; service < 1000; ++service)
        sections.push_back(eit_section({0x4F, {1, static_cast<std::uint16_t>(service % 40), static_cast<std::uint16_t>(service)}, 1},
                                       event_entry({1, noon, hours(1), short_event("chi", "a", "b")})));
    for (int turn = 0; turn < 2; ++turn) push(events.write_joined(sections));
    LONGS_EQUAL(1000, heard.events.size());
    LONGS_EQUAL(1000, heard.complete.size());
    LONGS_EQUAL(1000, counters().duplicate_sections);
}

TEST(SiCollector, AFloodOfSubTablesIsBounded) {
    std::vector<ByteVector> sections;
    for (unsigned i = 0; i < 20000; ++i)
        sections.push_back(eit_section({0x50, {static_cast<std::uint16_t>(i / 1000), 1, static_cast<std::uint16_t>(i)}, 1, 255, 255, 255, 0x50}, {}));
    push(events.write_joined(sections));
    CHECK_TRUE(counters().full_tables > 0);
    push(events.write(schedule(0, 0, 1)));
    LONGS_EQUAL(1, heard.events.size());
}
