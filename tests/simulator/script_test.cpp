#include "simulator/script/script.h"

#include <type_traits>

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;

namespace {

/// The error of a script, or nothing.
std::string error_of(std::string_view script) {
    auto steps = parse_script(script);
    return steps ? "" : steps.error().message;
}

}  // namespace

TEST_GROUP(Script) {};

TEST(Script, HasOneStepALine) {
    auto steps = parse_script("# a comment\n\nkey DOWN\r\n  type 2468\nwait\nexpect \"a \"b\" c\"\nnetwork off\npass 20s\nwait \"done\"\n");
    CHECK_GOOD(steps);
    LONGS_EQUAL(7, steps->size());
    LONGS_EQUAL(3, steps->at(0).line);
    CHECK_TEXT_EQUAL("key DOWN", steps->at(0).source);
    CHECK_TRUE(std::get<PressKey>(steps->at(0).step).key == input::Key::Down);
    CHECK_TEXT_EQUAL("2468", std::get<TypeDigits>(steps->at(1).step).digits);
    CHECK_TRUE(std::holds_alternative<Wait>(steps->at(2).step));
    CHECK_TEXT_EQUAL("a \"b\" c", std::get<Expect>(steps->at(3).step).text);
    CHECK_FALSE(std::get<SetNetwork>(steps->at(4).step).is_on);
    LONGS_EQUAL(20, std::get<PassTime>(steps->at(5).step).by.count());
    LONGS_EQUAL(8, steps->at(5).line);
    CHECK_TEXT_EQUAL("done", std::get<Wait>(steps->at(6).step).text);
}

TEST(Script, WaitsForATextWhereOneIsGiven) {
    auto steps = parse_script("wait\nwait \"on now\"\n");
    CHECK_GOOD(steps);
    CHECK_TEXT_EQUAL("", std::get<Wait>(steps->at(0).step).text);
    CHECK_TEXT_EQUAL("on now", std::get<Wait>(steps->at(1).step).text);
    CHECK_FALSE(parse_script("wait for it").has_value());
}

TEST(Script, TakesTimesWithTheirOffset) {
    auto steps = parse_script("clock 2026-11-23T09:00:00+08:00");
    CHECK_GOOD(steps);
    LONGS_EQUAL(1795395600, std::get<SetClock>(steps->at(0).step).time.time_since_epoch().count());
}

TEST(Script, HasStepsThatHappenElsewhere) {
    auto steps = parse_script(
        "platform off\nplatform on\nplatform lose-next-answer\nplatform off-after-next-change\n"
        "platform garble-next-answer\nplatform slow 3s\nrival takes \"12/0101#health-check\" first\n"
        "rival  takes  \"12/0101#health-check\"  2026-11-27\nrival takes \"12/0101#health-check\" all\n"
        "office calls-off \"12/0101#health-check\" 2026-11-27 \"停电 (power cut)\"\noffice agrees \"12/0101#home-care\"\n"
        "office closes \"12/0101#home-care\"\noffice removes m1\nrestart box\n"
        "rival gives-up \"12/0101#health-check\"\nbox-clock 2026-11-23T09:00:00+08:00\n");
    CHECK_GOOD(steps);
    LONGS_EQUAL(16, steps->size());
    auto at = [&]<typename T>(std::size_t index, std::type_identity<T>) -> const T& {
        return std::get<T>(std::get<PlatformStep>(steps->at(index).step));
    };
    std::type_identity<SetPlatform> fault;
    CHECK_TRUE(at(0, fault).fault == PlatformFault::Off);
    CHECK_TRUE(at(1, fault).fault == PlatformFault::On);
    CHECK_TRUE(at(2, fault).fault == PlatformFault::LoseNextAnswer);
    CHECK_TRUE(at(3, fault).fault == PlatformFault::OffAfterNextChange);
    CHECK_TRUE(at(4, fault).fault == PlatformFault::GarbleNextAnswer);
    LONGS_EQUAL(3, at(5, std::type_identity<SlowPlatform>()).by.count());
    std::type_identity<RivalTakes> rival;
    CHECK_TRUE(at(6, rival).what == RivalTakes::What::First);
    CHECK_TEXT_EQUAL("12/0101#health-check", at(6, rival).service.str());
    CHECK_TRUE(at(7, rival).what == RivalTakes::What::Day);
    CHECK_TRUE(at(7, rival).day == std::chrono::year(2026) / 11 / 27);
    CHECK_TRUE(at(8, rival).what == RivalTakes::What::All);
    CHECK_TEXT_EQUAL("停电 (power cut)", at(9, std::type_identity<OfficeCallsOff>()).note);
    CHECK_TEXT_EQUAL("12/0101#home-care", at(10, std::type_identity<OfficeJudges>()).service.str());
    CHECK_TRUE(at(10, std::type_identity<OfficeJudges>()).verdict == platform::BookingStore::Verdict::Agreed);
    CHECK_TEXT_EQUAL("12/0101#home-care", at(11, std::type_identity<OfficeCloses>()).service.str());
    CHECK_TEXT_EQUAL("m1", at(12, std::type_identity<OfficeRemoves>()).member);
    CHECK_TRUE(std::holds_alternative<RestartBox>(steps->at(13).step));
    CHECK_TEXT_EQUAL("12/0101#health-check", at(14, std::type_identity<RivalGivesUp>()).service.str());
    LONGS_EQUAL(1795395600, std::get<SetBoxClock>(steps->at(15).step).time.time_since_epoch().count());
}

