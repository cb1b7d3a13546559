#include <algorithm>

#include "middleware/base/local_time.h"
#include "platform/importers/calendar_reader.h"
#include "tests/platform/importers/imported_text.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using tests::notice;
using tests::remarks_of;

// clang-format off
TEST_GROUP(ICalendarImporter) {
    tests::TemporaryFolder folder;
    ImportOptions options = tests::import_options();

    static std::string event(const std::string& lines) {
        return "BEGIN:VEVENT\r\nUID:a@b\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Concert\r\n" + lines + "END:VEVENT\r\n";
    }
    static std::string calendar(const std::string& events) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nX-WR-CALNAME:Culture house\r\n" + events + "END:VCALENDAR\r\n";
    }
    Imported import(const std::string& events) {
        auto imported = import_icalendar(folder.write("events.ics", calendar(events)), options);
        CHECK_GOOD(imported);
        CHECK_TEXT_EQUAL("", tests::faults_of(*imported));
        return std::move(*imported);
    }
    /// The first of the dates of the only notice.
    std::string first_date(const std::string& lines) {
        std::string dates = text(lines);
        return dates.substr(2, dates.find('\n') - 1);
    }
    /// The text of the only notice.
    std::string text(const std::string& lines) {
        Imported imported = import(event(lines));
        return imported.items.empty() ? remarks_of(imported) : tests::to_text(notice(imported).body);
    }
};
// clang-format on

TEST(ICalendarImporter, AnEventBecomesANotice) {
    Imported imported = import(event(
        "DTSTART:20261128T113000Z\r\nDTEND:20261128T130000Z\r\nLOCATION:Hall\\, first floor\r\n"
        "DESCRIPTION:Bring a friend.\\nFree.\r\nLAST-MODIFIED:20261105T000000Z\r\n"));
    LONGS_EQUAL(1, imported.items.size());
    CHECK_TEXT_EQUAL("Concert", notice(imported).title);
    CHECK_TEXT_EQUAL("Culture house", notice(imported).issuer);
    CHECK_TEXT_EQUAL("Saturday, 28 November 2026 19:30 to 21:00", notice(imported).summary);
    CHECK_TEXT_EQUAL(
        "Saturday, 28 November 2026 19:30 to 21:00\nPlace: Hall, first floor\nBring a "
        "friend.\nFree.\n",
        tests::to_text(notice(imported).body));
    CHECK_TEXT_EQUAL("2026-11-05T00:00:00Z", base::format_instant(imported.items[0].published));
    CHECK_TEXT_EQUAL("2026-11-28T13:00:00Z", base::format_instant(*notice(imported).valid_until));
    CHECK_TEXT_EQUAL("", remarks_of(imported));
}

TEST(ICalendarImporter, DatesComeOutInTheLocalTime) {
    const struct {
        const char* lines;
        const char* text;
    } kCases[] = {
        {"DTSTART:20261128T193000\r\nDURATION:PT90M\r\n",
         "Saturday, 28 November 2026 19:30 to 21:00\n"},
        {"DTSTART;VALUE=DATE:20261128\r\n", "Saturday, 28 November 2026\n"},
        {"DTSTART;VALUE=DATE:20261128\r\nDTEND;VALUE=DATE:20261130\r\n",
         "Saturday, 28 November 2026 to Sunday, 29 November 2026\n"},
        {"DTSTART:20261128T220000\r\nDTEND:20261129T020000\r\n",
         "Saturday, 28 November 2026 22:00 to Sunday, 29 November 2026 2:00\n"},
        {"DTSTART:20261128T193000\r\n", "Saturday, 28 November 2026 19:30\n"},
        // An end before the beginning is none.
        {"DTSTART:20261128T193000\r\nDTEND:20261127T193000\r\n",
         "Saturday, 28 November 2026 19:30\n"},
    };
    for (const auto& [lines, expected] : kCases)
        CHECK_TEXT_EQUAL(expected, text(lines));
}

TEST(ICalendarImporter, ZonesOfTheSystemAreKnown) {
    CHECK_TEXT_EQUAL("Saturday, 28 November 2026 19:30\n",
                     text("DTSTART;TZID=Europe/Berlin:20261128T123000\r\n"));
}

TEST(ICalendarImporter, ZonesOfTheFileAreKnown) {
    const std::string kZone =
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:"
        "+0200\r\nTZOFFSETTO:+0200\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\n";
    Imported imported = import(kZone + event("DTSTART;TZID=Ours:20261128T123000\r\n"));
    CHECK_TEXT_EQUAL("Saturday, 28 November 2026 18:30\n", tests::to_text(notice(imported).body));
}

