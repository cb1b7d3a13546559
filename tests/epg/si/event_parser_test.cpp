#include "epg/si/event_parser.h"

#include "tests/epg/support/encoded.h"
#include "tests/epg/support/section_writer.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;
using namespace std::string_literals;

// clang-format off
TEST_GROUP(EventParser) {
    SiCounters counters;
    TextDecoder text{{}, counters};
    EventParser parser{text, {"chi", "zho"}, counters};
    ByteVector bytes;
    sys_seconds noon = sys_days(year(2026) / 11 / 23) + hours(12);

    EventInformation parse(const ByteVector& events, unsigned table_id = 0x4E) {
        EitHead head;
        head.table_id = table_id;
        head.service = {1, 16, 101};
        bytes = eit_section(head, events);
        return parser.parse(*Section::read(bytes), 0x12);
    }
    EitEvent one(const ByteVector& descriptors) { return parse(event_entry({7, noon, minutes(30), descriptors, 4})).events[0]; }
};
// clang-format on

TEST(EventParser, AnEventHasItsTimesTextsAndKind) {
    EitEvent event = one(joined({short_event("chi", "\x13" + encoded("新闻联播", "GB2312"), "\x15今日要闻"),
                                 descriptor(0x54, ByteWriter().u8(0x21).u8(0)), descriptor(0x55, ByteWriter().text("CHN").u8(9))}));
    LONGS_EQUAL(7, event.id);
    CHECK_TRUE(event.start == noon && event.duration == minutes(30));
    CHECK_TRUE(event.running_status == RunningStatus::Running);
    CHECK_TEXT_EQUAL("新闻联播", event.title);
    CHECK_TEXT_EQUAL("今日要闻", event.summary);
    CHECK_TEXT_EQUAL("chi", event.language);
    LONGS_EQUAL(0x21, event.content);
    LONGS_EQUAL(12, event.minimum_age);
}

TEST(EventParser, ScheduleAndPresentFollowingAreToldApart) {
    CHECK_TRUE(parse({}).kind == EventInformation::Kind::PresentFollowing);
    CHECK_TRUE(parse({}, 0x4F).kind == EventInformation::Kind::PresentFollowing);
    CHECK_TRUE(parse({}, 0x50).kind == EventInformation::Kind::Schedule);
    CHECK_TRUE(parse({}, 0x6F).kind == EventInformation::Kind::Schedule);
    CHECK_TRUE((parse({}).service == ServiceId{1, 16, 101}));
}

TEST(EventParser, TheWantedLanguageCounts) {
    EitEvent event = one(joined({short_event("eng", "News", ""), short_event("chi", "\x15新闻", ""), short_event("fra", "Journal", "")}));
    CHECK_TEXT_EQUAL("新闻", event.title);
    event = one(joined({short_event("eng", "News", ""), short_event("fra", "Journal", "")}));
    CHECK_TEXT_EQUAL("News", event.title);
    CHECK_TEXT_EQUAL("eng", event.language);
    event = one(joined({short_event("eng", "News", ""), short_event("chi", "\x15新闻", ""), extended_event(0, 0, "eng", "Long"),
                        extended_event(0, 0, "chi", "\x15长")}));
    CHECK_TEXT_EQUAL("长", event.description);
}

TEST(EventParser, PartsAreJoinedByNumber) {
    EitEvent event = one(joined({extended_event(2, 2, "chi", "\x15丙"), extended_event(0, 2, "chi", "\x15甲"), extended_event(1, 2, "chi", "\x15乙")}));
    CHECK_TEXT_EQUAL("甲乙丙", event.description);
}

TEST(EventParser, ACharacterCutBetweenDescriptorsIsWhole) {
    std::string text = "\x13" + encoded("社区邻里", "GB2312");
    EitEvent event = one(joined({extended_event(0, 1, "chi", text.substr(0, 4)), extended_event(1, 1, "chi", "\x13" + text.substr(4))}));
    CHECK_TEXT_EQUAL("社区邻里", event.description);
    LONGS_EQUAL(0, counters.replaced_characters);
}

TEST(EventParser, AMarkHoldsForTheWholeText) {
    std::string second = encoded("邻里", "GB2312");
    EitEvent event = one(joined({extended_event(0, 1, "chi", "\x13" + encoded("社区", "GB2312")), extended_event(1, 1, "chi", second)}));
    CHECK_TEXT_EQUAL("社区邻里", event.description);
    LONGS_EQUAL(0, counters.unmarked_chinese);
}

TEST(EventParser, ItemsFollowTheTextAsLines) {
    ByteVector items = ByteWriter().counted("\x15导演").counted("\x15张某某").counted("\x15主演").counted("\x15李某某");
    EitEvent event = one(extended_event(0, 0, "chi", "\x15故事", items));
    CHECK_TEXT_EQUAL("故事\n导演: 张某某\n主演: 李某某", event.description);
    CHECK_TEXT_EQUAL("导演: 张某某\n主演: 李某某", one(extended_event(0, 0, "chi", "", items)).description);
}

TEST(EventParser, UndefinedAndBadTimesAreNoTimes) {
    ByteVector entry = event_entry({7, noon, minutes(30), {}});
    std::fill(entry.begin() + 2, entry.begin() + 10, 0xFF);
    EitEvent event = parse(entry).events[0];
    CHECK_FALSE(event.start.has_value() || event.duration.has_value());
    LONGS_EQUAL(0, counters.bad_times);
    entry[4] = 0x77;
    CHECK_FALSE(parse(entry).events[0].start.has_value());
    LONGS_EQUAL(1, counters.bad_times);
}

TEST(EventParser, WhateverIsCutNothingIsReadPastIt) {
    ByteVector events = joined({event_entry({1, noon, minutes(30), joined({short_event("chi", "one", "two"), extended_event(0, 0, "chi", "three")})}),
                                event_entry({2, noon, minutes(30), short_event("chi", "four", "five")})});
    for (std::size_t size = 0; size < events.size(); ++size)
        CHECK_TRUE(parse(ByteVector(events.begin(), events.begin() + static_cast<long>(size))).events.size() <= 2);
    CHECK_TRUE(counters.malformed_sections > 0);
    CHECK_TRUE(counters.cut_descriptors > 0);
}

TEST(EventParser, ASectionFullOfTextFits) {
    // The most that may come out of a section: three bytes for each of its own.
    ByteVector events;
    std::string text = "\x15" + std::string(119, '\xFF');
    for (unsigned i = 0; i < 15; ++i) {
        ByteVector entry = event_entry({i, noon, minutes(30), short_event("chi", text, text)});
        events.insert(events.end(), entry.begin(), entry.end());
    }
    EventInformation table = parse(events);
    LONGS_EQUAL(15, table.events.size());
    LONGS_EQUAL(15 * 238, counters.replaced_characters);
    LONGS_EQUAL(357, table.events[14].summary.size());
}

TEST(EventParser, LongestAndNoDurationsComeAsTheyAre) {
    EventInformation table = parse(joined({event_entry({1, noon, seconds(0), {}}), event_entry({2, noon, hours(99), {}}), event_entry({2, noon, hours(1), {}})}));
    LONGS_EQUAL(3, table.events.size());
    CHECK_TRUE(table.events[0].duration == seconds(0));
    CHECK_TRUE(table.events[1].duration == hours(99));
}
