#include "platform/booking/schedule.h"

#include <cstdio>
#include <cstdlib>

#include "middleware/base/file.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr const char* kTexts = "<name>体检</name><place>中心</place><telephone>000-1</telephone>";

std::string schedules(std::string_view inside) {
    return "<schedules xmlns=\"urn:linli:schedules:1\">" + std::string(inside) + "</schedules>";
}
std::string schedule(std::string_view attributes, std::string_view inside = kTexts) {
    return schedules("<schedule service='12/0101#check' " + std::string(attributes) + ">" + std::string(inside) +
                     "</schedule>");
}

}  // namespace

TEST_GROUP(Schedules){};

TEST(Schedules, ReadWhatAnOfficeSays) {
    auto read = read_schedules(schedule(
        "minutes='20' places='4' horizon='14' book-until='60' cancel-until='720' quota='2' confirm='by-hand' "
        "waiting='true' hold='3' offer='60' discreet='1'",
        "<name>体检</name><place>中心</place><address>康宁路88号</address><telephone>000-1</telephone>"
        "<bring>身份证</bring><bring>医保卡</bring>"
        "<open days='mon fri' from='08:30' until='12:00'/><open days='mon' from='14:00' until='24:00'/>"
        "<exception date='2026-12-01' until-date='2026-12-03'>装修</exception>"
        "<exception date='2026-12-05' from='09:00' until='11:00'/>"));
    CHECK_GOOD(read);
    LONGS_EQUAL(1, read->size());
    const Schedule& one = read->front();
    CHECK_TEXT_EQUAL("12/0101#check", one.service.str());
    CHECK_TEXT_EQUAL("康宁路88号", one.address);
    CHECK_TRUE((one.bring == std::vector<std::string>{"身份证", "医保卡"}));
    CHECK_TRUE(one.slot == 20min && one.places == 4 && one.horizon_days == 14 && one.quota == 2);
    CHECK_TRUE(one.book_until == 60min && one.cancel_until == 720min && one.hold == 3min && one.offer == 60min);
    CHECK_TRUE(one.confirmation == Confirmation::ByHand && one.has_waiting_list && one.is_discreet);
    CHECK_TRUE((one.hours.open[0] == content::Hours::Open{0b0010001, 8h + 30min, 12h}));
    CHECK_TRUE((one.hours.open[1] == content::Hours::Open{0b1, 14h, 24h}));
    CHECK_TRUE((one.hours.exceptions[0] ==
                content::Hours::Exception{2026y / 12 / 1, 2026y / 12 / 3, {}, {}, "装修"}));
    CHECK_TRUE((one.hours.exceptions[1] == content::Hours::Exception{2026y / 12 / 5, 2026y / 12 / 5, 9h, 11h, ""}));
}

TEST(Schedules, HaveDefaults) {
    auto read = read_schedules(schedule(""));
    CHECK_GOOD(read);
    const Schedule& one = read->front();
    CHECK_TRUE(one.slot == 30min && one.places == 1 && one.horizon_days == 28 && one.quota == 1);
    CHECK_TRUE(one.book_until == 2h && one.cancel_until == 24h && one.hold == 5min && one.offer == 24h);
    CHECK_TRUE(one.confirmation == Confirmation::Automatic && !one.has_waiting_list && !one.is_discreet);
}

