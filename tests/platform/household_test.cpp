#include "platform/server/household.h"

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

namespace {

std::string households(std::string_view inside) {
    return "<households xmlns=\"urn:linli:households:1\">" + std::string(inside) + "</households>";
}

std::string appointment(std::string_view state, std::string_view minutes, std::string_view ref) {
    return households(base::format("<household token='12345678'><member ref='m' name='张*' pin='2468'>\n<appointment"
                                   " number='SQ-1' state='{}' start='2026-11-25T08:00:00+08:00' minutes='{}'>\n"
                                   "<service ref='{}'>体检</service><place>中心</place></appointment></member></household>",
                                   state, minutes, ref));
}

}  // namespace

TEST_GROUP(Households){};

TEST(Households, ReadTheSamples) {
    for (const char* name : {"city-households.xml", "english-households.xml"}) {
        auto bytes = base::read_file(std::string(LINLI_SOURCE_DIR "/simulator/samples/") + name);
        CHECK_GOOD(bytes);
        auto read = platform::read_households(*bytes);
        CHECK_GOOD(read);
        for (const auto& household : *read) {
            for (const auto& person : household.people) {
                CHECK_TRUE(person.appointments.size() >= 6 && person.appointments.size() <= 8);
                for (const auto& appointment : person.appointments)
                    CHECK_TRUE(appointment.telephone.starts_with("000"));
            }
        }
    }
}

TEST(Households, AreRefusedWithThePlace) {
    const std::pair<std::string, const char*> kCases[] = {
        {"<households/>", "1:1: <households>: the root is not"},
        {households("<household token='short'/>"), "1:44: <household>: the token is shorter than 8 characters"},
        {households("<household/>"), "1:44: <household>: the token is shorter than 8 characters"},
        {households("<household certificate='abc'/>"), "the certificate is not the SHA-256 of one"},
        {households("<household token='12345678'><member ref='m' name='张明' pin='2468'/></household>"),
         "the name is not masked with *"},
        {households("<household token='12345678'><member ref='m' name='张*' pin='24x8'/></household>"),
         "the pin is not four digits"},
        {households("<household token='12345678'><member ref='m' name='张*' pin='2468'/><member ref='m' name='李*' "
                    "pin='2468'/></household>"),
         "the ref is taken"},
        {households("<household token='12345678'><member ref='m' name='张*' pin='2468'><appointment number='1' "
                    "state='lost'/></member></household>"),
         "the state is not booked"},
        {households("<household token='12345678'><member ref='m' name='张*' pin='2468'><appointment number='YY-1127-0203' "
                    "state='booked'/></member></household>"),
         "numbers that begin with YY- are the platform's own"},
        {appointment("booked", "", ""), "2:1: <appointment>: minutes=\"\": expected a number from 1 to 1440"},
        {appointment("booked", "90 min", ""), "2:1: <appointment>: minutes=\"90 min\": expected"},
        {appointment("booked", "-5", ""), "minutes=\"-5\": expected"},
        {appointment("booked", "0", ""), "minutes=\"0\": expected"},
        {appointment("booked", "99999999999", ""), "minutes=\"99999999999\": expected"},
        {appointment("booked", "90", "health-check"), "3:1: <service>: ref=\"health-check\": expected AREA#ID"},
        {appointment("booked", "90", "12/01#no such"), "3:1: <service>: ref=\"12/01#no such\": expected AREA#ID"},
        {appointment("held", "90", ""), "the state is not booked, pending, fulfilled, missed or cancelled"},
        {appointment("waiting", "90", ""), "the state is not booked"},
        {appointment("offered", "90", ""), "the state is not booked"},
        {appointment("expired", "90", ""), "the state is not booked"},
        {"<!DOCTYPE x><households/>", "document type declaration"},
    };
    for (const auto& [xml, reason] : kCases) {
        auto read = platform::read_households(xml);
        CHECK_FALSE_TEXT(read.has_value(), reason);
        STRCMP_CONTAINS(reason, read.error().message.c_str());
    }
}

TEST(Households, HaveAppointmentsInTheStatesThatNeedNoMore) {
    for (const char* state : {"booked", "pending", "fulfilled", "missed", "cancelled"}) {
        auto read = platform::read_households(appointment(state, "90", "12/0101#check"));
        CHECK_GOOD(read);
        const auto& one = read->at(0).people.at(0).appointments.at(0);
        CHECK_TEXT_EQUAL(state, to_name(one.state));
        CHECK_TRUE(one.duration == std::chrono::minutes(90) && one.service == "12/0101#check");
    }
}
