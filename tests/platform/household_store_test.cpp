#include "platform/server/household_store.h"

#include "middleware/base/file.h"
#include "platform/server/household.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::kMonday;
using platform::Appointment;
using platform::Refusal;

namespace {

constexpr const char* kToken = "box-token-1";

Appointment make_appointment(const std::string& number, std::chrono::sys_seconds start) {
    Appointment appointment;
    appointment.number = number;
    appointment.service_name = "老年人免费体检";
    appointment.start = start;
    appointment.duration = 90min;
    appointment.state = platform::AppointmentState::Pending;
    appointment.place = "体检中心";
    appointment.bring = {"身份证", "医保卡"};
    return appointment;
}

std::string households(std::string_view inside) {
    return "<households xmlns=\"urn:linli:households:1\">" + std::string(inside) + "</households>";
}

}  // namespace

// clang-format off
TEST_GROUP(HouseholdStore) {
    tests::TemporaryFolder folder;
    std::unique_ptr<platform::HouseholdStore> store = open();
    std::chrono::sys_seconds now = kMonday;

    std::unique_ptr<platform::HouseholdStore> open() {
        auto opened = platform::HouseholdStore::open(folder.path() / "households.db");
        CHECK_GOOD(opened);
        return std::move(*opened);
    }
    void setup() override {
        platform::Household household{kToken, {{{"m1", "张*明"}, "2468",
            {make_appointment("B", kMonday + 2h), make_appointment("A", kMonday + 1h)}}, {{"m2", "李*兰"}, "1357", {}}}};
        CHECK_GOOD(store->import(std::vector{household}));
    }
    platform::HouseholdStore::Answer look_up(const std::string& pin, const std::string& ref = "m1", const std::string& token = kToken) {
        auto answer = store->look_up(token, {ref, pin}, now);
        CHECK_GOOD(answer);
        return *answer;
    }
    void expect_refusal(Refusal::Reason reason, int tries_left, std::chrono::seconds locked_for, const platform::HouseholdStore::Answer& answer) {
        const auto* refusal = std::get_if<Refusal>(&answer);
        CHECK_TRUE(refusal != nullptr);
        CHECK_TRUE(refusal->reason == reason);
        LONGS_EQUAL(tries_left, refusal->tries_left);
        LONGS_EQUAL(locked_for.count(), refusal->seconds.count());
    }
    void fail_five_times(std::chrono::seconds locked_for) {
        for (int left = 4; left > 0; --left) expect_refusal(Refusal::Reason::WrongPin, left, 0s, look_up("0000"));
        expect_refusal(Refusal::Reason::Locked, 0, locked_for, look_up("0000"));
    }
};
// clang-format on

TEST(HouseholdStore, TellsTheMembersOfABox) {
    auto members = store->members(kToken);
    CHECK_GOOD(members);
    LONGS_EQUAL(2, (*members)->size());
    CHECK_TEXT_EQUAL("李*兰", (**members)[1].masked_name);
    CHECK_FALSE(store->members("another-token")->has_value());
    CHECK_FALSE(store->members("")->has_value());
}

TEST(HouseholdStore, TellsAppointmentsByRisingStart) {
    auto answer = look_up("2468");
    const auto& appointments = std::get<std::vector<Appointment>>(answer);
    LONGS_EQUAL(2, appointments.size());
    CHECK_TEXT_EQUAL("A", appointments[0].number);
    CHECK_TRUE(appointments[0].start == kMonday + 1h && appointments[0].duration == 90min);
    CHECK_TRUE(appointments[0].state == platform::AppointmentState::Pending);
    CHECK_TRUE((appointments[0].bring == std::vector<std::string>{"身份证", "医保卡"}));
    auto of_the_other = look_up("1357", "m2");
    CHECK_TRUE(std::get<std::vector<Appointment>>(of_the_other).empty());
}

TEST(HouseholdStore, RefusesOtherBoxesAndMembers) {
    expect_refusal(Refusal::Reason::UnknownBox, 0, 0s, look_up("2468", "m1", "another-token"));
    expect_refusal(Refusal::Reason::UnknownMember, 0, 0s, look_up("2468", "m9"));
    expect_refusal(Refusal::Reason::WrongPin, 4, 0s, look_up("2468", "m2"));
}

TEST(HouseholdStore, LocksAfterFiveWrongPinsForLongerEachTime) {
    fail_five_times(60s);
    now += 59s;
    expect_refusal(Refusal::Reason::Locked, 0, 1s, look_up("2468"));
    now += 1s;
    fail_five_times(120s);
    now += 120s;
    fail_five_times(240s);
    CHECK_TRUE(std::holds_alternative<std::vector<Appointment>>(look_up("1357", "m2")));
}

TEST(HouseholdStore, ForgetsWrongPinsAfterTheRightOne) {
    for (int i = 0; i < 4; ++i) look_up("0000");
    CHECK_TRUE(std::holds_alternative<std::vector<Appointment>>(look_up("2468")));
    expect_refusal(Refusal::Reason::WrongPin, 4, 0s, look_up("0000"));
}

TEST(HouseholdStore, StaysLockedOverARestart) {
    fail_five_times(60s);
    store.reset();
    store = open();
    expect_refusal(Refusal::Reason::Locked, 0, 60s, look_up("2468"));
}

TEST(HouseholdStore, ImportsAgainInPlaceOfTheOld) {
    platform::Household household{kToken, {{{"m1", "王*芳"}, "2468", {}}}};
    CHECK_GOOD(store->import(std::vector{household}));
    LONGS_EQUAL(1, (*store->members(kToken))->size());
    auto answer = look_up("2468");
    CHECK_TRUE(std::get<std::vector<Appointment>>(answer).empty());
}

TEST(HouseholdStore, KeepsNeitherTokenNorPin) {
    store.reset();
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        std::string bytes = *base::read_file(entry.path());
        CHECK_FALSE(bytes.contains(kToken));
        CHECK_FALSE(bytes.contains("2468"));
    }
}

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
        {"<!DOCTYPE x><households/>", "document type declaration"},
    };
    for (const auto& [xml, reason] : kCases) {
        auto read = platform::read_households(xml);
        CHECK_FALSE_TEXT(read.has_value(), reason);
        STRCMP_CONTAINS(reason, read.error().message.c_str());
    }
}
