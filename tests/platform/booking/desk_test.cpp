// What an office takes out as a table or calendar, and what it hands back.

#include <algorithm>

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/importers/calendar_reader.h"
#include "platform/server/office/closed_times.h"
#include "platform/server/office/desk_calendar.h"
#include "platform/server/office/desk_import.h"
#include "platform/server/office/desk_table.h"
#include "platform/server/sql/postgres_database.h"
#include "platform/server/sql/sqlite_database.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::refusal_of;

namespace {

constexpr year_month_day kTuesday = 2026y / 11 / 24;
constexpr const char* kHeading = "action,number,service,date,from,until,note,key\n";

/// "2 done: booked, YY-…; 3 not done: …", with numbers of appointments as YY.
std::string take_in(BookingStore& store, const std::string& csv, sys_seconds now) {
    auto outcomes = import_desk_table(csv, store, now);
    if (!outcomes) return outcomes.error().message;
    std::string text;
    for (const DeskOutcome& outcome : *outcomes) {
        std::string said = outcome.said;
        for (auto at = said.find("YY-"); at != std::string::npos; at = said.find("YY-", at + 2)) said.erase(at + 2, 10);
        text += base::format("{} {}: {}; ", outcome.line, outcome.is_done ? "done" : "not done", said);
    }
    return text;
}

std::vector<BookingStore::DeskRow> list_of(BookingStore& store) {
    auto rows = store.desk_list(tests::StoreTest::key_of(), sys_days(kTuesday), sys_days(kTuesday) + 24h);
    CHECK_GOOD(rows);
    return *rows;
}

std::string calendar_of(const std::string& events) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n" + events + "END:VCALENDAR\r\n";
}

std::string event(const std::string& lines) { return "BEGIN:VEVENT\r\nUID:1\r\n" + lines + "END:VEVENT\r\n"; }

}  // namespace

ON_BOTH_GROUP(Desk);

ON_BOTH(Desk, BookingsOfATableAreMadeOnceHoweverOftenItComes) {
    put(schedule());
    std::string table = std::string(kHeading) + "book,,12/0101#check,2026-11-24,09:00,,,slip 1\n"
                                                "book,,12/0101#check,2026-11-24,09:00,,,slip 2\n"
                                                "book,,12/0101#check,2026-11-24,09:30,,,slip 3\n";
    CHECK_TEXT_EQUAL("2 done: booked, YY; 3 not done: slot-taken; 4 done: booked, YY; ", take_in(store(), table, now));
    CHECK_TEXT_EQUAL("2 done: booked, YY; 3 not done: slot-taken; 4 done: booked, YY; ", take_in(store(), table, now));
    LONGS_EQUAL(2, list_of(store()).size());
    // Also after the keys of boxes are forgotten.
    now += days(3);
    CHECK_GOOD(store().tend(now));
    take_in(store(), table, now);
    LONGS_EQUAL(2, ask("SELECT COUNT(*) FROM appointment"));
    CHECK_TEXT_EQUAL("2 not done: key-reused; ",
                     take_in(store(), std::string(kHeading) + "book,,12/0101#check,2026-11-27,10:00,,,slip 1\n", now));
}

ON_BOTH(Desk, WhatATableSaysOfAppointmentsIsDoneOnce) {
    auto by_hand = schedule();
    by_hand.confirmation = Confirmation::ByHand;
    put(by_hand);
    add_household(3);
    std::string first = book(slot(kTuesday, 9), 1).number, second = book(slot(kTuesday, 9, 30), 2).number,
                third = book(slot(kTuesday, 10), 3).number;
    std::string agreed = std::string(kHeading) + "agreed," + first + ",,,,,请走南门,\nagreed," + second +
                         ",,,,,,\ncalled-off," + third + ",,,,,\"医生病了，请改期\",\n";
    CHECK_TEXT_EQUAL("2 done: agreed, YY; 3 done: agreed, YY; 4 done: called-off, YY; ", take_in(store(), agreed, now));
    CHECK_TEXT_EQUAL("医生病了，请改期", GOOD(store().mine(caller(3), now)).front().note);
    CHECK_TEXT_EQUAL("2 done: agreed already, YY; 3 done: agreed already, YY; 4 done: called-off already, YY; ",
                     take_in(store(), agreed, now));
    std::string came = std::string(kHeading) + "attended," + first + ",,,,,,\nmissed," + second + ",,,,,,\n";
    CHECK_TEXT_EQUAL("2 not done: YY: wrong-state, it is booked; 3 not done: YY: wrong-state, it is booked; ",
                     take_in(store(), came, now));
    CHECK_TEXT_EQUAL("2 done: attended, YY; 3 done: missed, YY; ", take_in(store(), came, at(kTuesday, 12)));
    CHECK_TEXT_EQUAL("2 done: attended already, YY; 3 done: missed already, YY; ", take_in(store(), came, at(kTuesday, 12)));
    LONGS_EQUAL(1, counted("fulfilled"));
    LONGS_EQUAL(1, counted("missed"));
}

