#include "platform/server/household.h"

#include "middleware/base/file.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

namespace {

std::string households(std::string_view inside) {
    return "<households xmlns=\"urn:linli:households:1\">" + std::string(inside) + "</households>";
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
        {"<!DOCTYPE x><households/>", "document type declaration"},
    };
    for (const auto& [xml, reason] : kCases) {
        auto read = platform::read_households(xml);
        CHECK_FALSE_TEXT(read.has_value(), reason);
        STRCMP_CONTAINS(reason, read.error().message.c_str());
    }
}
