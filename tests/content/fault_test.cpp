#include "content/fault.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::content;

// clang-format off
TEST_GROUP(Fault) {};
// clang-format on

TEST(Fault, FillsInItsArguments) {
    CHECK_TEXT_EQUAL("<a> in <b>", (Message{"<{}> in <{}>", {"a", "b"}}.text()));
    CHECK_TEXT_EQUAL("b a  {x}", (Message{"{1} {0} {9} {x}", {"a", "b"}}.text()));
    CHECK_TEXT_EQUAL("{}", (Message{"{}", {"{}"}}.text()));
    CHECK_TEXT_EQUAL("", (Message{"{}", {}}.text()));
}

TEST(Fault, ATranslationMayChangeTheOrder) {
    Translate translate = [](std::string_view id) -> std::string_view {
        return id == "<{}> in <{}>" ? "{1} 里的 {0}" : id;
    };
    CHECK_TEXT_EQUAL("b 里的 a", (Message{"<{}> in <{}>", {"a", "b"}}.text(translate)));
}

TEST(Fault, NamesFilePlaceAndExpectation) {
    Fault fault{"a.xml", {3, 7, 0}, {"wrong", {}}, {"right", {}}};
    CHECK_TEXT_EQUAL("a.xml:3:7: wrong, expected right", to_text(fault));
    fault.expected = {};
    fault.place = {0, 0, 0};
    CHECK_TEXT_EQUAL("a.xml: wrong", to_text(fault));
    fault.file.clear();
    CHECK_TEXT_EQUAL("wrong", to_text(fault));
}