ON_BOTH(Desk, ASessionOfATableFallsOutWithANotice) {
    put(schedule());
    add_household();
    std::string number = book(slot(kTuesday, 9)).number;
    std::string table = std::string(kHeading) + "session-off,,12/0101#check,2026-11-24,09:00,10:00,停电,\n";
    CHECK_TEXT_EQUAL("2 done: session off, 1 appointments called off; ", take_in(store(), table, now));
    CHECK_TEXT_EQUAL("2 done: session off, 0 appointments called off; ", take_in(store(), table, now));
    CHECK_TEXT_EQUAL("cancelled", state(number));
    CHECK_TEXT_EQUAL("停电", GOOD(store().mine(caller(), now)).front().note);
    CHECK_TEXT_EQUAL("10:00 1/1, 10:30 1/1", free_slots(kTuesday));
}

ON_BOTH(Desk, BadRowsAreToldWithTheirLineAndHoldUpNobody) {
    put(schedule());
    std::string table = std::string("\xEF\xBB\xBF") + kHeading + "dance,,,,,,,\n"
                        "book,,check,2026-11-24,09:00,,,1\n"
                        "book,,12/0101#check,24.11.2026,09:00,,,1\n"
                        "book,,12/0101#check,2026-11-24,9,,,1\n"
                        "book,,12/0101#check,2026-11-24,09:00,,,\n"
                        "book,,12/0101#none,2026-11-24,09:00,,,1\n"
                        "attended,,,,,,,\n"
                        "attended,YY-0000-0000,,,,,,\n"
                        "session-off,,12/0101#check,2026-11-24,10:00,09:00,x,\n"
                        "session-off,,12/0101#check,2026-11-24,09:00,10:00,,\n"
                        "book,,12/0101#check,2026-11-24,09:00,,,1\n";
    std::string said = take_in(store(), table, now);
    for (const char* part : {"2 not done: action \"dance\": expected book", "3 not done: service: expected AREA#ID",
                             "4 not done: date and from: expected", "5 not done: date and from: expected",
                             "6 not done: key: expected", "7 not done: unknown-slot", "8 not done: number: expected",
                             "9 not done: YY: unknown-number", "10 not done: date, from and until",
                             "11 not done: note: expected", "12 done: booked"})
        STRCMP_CONTAINS(part, said.c_str());
    CHECK_TEXT_EQUAL("09:00 0/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", (add_household(), free_slots(kTuesday)));
    STRCMP_CONTAINS("no column \"action\"", take_in(store(), "number\nYY-1\n", now).c_str());
    STRCMP_CONTAINS("the column \"name\" is not known", take_in(store(), "action,name\nbook,a\n", now).c_str());
}