TEST(Script, SaysWhichLineIsWrongAndWhatWasExpected) {
    struct Case {
        const char* script;
        const char* error;
    };
    for (const Case& one : {
             Case{"wait\njump", "line 2: expected a step (key, type,"},
             Case{"key DOWNWARDS", "line 1: expected the name of a key, such as DOWN or OK, found \"DOWNWARDS\""},
             Case{"key", "line 1: expected the name of a key"},
             Case{"type 12a", "line 1: expected digits"},
             Case{"expect unquoted", "line 1: expected a text in double quotes"},
             Case{"expect \"", "line 1: expected a text in double quotes"},
             Case{"network maybe", "line 1: expected on or off"},
             Case{"clock 2026-11-23", "line 1: expected a time such as"},
             Case{"pass 20", "line 1: expected seconds such as 20s"},
             Case{"shot ../home.png", "line 1: expected a file name"},
             Case{"shot /tmp/home.png", "line 1: expected a file name"},
             Case{"page .hidden", "line 1: expected a file name"},
             Case{"pass -3s", "line 1: expected seconds such as 20s"},
             Case{"platform away", "line 1: expected off, on, slow 3s, lose-next-answer,"},
             Case{"platform slow", "line 1: expected seconds such as 20s, found \"\""},
             Case{"platform slow 3", "line 1: expected seconds such as 20s, found \"3\""},
             Case{"rival gives", "line 1: expected takes or gives-up, found \"gives\""},
             Case{"rival takes first", "line 1: expected a service such as \"12/0101#health-check\", found \"first\""},
             Case{"rival takes \"12#x", "line 1: expected a service such as"},
             Case{"rival takes \"12/0101#x\"", "line 1: expected first, all or a day such as 2026-11-27"},
             Case{"office opens \"12/0101#x\"", "line 1: expected agrees, attends, misses, calls-off, closes or removes"},
             Case{"office calls-off \"12/0101#x\" \"note\"", "line 1: expected a day such as 2026-11-27"},
             Case{"office calls-off \"12/0101#x\" 2026-11-27 note", "line 1: expected a text in double quotes, found \"note\""},
             Case{"office agrees \"12/0101#x\" m1", "line 1: expected nothing more, found \"m1\""},
             Case{"office removes", "line 1: expected a member such as m1"},
             Case{"rival gives-up \"12/0101#x\" all", "line 1: expected nothing more, found \"all\""},
             Case{"box-clock now", "line 1: expected a time such as"},
             Case{"restart", "line 1: expected box"},
         })
        STRCMP_CONTAINS_TEXT(one.error, error_of(one.script).c_str(), one.script);
}
