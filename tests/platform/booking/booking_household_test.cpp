// Who may ask: boxes, members, PINs, sessions; and the results of applications.

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/server/household.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::refusal_of;

namespace {

constexpr sys_days kTuesday = 2026y / 11 / 24;

Household::Person person(const std::string& ref, const std::string& name, const std::string& pin = "2468") {
    return {{ref, name}, pin, {}};
}

/// Of the schedule's service.
Appointment imported(const std::string& number, sys_seconds start) {
    Appointment appointment;
    appointment.number = number;
    appointment.service = "12/0101#check";
    appointment.service_name = "体检";
    appointment.start = start;
    appointment.duration = 30min;
    appointment.place = "中心";
    return appointment;
}

}  // namespace

ON_BOTH_GROUP(HouseholdsInStore);

ON_BOTH(HouseholdsInStore, TellTheirMembersToTheirBoxOnly) {
    Household household{.box_token = "box-token-1",
                        .certificate = std::string(64, 'a'),
                        .people = {person("m1", "张*明"), person("m2", "李*兰")}};
    CHECK_GOOD(store().import_households(std::vector{household}));
    for (const std::string& box : {box_of_token("box-token-1"), box_of_certificate(std::string(64, 'a'))}) {
        auto members = GOOD(store().members(box));
        LONGS_EQUAL(2, members.size());
        CHECK_TEXT_EQUAL("李*兰", members[1].masked_name);
    }
    // Neither can be taken for the other.
    for (const std::string& box :
         {box_of_token("box-token-2"), box_of_token(""), box_of_token(std::string(64, 'a')),
          box_of_token(box_of_certificate(std::string(64, 'a'))), std::string("box-token-1"), std::string()}) {
        CHECK_TEXT_EQUAL("unknown-box", refusal_of(store().members(box)));
        CHECK_TEXT_EQUAL("unknown-box", refusal_of(store().open_session(box, "m1", "2468", now)));
    }
    CHECK_TEXT_EQUAL("unknown-member", refusal_of(store().open_session(box_of_token("box-token-1"), "m9", "2468", now)));
}

ON_BOTH(HouseholdsInStore, WrongPinsLockForLongerEachTime) {
    add_household(2);
    auto wrong = [&] { return std::get<Refusal>(*store().open_session(box(), "m1", "0000", now)); };
    for (seconds lock : {60s, 120s, 240s}) {
        for (int left : {4, 3, 2, 1}) {
            Refusal refusal = wrong();
            CHECK_TEXT_EQUAL("wrong-pin", to_name(refusal.reason));
            LONGS_EQUAL(left, refusal.tries_left);
        }
        Refusal locked = wrong();
        CHECK_TEXT_EQUAL("locked", to_name(locked.reason));
        CHECK_TRUE(locked.seconds == lock);
        CHECK_TEXT_EQUAL("000-8800-1001", locked.telephone);
        now += lock - 1s;
        // Not even the right one is looked at.
        auto still = store().open_session(box(), "m1", "2468", now);
        CHECK_TEXT_EQUAL("locked", refusal_of(still));
        CHECK_TRUE(std::get<Refusal>(*still).seconds == 1s);
        CHECK_TEXT_EQUAL("", refusal_of(open()->open_session(box(), "m2", "2468", now)));
        now += 1s;
    }
    CHECK_TEXT_EQUAL("", refusal_of(store().open_session(box(), "m1", "2468", now)));
    LONGS_EQUAL(4, wrong().tries_left);
}

