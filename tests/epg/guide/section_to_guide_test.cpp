// From the bytes of hand-made sections to what a viewer sees.
#include "epg/guide/guide_listener.h"
#include "epg/si/si_collector.h"
#include "tests/epg/guide/guide_samples.h"
#include "tests/epg/support/section_writer.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;

// clang-format off
TEST_GROUP(SectionToGuide) {
    base::SettableClock clock{kEvening};
    Guide guide{clock};
    GuideListener listener{[this](GuideBatch batch) { guide.apply(batch.events); }};
    SiCollector collector{{}, listener};
    PacketWriter packets{0x12};

    /// A whole schedule of one section.
    void send(const ByteVector& events, unsigned version = 0) {
        ByteVector section = eit_section({.table_id = 0x50, .service = kNews, .version = version, .last_table_id = 0x50}, events);
        collector.push(packets.write(section));
        collector.finish();
        listener.flush();
    }
    static ByteVector event(unsigned id, sys_seconds start, seconds duration, const std::string& title, const ByteVector& more = {}) {
        return event_entry({.id = id, .start = start, .duration = duration, .descriptors = joined({short_event("chi", title, ""), more})});
    }
    static ByteVector event(unsigned id, int at, int lasts, const std::string& title) { return event(id, kEvening + minutes(at), minutes(lasts), title); }
};
// clang-format on

TEST(SectionToGuide, EventsThatOverlapRepeatOrHaveNoDuration) {
    send(joined({event(1, 0, 100, "Long"), event(2, 60, 30, "Short"), event(2, 60, 30, "Short"), event(3, 90, 0, "Open"), event(4, 120, 30, "Next")}));
    CHECK_TEXT_EQUAL("0-60 Long | 60-90 Short | 90-120 Open | 120-150 Next", shown(guide));
}

TEST(SectionToGuide, WhatLastsForDaysIsRefusedAndCounted) {
    // The field ends at 99:59:59: what is meant for 30 days or "until further notice" comes so.
    send(joined({event(1, kEvening, hours(99) + minutes(59) + seconds(59), "Test picture"), event(2, 0, 30, "News")}));
    CHECK_TEXT_EQUAL("0-30 News", shown(guide));
    LONGS_EQUAL(1, guide.counters().too_long);
}

TEST(SectionToGuide, DatesPast2038) {
    // The day number of 16 bits begins anew on 23 April 2038.
    for (sys_days day : {sys_days(year(2038) / 4 / 22), sys_days(year(2038) / 4 / 23), sys_days(year(2049) / 7 / 10)}) {
        clock.set(day);
        send(event(7, day + hours(20), minutes(30), "News"), static_cast<unsigned>((day.time_since_epoch().count() & 15)));
        auto events = guide.events(kNews, day, day + days(1));
        LONGS_EQUAL(1, events.size());
        CHECK_TRUE(events[0].start == day + hours(20) && events[0].duration == minutes(30));
    }
}

TEST(SectionToGuide, KindAgeAndLongTextOfAnEvent) {
    ByteVector component = descriptor(0x50, ByteWriter().u8(0xF5).u8(0x0B).u8(0x01).text("chi").text("HD"));
    ByteVector content = descriptor(0x54, ByteWriter().u8(0x43).u8(0x00).u8(0x10).u8(0x00));
    ByteVector rating = descriptor(0x55, ByteWriter().text("DEU").u8(0x00).text("CHN").u8(0x09));
    ByteVector linkage = descriptor(0x4A, ByteWriter().u16(16).u16(1).u16(102).u8(0x0D).u8(0));
    ByteVector unknown = descriptor(0x82, "anything");
    ByteVector text = joined({extended_event(1, 1, "chi", "\x15下"), extended_event(0, 1, "eng", "First "), extended_event(0, 1, "chi", "\x15上"),
                              extended_event(1, 1, "eng", "second")});
    send(event(1, kEvening, minutes(90), "Match", joined({component, linkage, content, unknown, rating, text})));
    auto match = guide.event({kNews, kEvening});
    CHECK_TRUE(match.has_value());
    CHECK_TRUE(match->genre == Genre::Sports);
    LONGS_EQUAL(12, match->minimum_age);
    CHECK_TEXT_EQUAL("上下", match->description);
    LONGS_EQUAL(0, collector.counters().cut_descriptors);
    LONGS_EQUAL(0, collector.counters().malformed_sections);
}

TEST(SectionToGuide, ASectionWithABitErrorChangesNothing) {
    send(event(1, 0, 30, "News"));
    ByteVector section = eit_section({.table_id = 0x50, .service = kNews, .version = 1, .last_table_id = 0x50}, event(1, 0, 30, "Other"));
    section[30] ^= 1;
    collector.push(packets.write(section));
    collector.finish();
    listener.flush();
    CHECK_TEXT_EQUAL("0-30 News", shown(guide));
    LONGS_EQUAL(1, collector.counters().crc_errors);
}
