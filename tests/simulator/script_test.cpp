#include "simulator/script/script.h"

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
    auto steps = parse_script("# a comment\n\nkey DOWN\r\n  type 2468\nwait\nexpect \"a \"b\" c\"\nnetwork off\npass 20s\n");
    CHECK_GOOD(steps);
    LONGS_EQUAL(6, steps->size());
    LONGS_EQUAL(3, steps->at(0).line);
    CHECK_TEXT_EQUAL("key DOWN", steps->at(0).source);
    CHECK_TRUE(std::get<PressKey>(steps->at(0).step).key == input::Key::Down);
    CHECK_TEXT_EQUAL("2468", std::get<TypeDigits>(steps->at(1).step).digits);
    CHECK_TRUE(std::holds_alternative<Wait>(steps->at(2).step));
    CHECK_TEXT_EQUAL("a \"b\" c", std::get<Expect>(steps->at(3).step).text);
    CHECK_FALSE(std::get<SetNetwork>(steps->at(4).step).is_on);
    LONGS_EQUAL(20, std::get<PassTime>(steps->at(5).step).by.count());
    LONGS_EQUAL(8, steps->at(5).line);
}

TEST(Script, TakesTimesWithTheirOffset) {
    auto steps = parse_script("clock 2026-11-23T09:00:00+08:00");
    CHECK_GOOD(steps);
    LONGS_EQUAL(1795395600, std::get<SetClock>(steps->at(0).step).time.time_since_epoch().count());
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
         })
        STRCMP_CONTAINS_TEXT(one.error, error_of(one.script).c_str(), one.script);
}