ON_BOTH(HouseholdsInStore, ASessionEndsTenMinutesAfterItsLastUse) {
    add_household(2);
    // Its reference is told once; what is kept is a hash of it.
    Session session_of_two = GOOD(store().open_session(box(), "m2", "2468", now));
    CHECK_TEXT_EQUAL("m2", session_of_two.member);
    CHECK_TRUE(session_of_two.lasts == 600s && session_of_two.ref.size() == 32);
    CHECK_TEXT_EQUAL("", refusal_of(store().mine({box(), session_of_two.ref}, now)));
    auto is_good = [&](BookingStore::Caller caller) { return refusal_of(store().mine(caller, now)).empty(); };
    CHECK_TRUE(is_good(caller()));
    for (int use = 0; use < 3; ++use) {
        now += 10min;
        CHECK_TRUE(is_good(caller()));
    }
    now += 10min + 31s;
    CHECK_TEXT_EQUAL("no-session", refusal_of(store().mine(caller(), now)));
    CHECK_TEXT_EQUAL("no-session", refusal_of(store().hold(caller(), new_key(), "s1", now)));
    CHECK_TEXT_EQUAL("no-session", refusal_of(store().mine({box(), ""}, now)));

    sign_in();
    BookingStore::Caller mine = caller();
    std::string first_box(mine.box), session(mine.session);
    add_household(1, "box-token-2");
    CHECK_TEXT_EQUAL("no-session", refusal_of(store().mine({box(), session}, now)));
    CHECK_TEXT_EQUAL("unknown-box", refusal_of(store().mine({box_of_token("nobody's"), session}, now)));
    CHECK_TRUE(is_good({first_box, session}));
}

ON_BOTH(HouseholdsInStore, AnImportTakesThePlaceOfTheOneBefore) {
    put(schedule());
    add_household(2);
    Appointment of_first = book(slot(kTuesday, 9)), of_second = book(slot(kTuesday, 10), 2);
    Household household{.box_token = "box-token-1", .people = {person("m1", "王*芳")}};
    CHECK_GOOD(store().import_households(std::vector{household}));
    auto members = GOOD(store().members(box()));
    LONGS_EQUAL(1, members.size());
    CHECK_TEXT_EQUAL("王*芳", members[0].masked_name);
    CHECK_TEXT_EQUAL("booked", state(of_first.number));
    // Removed while on his page.
    CHECK_TEXT_EQUAL("no-session", refusal_of(store().mine(caller(2), now)));
    CHECK_TEXT_EQUAL("unknown-member", refusal_of(store().open_session(box(), "m2", "2468", now)));
    LONGS_EQUAL(2, store().desk_list(key_of(), now, now + 48h)->size());
    LONGS_EQUAL(1, GOOD(store().reminders(box(), now)).size());
}

ON_BOTH(HouseholdsInStore, AnImportUnlocksOnlyWhoGetsANewPin) {
    add_household();
    for (int i = 0; i < 5; ++i) (void)store().open_session(box(), "m1", "0000", now);
    Household household{.box_token = "box-token-1", .people = {person("m1", "张*1")}};
    CHECK_GOOD(store().import_households(std::vector{household}));
    CHECK_TEXT_EQUAL("locked", refusal_of(store().open_session(box(), "m1", "2468", now)));
    household.people[0].pin = "1357";
    CHECK_GOOD(store().import_households(std::vector{household}));
    CHECK_TEXT_EQUAL("", refusal_of(store().open_session(box(), "m1", "1357", now)));
}

