#include "platform/importers/source_text.h"

#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::string_literals;

// clang-format off
TEST_GROUP(SourceText) {};
// clang-format on

TEST(SourceText, IsReadFromTheEncodingsOfOfficePrograms) {
    const struct {
        std::string bytes;
        std::string text;
    } kCases[] = {
        {"公告", "公告"},
        {"\xEF\xBB\xBF公告", "公告"},
        {"\xB9\xAB\xB8\xE6", "公告"},          // GBK
        {"\xFF\xFE\x6C\x51\x4A\x54", "公告"},  // UTF-16, little end first
        {"\xFE\xFF\x51\x6C\x54\x4A", "公告"},  // UTF-16, big end first
        {"plain", "plain"},
        {"", ""},
    };
    for (const auto& [bytes, text] : kCases) {
        auto read = to_utf8(bytes);
        CHECK_GOOD(read);
        CHECK_TEXT_EQUAL(text, *read);
    }
}

TEST(SourceText, GbNamesMeanGb18030) {
    // U+4DAE, which GB 2312 has not.
    for (const char* name : {"gb2312", "GB2312", "gbk", "GB18030"})
        CHECK_TEXT_EQUAL("䶮", *to_utf8("\xFE\x9F", name));
}

TEST(SourceText, ADeclaredEncodingGoesBeforeAGuess) {
    CHECK_TEXT_EQUAL("Grüße", *to_utf8("Gr\xFC\xDF"
                                       "e",
                                       "iso-8859-1"));
}

TEST(SourceText, WhatIsNoTextIsRefused) {
    CHECK_TEXT_EQUAL("byte 1 is no text in gb18030; save the file again with the encoding UTF-8",
                     to_utf8("\xFF\x01\x02"s).error().message);
    CHECK_TEXT_EQUAL("the encoding \"klingon\" is not known",
                     to_utf8("x", "klingon").error().message);
}

TEST(SourceText, AFileThatIsTooLongIsRefused) {
    tests::TemporaryFolder folder;
    auto file = folder.write("long.csv", std::string(1000, 'x'));
    CHECK_FALSE(read_text(file, 999).has_value());
    CHECK_TRUE(read_text(file, 1000).has_value());
}