TEST(ICalendarImporter, AZoneThatNobodyKnowsIsTold) {
    Imported imported = import(event("DTSTART;TZID=Atlantis:20261128T193000\r\n"));
    CHECK_TEXT_EQUAL("Saturday, 28 November 2026 19:30\n", tests::to_text(notice(imported).body));
    CHECK_TEXT_EQUAL(
        "events.ics:5: missing from \"Concert\": the time zone Atlantis, which is not known: the "
        "times are taken as local ones\n",
        remarks_of(imported));
}

TEST(ICalendarImporter, ARepeatedEventIsOneNoticeWithItsNextDates) {
    CHECK_TEXT_EQUAL("- Tuesday, 24 November 2026 9:00\n- Tuesday, 1 December 2026 9:00\n",
                     text("DTSTART:20261103T090000\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\n"));
    std::string endless = text("DTSTART:20200107T090000\r\nRRULE:FREQ=WEEKLY\r\n");
    LONGS_EQUAL(10, std::ranges::count(endless, '-'));
    CHECK_TRUE(endless.starts_with("- Tuesday, 24 November 2026 9:00\n"));
    CHECK_TRUE(endless.ends_with("- Tuesday, 26 January 2027 9:00\nMore dates will follow.\n"));
}

TEST(ICalendarImporter, RulesThatBeganLongAgoKeepTheirRhythm) {
    CHECK_TEXT_EQUAL("Tuesday, 1 December 2026 9:00\n",
                     first_date("DTSTART:20200107T090000\r\nRRULE:FREQ=WEEKLY;INTERVAL=3\r\n"));
    CHECK_TEXT_EQUAL("Friday, 25 December 2026\n",
                     first_date("DTSTART;VALUE=DATE:19001225\r\nRRULE:FREQ=YEARLY\r\n"));
    CHECK_TEXT_EQUAL("Tuesday, 8 December 2026 9:00\n",
                     first_date("DTSTART:20200114T090000\r\nRRULE:FREQ=MONTHLY;BYDAY=2TU\r\n"));
    CHECK_TEXT_EQUAL("Wednesday, 25 November 2026 9:00\n",
                     first_date("DTSTART:20260101T090000\r\nRRULE:FREQ=DAILY;INTERVAL=4\r\n"));
}

TEST(ICalendarImporter, LinesTooLongAreTold) {
    Imported imported = import(event(
        "DTSTART:20261128T090000\r\nDESCRIPTION:" + std::string(kMostLineBytes, 'x') + "\r\n"));
    LONGS_EQUAL(1, imported.items.size());
    CHECK_TEXT_EQUAL("events.ics:10: left out: a line of more than 65536 bytes\n",
                     remarks_of(imported));
}

TEST(ICalendarImporter, WeeklyTimesStayTheSameWhereTheClockChanges) {
    options.since = base::parse_instant("2027-03-20T00:00:00Z");
    // 10:00 in Berlin, in winter and in summer.
    CHECK_TEXT_EQUAL(
        "- Wednesday, 24 March 2027 17:00\n- Wednesday, 31 March 2027 16:00\n",
        text("DTSTART;TZID=Europe/Berlin:20270310T100000\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n"));
}

TEST(ICalendarImporter, DatesAreAddedAndTakenAway) {
    CHECK_TEXT_EQUAL(
        "- Wednesday, 25 November 2026 9:00\n- Friday, 27 November 2026 9:00\n- Sunday, 29 "
        "November 2026 15:00\n",
        text("DTSTART:20261124T090000\r\nRRULE:FREQ=DAILY;COUNT=4\r\nEXDATE:20261124T090000,"
             "20261126T090000\r\n"
             "RDATE:20261129T150000\r\n"));
}

TEST(ICalendarImporter, ChangedOccurrencesReplaceTheirs) {
    Imported imported = import(
        event("DTSTART:20261124T090000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n") +
        event("RECURRENCE-ID:20261125T090000\r\nDTSTART:20261125T140000\r\n") +
        event("RECURRENCE-ID:20261126T090000\r\nDTSTART:20261126T090000\r\nSTATUS:CANCELLED\r\n"));
    LONGS_EQUAL(1, imported.items.size());
    CHECK_TEXT_EQUAL("- Tuesday, 24 November 2026 9:00\n- Wednesday, 25 November 2026 14:00\n",
                     tests::to_text(notice(imported).body));
}