ON_BOTH(HouseholdsInStore, ImportedAppointmentsAreLookedUpAndCancelled) {
    put(schedule());
    Household household{.box_token = "box-token-1", .people = {person("m1", "张*1")}};
    Appointment old;
    old.number = "SQ-1124-0203";
    old.service_name = "流感疫苗接种";
    old.start = at(kTuesday, 9);
    old.duration = 45min;
    old.place = "疾控中心";
    old.bring = {"接种本"};
    Appointment of_service = old;
    of_service.number = "SQ-1124-0204";
    of_service.service = "12/0101#check";
    of_service.start = at(kTuesday, 15);
    household.people[0].appointments = {of_service, old};
    CHECK_GOOD(store().import_households(std::vector{household}));
    add_household();
    // add_household imported one without them: they are gone. And with them again:
    LONGS_EQUAL(0, GOOD(store().mine(caller(), now)).size());
    CHECK_GOOD(store().import_households(std::vector{household}));
    auto mine = GOOD(store().mine(caller(), now));
    LONGS_EQUAL(2, mine.size());
    CHECK_TEXT_EQUAL("SQ-1124-0203", mine[0].number);
    CHECK_TEXT_EQUAL("疾控中心", mine[0].place);
    CHECK_TRUE(mine[0].duration == 45min && mine[0].bring == std::vector<std::string>{"接种本"});
    GOOD(store().cancel(caller(), new_key(), "SQ-1124-0203", now));
    GOOD(store().change(caller(), new_key(), "SQ-1124-0204", slot(kTuesday, 10), now));
    // What was changed since outlives the next import.
    CHECK_GOOD(store().import_households(std::vector{household}));
    CHECK_TEXT_EQUAL("cancelled", state("SQ-1124-0203"));
    CHECK_TRUE(GOOD(store().mine(caller(), now))[1].start == at(kTuesday, 10));

    Household thief{.box_token = "box-token-2", .people = {person("m1", "张*1")}};
    thief.people[0].appointments = {old};
    auto refused = store().import_households(std::vector{thief});
    CHECK_FALSE(refused.has_value());
    STRCMP_CONTAINS("SQ-1124-0203 is another's", refused.error().message.c_str());
}