ON_BOTH(Desk, TimesOfACalendarTakeNobodyAndKeepWhoIsThere) {
    put(schedule());
    add_household(2);
    std::string booked = book(slot(kTuesday, 9)).number;
    auto times = read_closed_times(calendar_of(event("DTSTART:20261124T010000Z\r\nDTEND:20261124T021500Z\r\nSUMMARY:培训\r\n")), now);
    CHECK_GOOD(times);
    CHECK_TEXT_EQUAL("", refusal_of(store().import_closed_times(key_of(), *times, now)));
    // From 9:00 to 10:15: the slot at 10:00 would lie in it.
    CHECK_TEXT_EQUAL("10:30 1/1", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("booked", state(booked));
    // Days that come later know it too, and so does a schedule that comes again.
    put(schedule());
    CHECK_TEXT_EQUAL("10:30 1/1", free_slots(kTuesday));
    // A calendar without it opens again what nobody has.
    CHECK_TEXT_EQUAL("", refusal_of(store().import_closed_times(key_of(), {}, now)));
    CHECK_TEXT_EQUAL("09:00 0/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
    CHECK_TEXT_EQUAL("unknown-service", refusal_of(store().import_closed_times(key_of("none"), {}, now)));
}

ON_BOTH(Desk, ADayThatACalendarClosesSaysWhy) {
    put(schedule());
    add_household();
    std::vector<ClosedTime> day{{at(kTuesday, 0), at(kTuesday, 23), "搬家"}};
    CHECK_TEXT_EQUAL("", refusal_of(store().import_closed_times(key_of(), day, now)));
    auto days = GOOD(store().days(box(), key_of(), now));
    CHECK_TEXT_EQUAL("搬家", days.at(1).closed);
    LONGS_EQUAL(0, days.at(1).places);
    CHECK_TEXT_EQUAL("", days.at(2).closed);
}

ON_BOTH(Desk, ADatabaseOfTheFirstVersionIsBroughtUpToDate) {
    put(schedule());
    {
        auto opened = database.starts_with("postgresql:") ? open_postgres(database) : open_sqlite(database);
        auto connection = (*opened)->connect();
        CHECK_TRUE((*connection)->run("DROP TABLE closed_time; UPDATE schema_version SET version = 1").has_value());
    }
    auto first = open(), second = open();
    CHECK_TEXT_EQUAL("", refusal_of(first->import_closed_times(key_of(), {}, now)));
    LONGS_EQUAL(2, ask("SELECT version FROM schema_version"));
}

TEST_GROUP(DeskFiles) {
    Zone zone = *Zone::find("Asia/Shanghai");
    BookingStore::DeskRow row{"YY-1124-0002", "12/0101#check", "booked", "张*明", tests::StoreTest::at(kTuesday, 9), 30min};
};

TEST(DeskFiles, TheTableHasMaskedNamesAndTheHoursOfTheZone) {
    CHECK_TEXT_EQUAL("\xEF\xBB\xBFnumber,service,date,from,until,state,name\r\n"
                     "YY-1124-0002,12/0101#check,2026-11-24,09:00,09:30,booked,张*明\r\n",
                     write_desk_table(std::vector{row}, zone));
}

TEST(DeskFiles, CellsAreNoFormulasAndComeBackWhole) {
    CHECK_TEXT_EQUAL("'=1+1", csv_cell("=1+1"));
    CHECK_TEXT_EQUAL("\"'@a,\"\"b\"\"\"", csv_cell("@a,\"b\""));
    CHECK_TEXT_EQUAL("a", csv_cell("a"));
    CHECK_TEXT_EQUAL("", csv_cell(""));
}

TEST(DeskFiles, ACalendarProgramReadsTheCalendar) {
    BookingStore::DeskRow off = row;
    off.number = "YY-1124-0003";
    off.state = "cancelled";
    off.masked_name = std::string("很长的名字，") + "带逗号;分号\\和换行\n" + std::string(30, 'x') + "*";
    std::string text = write_desk_calendar(std::vector{row, off}, "12/0101#check", tests::kMonday);
    // Lines of 75 octets at most, each a piece of whole characters.
    for (std::size_t at = 0; at < text.size();) {
        auto end = text.find("\r\n", at);
        CHECK_TRUE(end != std::string::npos && end - at <= 75);
        CHECK_FALSE((static_cast<unsigned char>(text[at + (text[at] == ' ')]) & 0xC0) == 0x80);
        at = end + 2;
    }
    // Read back by libical.
    auto read = read_calendar(text, {.since = sys_days(kTuesday) - 24h, .until = sys_days(kTuesday) + 48h});
    CHECK_GOOD(read);
    LONGS_EQUAL(2, read->events.size());
    const CalendarEvent& first = read->events[0];
    CHECK_TEXT_EQUAL("YY-1124-0002 张*明", first.title);
    CHECK_TEXT_EQUAL("YY-1124-0002@linli-platform", first.uid);
    CHECK_TRUE((first.occurrences == std::vector<Occurrence>{{row.start, row.start + 30min}}));
    CHECK_FALSE(first.is_cancelled);
    CHECK_TRUE(read->events[1].is_cancelled);
    CHECK_TEXT_EQUAL(off.number + " " + off.masked_name, read->events[1].title);
}

TEST(DeskFiles, ClosedTimesAreTheEventsOfACalendar) {
    std::string text = calendar_of(
        event("DTSTART;VALUE=DATE:20261201\r\nSUMMARY:盘点\r\n") +
        event("DTSTART:20261130T010000Z\r\nDTEND:20261130T020000Z\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:例会\r\nCLASS:PRIVATE\r\n") +
        event("DTSTART:20261202T010000Z\r\nDTEND:20261202T020000Z\r\nSTATUS:CANCELLED\r\nSUMMARY:x\r\n"));
    std::size_t at = 0;
    for (int number = 1; (at = text.find("UID:1", at)) != std::string::npos; ++number) text[at++ + 4] = static_cast<char>('0' + number);
    auto times = read_closed_times(text, tests::kMonday);
    CHECK_GOOD(times);
    LONGS_EQUAL(4, times->size());
    auto meetings = std::ranges::count(*times, std::string(), &ClosedTime::reason);
    LONGS_EQUAL(3, meetings);
    auto whole = std::ranges::find(*times, std::string("盘点"), &ClosedTime::reason);
    CHECK_TRUE(whole != times->end() && whole->end - whole->begin == 24h);
    CHECK_FALSE(read_closed_times("no calendar", tests::kMonday).has_value());
    auto bad = read_closed_times(calendar_of(event("SUMMARY:x\r\n")), tests::kMonday);
    CHECK_FALSE(bad.has_value());
    STRCMP_CONTAINS("no time that can be read", bad.error().message.c_str());
}