TEST(Schedules, AreRefusedWithThePlace) {
    const std::pair<std::string, const char*> kCases[] = {
        {"<schedules/>", "1:1: <schedules>: the root is not <schedules xmlns=\"urn:linli:schedules:1\">"},
        {schedules("<plan/>"), "1:42: <plan>: expected <schedule>"},
        {schedules("<schedule/>"), "1:42: <schedule>: service=\"\": expected the id of an item"},
        {schedules("<schedule service='check'/>"), "service: expected AREA#ID"},
        {schedules("<schedule service='99x#check'/>"), "service=\"99x#check\": expected"},
        {schedule("slot='3'"), "the attribute \"slot\" is not known here"},
        {schedule("minutes='0'"), "minutes=\"0\": expected a number from 5 to 1440"},
        {schedule("places='many'"), "places=\"many\": expected a number from 1 to 1000"},
        {schedule("quota='-1'"), "quota=\"-1\": expected a number"},
        {schedule("waiting='perhaps'"), "waiting=\"perhaps\": expected true or false"},
        {schedule("confirm='later'"), "confirm: expected automatic or by-hand"},
        {schedule("", ""), "<name> is missing"},
        {schedule("", "<name>a</name>"), "<place> is missing"},
        {schedule("", "<name>a</name><place>b</place>"), "<telephone> is missing"},
        {schedule("", "<name>a</name>\n <name>b</name>"), "2:2: <name>: it is there twice"},
        {schedule("", "<bring> </bring>"), "<bring>: it is empty"},
        {schedule("", "<hours/>"), "<hours>: it is empty"},
        {schedule("", "<hours>9-12</hours>"), "<hours>: it is not known here, expected name, place"},
        {schedule("", "<open days='mon' from='9' until='12:00'/>"), "from=\"9\": expected a time from 00:00"},
        {schedule("", "<open days='mon' from='12:00' until='09:00'/>"), "<open>: it ends before it begins"},
        {schedule("", "<open days='' from='09:00' until='12:00'/>"), "<open>: it names no day"},
        {schedule("", "<open days='moon' from='09:00' until='12:00'/>"), "days=\"moon\": expected days of the week"},
        {schedule("", "<exception date='2026-02-30'/>"), "date=\"2026-02-30\": expected a day that exists"},
        {schedule("", "<exception date='2026-12-03' until-date='2026-12-01'/>"), "it ends before it begins"},
        {schedule("", "<exception date='2026-12-03' from='09:00'/>"), "until=\"\": expected a time"},
        {schedules("<schedule service='12#a'>" + std::string(kTexts) + "</schedule>\n<schedule service='12#a'>" +
                   kTexts + "</schedule>"),
         "2:1: <schedule>: the service 12#a is there twice"},
        {"<!DOCTYPE x><schedules/>", "document type declaration"},
    };
    for (const auto& [xml, reason] : kCases) {
        auto read = read_schedules(xml);
        CHECK_FALSE_TEXT(read.has_value(), reason);
        STRCMP_CONTAINS(reason, read.error().message.c_str());
    }
}

TEST_GROUP(HolidayCalendars){};

TEST(HolidayCalendars, TellDaysOffAndMakeUpDays) {
    auto read = read_holidays(R"({"year": 2026, "days": [
        {"name": "国庆节", "date": "2026-10-01", "isOffDay": true},
        {"name": "国庆节", "date": "2026-10-10", "isOffDay": false}]})");
    CHECK_GOOD(read);
    LONGS_EQUAL(2, read->days.size());
    CHECK_TRUE(read->days.at(2026y / 10 / 1).is_off);
    CHECK_FALSE(read->days.at(2026y / 10 / 10).is_off);
    CHECK_TEXT_EQUAL("国庆节", read->days.at(2026y / 10 / 10).name);
}

TEST(HolidayCalendars, AreRefusedWithTheDay) {
    const std::pair<const char*, const char*> kCases[] = {
        {"{\n\"days\": [}", "2: the calendar of holidays is not JSON"},
        {"[]", "no list \"days\""},
        {R"({"days": {}})", "no list \"days\""},
        {R"({"days": [1]})", "1: day 1 of the calendar of holidays: it is no object"},
        {"{\"note\": [1],\n\"days\": [\n[],\n1]}", "3: day 1 of the calendar of holidays: it is no object"},
        {R"({"days": [{"date": "2026-10-01", "isOffDay": true}]})", "\"name\" is no text"},
        {R"({"days": [{"name": "a", "date": "2026-10-01", "isOffDay": "yes"}]})", "\"isOffDay\" is neither"},
        {R"({"days": [{"name": "a", "date": "2026-13-01", "isOffDay": true}]})", "\"date\" is no day"},
        {R"({"days": [{"name": "a", "date": "2026-10-01", "isOffDay": true},
                      {"name": "a", "date": "2026-10-01", "isOffDay": true}]})",
         "2: day 2 of the calendar of holidays: this date was there already"},
    };
    for (const auto& [json, reason] : kCases) {
        auto read = read_holidays(json);
        CHECK_FALSE_TEXT(read.has_value(), reason);
        STRCMP_CONTAINS(reason, read.error().message.c_str());
    }
}

TEST(HolidayCalendars, RealOnesAreRead) {
    const char* folder = std::getenv("LINLI_REAL_FILES");
    if (folder == nullptr) {
        std::puts("\nskipped HolidayCalendars.RealOnesAreRead: LINLI_REAL_FILES does not name a folder of real files");
        return;
    }
    int make_up_days = 0;
    for (const char* name : {"2024.json", "2025.json", "2026.json"}) {
        auto bytes = base::read_file(std::string(folder) + "/holidays/" + name);
        CHECK_GOOD(bytes);
        auto read = read_holidays(*bytes);
        CHECK_GOOD(read);
        CHECK_TRUE(read->days.size() >= 25);
        for (const auto& [day, what] : read->days) {
            // A make-up day is a Saturday or Sunday.
            if (!what.is_off) CHECK_TRUE(weekday(sys_days(day)).iso_encoding() >= 6);
            make_up_days += !what.is_off;
        }
    }
    CHECK_TRUE(make_up_days >= 10);
}