ON_BOTH(HouseholdsInStore, ImportedAppointmentsTakeTheirPlacesOnce) {
    add_household();
    put(schedule());
    Household household{.box_token = "box-token-1", .people = {person("m1", "张*1"), person("m2", "李*2")}};
    auto &of_first = household.people[0].appointments, &of_second = household.people[1].appointments;
    of_first = {imported("SQ-1", at(kTuesday, 9))};
    of_second = {imported("SQ-2", at(kTuesday, 10)), imported("SQ-3", at(kTuesday, 9)), imported("SQ-4", at(kTuesday, 9, 5)),
                 imported("SQ-5", at(kTuesday, 10, 30))};
    of_second[0].state = AppointmentState::Pending;
    of_second[3].state = AppointmentState::Cancelled;
    for (int time = 0; time < 2; ++time) {
        CHECK_GOOD(store().import_households(std::vector{household}));
        CHECK_TEXT_EQUAL("09:00 0/1, 09:30 1/1, 10:00 0/1, 10:30 1/1", free_slots(kTuesday));
        CHECK_TEXT_EQUAL("slot-taken", refusal_of(store().hold(caller(), new_key(), slot(kTuesday, 10), now)));
        check_places();
    }
    // SQ-3 is left its place; another time and none at all give theirs back.
    of_first[0].state = AppointmentState::Cancelled;
    of_second[0].start = at(kTuesday, 9, 30);
    CHECK_GOOD(store().import_households(std::vector{household}));
    CHECK_TEXT_EQUAL("09:00 0/1, 09:30 0/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
    check_places();
    of_second.clear();
    CHECK_GOOD(store().import_households(std::vector{household}));
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
}

ON_BOTH(HouseholdsInStore, ImportedAppointmentsGetPlacesThatArePlannedLater) {
    add_household();
    Household household{.box_token = "box-token-1", .people = {person("m1", "张*1")}};
    household.people[0].appointments = {imported("SQ-1", at(kTuesday, 9)), imported("SQ-2", at(kTuesday + days(1), 9))};
    CHECK_GOOD(store().import_households(std::vector{household}));
    auto plan = schedule();
    plan.horizon_days = 2;
    put(plan);
    CHECK_TEXT_EQUAL("09:00 0/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
    // What an office closed stays taken.
    plan.hours.open = {{0b0011111, 9h + 30min, 11h}};
    put(plan);
    CHECK_GOOD(store().import_households(std::vector{household}));
    plan.hours.open = {{0b0011111, 9h, 11h}};
    put(plan);
    CHECK_TEXT_EQUAL("09:00 0/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
    GOOD(store().cancel(caller(), new_key(), "SQ-1", now));
    CHECK_TEXT_EQUAL("09:00 1/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday));
    now += 24h;
    CHECK_GOOD(store().tend(now));
    CHECK_TEXT_EQUAL("09:00 0/1, 09:30 1/1, 10:00 1/1, 10:30 1/1", free_slots(kTuesday + days(1)));
}

ON_BOTH(HouseholdsInStore, ThePlaceOfAnImportedAppointmentGoesToWhoWaits) {
    auto with_list = schedule();
    with_list.has_waiting_list = true;
    with_list.horizon_days = 2;
    with_list.hours.open = {{0b10, 9h, 9h + 30min}};
    put(with_list);
    Household other{.box_token = "box-token-2", .people = {person("m1", "王*芳")}};
    other.people[0].appointments = {imported("SQ-1", at(kTuesday, 9))};
    CHECK_GOOD(store().import_households(std::vector{other}));
    add_household();
    std::string waiting = wait().number;
    other.people[0].appointments[0].state = AppointmentState::Cancelled;
    CHECK_GOOD(store().import_households(std::vector{other}));
    CHECK_GOOD(store().tend(now));
    CHECK_TEXT_EQUAL("offered", state(waiting));
}

ON_BOTH(HouseholdsInStore, ResultsAreFoundByTheLastDigits) {
    add_household();
    auto result = [&](const std::string& receipt, const std::string& name) {
        return ApplicationResult{receipt, "ready", "12/0101#permit", name, "请到窗口领取", "000-1", now};
    };
    CHECK_GOOD(store().import_results(
        std::vector{result("BS-2026-004711", "居住证"), result("BS-2026-124711", "老年证"), result("12", "短")}));
    auto found = GOOD(store().results(box(), "4711", now));
    LONGS_EQUAL(2, found.size());
    CHECK_TEXT_EQUAL("…4711", found[0].receipt);
    found = GOOD(store().results(box(), "004711", now));
    LONGS_EQUAL(1, found.size());
    CHECK_TEXT_EQUAL("居住证", found[0].name);
    CHECK_TEXT_EQUAL("请到窗口领取", found[0].say);
    CHECK_TRUE(found[0].updated == now);
    for (const char* digits : {"471", "123456789", "47a1", "47 1", "%%%%", ""})
        CHECK_TEXT_EQUAL("malformed", refusal_of(store().results(box(), digits, now)));
    CHECK_TEXT_EQUAL("unknown-box", refusal_of(store().results("", "4711", now)));
    auto changed = result("BS-2026-004711", "居住证");
    changed.state = "collected";
    CHECK_GOOD(store().import_results(std::vector{changed}));
    CHECK_TEXT_EQUAL("collected", GOOD(store().results(box(), "004711", now))[0].state);
}

ON_BOTH(HouseholdsInStore, MayAskForTwentyReceiptsAnHour) {
    add_household();
    for (int i = 0; i < 20; ++i) {
        CHECK_TEXT_EQUAL("", refusal_of(store().results(box(), "4711", now)));
        now += 1min;
    }
    auto answer = store().results(box(), "4711", now);
    CHECK_TEXT_EQUAL("too-many", refusal_of(answer));
    CHECK_TRUE(std::get<Refusal>(*answer).seconds == 40min);
    now += 40min;
    CHECK_TEXT_EQUAL("", refusal_of(store().results(box(), "4711", now)));
}

TEST_GROUP(HouseholdFile){};

TEST(HouseholdFile, KeepsNoTokenPinOrSession) {
    tests::StoreTest test(tests::Backend::Sqlite);
    test.add_household();
    std::string session = GOOD(test.store().open_session(test.box(), "m1", "2468", test.now)).ref;
    for (const auto& entry : std::filesystem::directory_iterator(test.folder.path())) {
        std::string bytes = *base::read_file(entry.path());
        for (const std::string& secret : {std::string("box-token-1"), std::string("2468"), session})
            CHECK_FALSE(bytes.contains(secret));
    }
}
