#include "epg/si/text_rules.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;

// clang-format off
TEST_GROUP(TextRules){};
// clang-format on

TEST(TextRules, TheNarrowestRuleCounts) {
    auto rules = TextRules::parse("# of this head-end\n1 = gb18030\n1.16 = big5 always\n1.16.101 = utf-8\n*.*.7 = iso8859-5\n");
    CHECK_GOOD(rules);
    CHECK_TRUE(rules->rule_for({1, 2, 3}).encoding == Encoding::Gb18030);
    CHECK_TRUE(rules->rule_for({1, 16, 3}).encoding == Encoding::Big5);
    CHECK_TRUE(rules->rule_for({1, 16, 3}).when == TextRule::When::Always);
    CHECK_TRUE(rules->rule_for({1, 16, 101}).encoding == Encoding::Utf8);
    CHECK_TRUE(rules->rule_for({1, 16, 7}).encoding == Encoding::Iso8859_5);
    CHECK_TRUE(rules->rule_for({2, 16, 101}).encoding == Encoding::Automatic);
}

TEST(TextRules, AMistakeIsASentence) {
    struct Case {
        const char *text, *message;
    };
    const Case cases[] = {
        {"1 = klingon", "text rules, line 1: there is no encoding \"klingon\"; one is gb18030, big5, utf-8, iso8859-1…"},
        {"\n1.2.3.4 = big5", "text rules, line 2: \"1.2.3.4\" is no NETWORK[.STREAM[.SERVICE]]; numbers up to 65535 or *"},
        {"70000 = big5", "text rules, line 1: \"70000\" is no NETWORK[.STREAM[.SERVICE]]; numbers up to 65535 or *"},
        {"1 = big5 maybe", "text rules, line 1: after the encoding comes \"always\" or nothing, not \"maybe\""},
    };
    for (const Case& a : cases) {
        auto rules = TextRules::parse(a.text);
        CHECK_FALSE(rules.has_value());
        CHECK_TEXT_EQUAL(a.message, rules.error().message);
    }
}
