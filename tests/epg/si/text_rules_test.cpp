#include "epg/si/text_rules.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;

// clang-format off
TEST_GROUP(TextRules){};
// clang-format on

TEST(TextRules, TheNarrowestRuleCounts) {
    TextRules rules({{.network = 1, .encoding = Encoding::Gb18030},
                     {.network = 1, .stream = 16, .encoding = Encoding::Big5, .when = TextRule::When::Always},
                     {.network = 1, .stream = 16, .service = 101, .encoding = Encoding::Utf8},
                     {.service = 7, .encoding = Encoding::Iso8859_5}});
    CHECK_TRUE(rules.rule_for({1, 2, 3}).encoding == Encoding::Gb18030);
    CHECK_TRUE(rules.rule_for({1, 16, 3}).encoding == Encoding::Big5);
    CHECK_TRUE(rules.rule_for({1, 16, 3}).when == TextRule::When::Always);
    CHECK_TRUE(rules.rule_for({1, 16, 101}).encoding == Encoding::Utf8);
    CHECK_TRUE(rules.rule_for({1, 16, 7}).encoding == Encoding::Iso8859_5);
    CHECK_TRUE(rules.rule_for({2, 16, 101}).encoding == Encoding::Automatic);
}

TEST(TextRules, EncodingsHaveTheirNamesInAnyCase) {
    CHECK_TRUE(encoding_of_name("GB18030") == Encoding::Gb18030);
    CHECK_TRUE(encoding_of_name("GBK") == Encoding::Gb18030);
    CHECK_TRUE(encoding_of_name("gb2312") == Encoding::Gb18030);
    CHECK_TRUE(encoding_of_name("Big5") == Encoding::Big5);
    CHECK_TRUE(encoding_of_name("UTF-8") == Encoding::Utf8);
    CHECK_TRUE(encoding_of_name("ISO8859-15") == Encoding::Iso8859_15);
    CHECK_FALSE(encoding_of_name("klingon").has_value());
    CHECK_FALSE(encoding_of_name("").has_value());
}