TEST(ICalendarImporter, RulesThatRepeatWithoutEndAreBounded) {
    Imported imported = import(event("DTSTART:20261124T090000\r\nRRULE:FREQ=SECONDLY\r\n"));
    CHECK_TEXT_EQUAL("Tuesday, 24 November 2026 9:00\n", tests::to_text(notice(imported).body));
    CHECK_TEXT_EQUAL(
        "events.ics:5: missing from \"Concert\": a rule that repeats it more often than daily\n",
        remarks_of(imported));
    CHECK_TEXT_EQUAL(
        "Tuesday, 24 November 2026 9:00\n",
        text("DTSTART:20261124T090000\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\n"));
}

TEST(ICalendarImporter, FoldedLinesAreOneLine) {
    Imported imported = import(
        "BEG\r\n IN:VEVE\r\n\tNT\r\nUID:a\r\nSUMM\n ARY:Con\r\n  "
        "cert\r\nDTSTART:20261128T090000\r\nCLASS:PRIV\r\n ATE\r\nEND:VEVENT\r\n");
    CHECK_TEXT_EQUAL("events.ics:5: \"Con cert\" left out: the event is marked as private\n",
                     remarks_of(imported));
}

TEST(ICalendarImporter, WhatIsNotForResidentsIsDropped) {
    const struct {
        const char* lines;
        const char* why;
    } kCases[] = {
        {"DTSTART:20261128T090000\r\nSTATUS:CANCELLED\r\n", "the event is cancelled"},
        {"DTSTART:20261128T090000\r\nCLASS:PRIVATE\r\n", "the event is marked as private"},
        {"DTSTART:20261128T090000\r\nCLASS:CONFIDENTIAL\r\n", "the event is marked as private"},
        {"", "it has no date that can be read"},
        {"DTSTART:yesterday\r\n", "it has no date that can be read"},
    };
    for (const auto& [lines, why] : kCases)
        CHECK_TEXT_EQUAL(std::string("events.ics:5: \"Concert\" left out: ") + why + "\n",
                         text(lines));
}

TEST(ICalendarImporter, WhatIsOverIsPassedOver) {
    Imported imported = import(event("DTSTART:20261101T090000\r\n"));
    LONGS_EQUAL(0, imported.items.size());
    LONGS_EQUAL(1, imported.passed_over);
    options.since = base::parse_instant("2026-10-01T00:00:00Z");
    LONGS_EQUAL(1, import(event("DTSTART:20261101T090000\r\n")).items.size());
    options.until = base::parse_instant("2026-10-31T00:00:00Z");
    LONGS_EQUAL(0, import(event("DTSTART:20261101T090000\r\n")).items.size());
}

TEST(ICalendarImporter, AttendeesAreNeverImported) {
    Imported imported =
        import(event("DTSTART:20261128T090000\r\nATTENDEE;CN=Zhang San:mailto:zhang@a.example\r\n"
                     "ORGANIZER;CN=\"Town hall\":mailto:hall@a.example\r\n"));
    CHECK_TEXT_EQUAL("Town hall", notice(imported).issuer);
    CHECK_TRUE(tests::to_text(notice(imported).body).find("Zhang") == std::string::npos);
}

TEST(ICalendarImporter, TheSameEventAlwaysHasTheSameId) {
    std::string id = import(event("DTSTART:20261128T090000\r\n")).items.at(0).id;
    CHECK_TEXT_EQUAL(id, import(event("DTSTART:20261129T100000\r\nLOCATION:x\r\n")).items.at(0).id);
}

TEST(ICalendarImporter, WhatIsNoCalendarIsRefused) {
    for (const char* text : {"", "hello", "BEGIN:VEVENT\r\nEND:VEVENT\r\n", "\x01\x02\x03"})
        CHECK_FALSE_TEXT(import_icalendar(folder.write("x.ics", text), options).has_value(), text);
    for (const char* part :
         {"BEGIN:VEVENT\r\n", "BEG\r\n IN:VEVENT\n", "END:VEVENT\nBEGIN:A\nBEGIN:A\n"}) {
        std::string deep;
        for (int i = 0; i < 50'000; ++i)
            deep += part;
        auto nested =
            import_icalendar(folder.write("x.ics", "BEGIN:VCALENDAR\r\n" + deep), options);
        CHECK_TRUE_TEXT(
            !nested && nested.error().message.find("nested too deeply") != std::string::npos, part);
    }
    auto lines = import_icalendar(
        folder.write("x.ics", "BEGIN:VCALENDAR\r\n" + std::string(500'001, '\n')), options);
    CHECK_TRUE(lines.error().message.find("more than 500000 lines") != std::string::npos);
    CHECK_FALSE(
        import_icalendar(folder.write("x.ics", std::string(kMostCalendarBytes + 1, 'x')), options)
            .has_value());
}
