#include "middleware/text/utf8.h"

#include <random>

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::text;

namespace {

std::u32string read(std::string_view text) {
    std::u32string out;
    while (!text.empty())
        out += take_character(text);
    return out;
}

}  // namespace

// clang-format off
TEST_GROUP(Utf8) {};
// clang-format on

TEST(Utf8, ReadsCharactersOfEveryLength) {
    CHECK_TRUE(read("aé停𠀀") == U"aé停𠀀");
    CHECK_EQUAL(4u, count_characters("aé停𠀀"));
    CHECK_EQUAL(0u, count_characters(""));
}

TEST(Utf8, WritesWhatItReads) {
    for (char32_t c : {U'\0', U'a', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'停', U'\xFFFF',
                       U'\x10000', U'\x10FFFF'}) {
        std::string text;
        append_utf8(text, c);
        std::string_view rest = text;
        CHECK_TRUE(take_character(rest) == c);
        CHECK_TRUE(rest.empty());
    }
}

TEST(Utf8, ReadsEveryWrongByteAsAReplacementAlone) {
    const std::pair<std::string_view, std::u32string> kHostile[] = {
        {"\x80", U"\xFFFD"},            // a continuation without a beginning
        {"\xC0\xAF", U"\xFFFD\xFFFD"},  // overlong
        {"\xC1", U"\xFFFD"},
        {"\xE5\x81", U"\xFFFD\xFFFD"},  // cut off
        {"\xE5\x81x", U"\xFFFD\xFFFDx"},
        {"\xF5\x80\x80\x80", U"\xFFFD\xFFFD\xFFFD\xFFFD"},
        {"\xFF\xFE", U"\xFFFD\xFFFD"},
        {"a\xFF"
         "b",
         U"a\xFFFD"
         U"b"},
    };
    for (const auto& [bytes, expected] : kHostile)
        CHECK_TRUE(read(bytes) == expected);
}

TEST(Utf8, ReadsWhatNoCharacterHasAsAReplacement) {
    // Overlong, a surrogate, and beyond U+10FFFF.
    for (std::string_view bytes :
         {"\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80"})
        for (char32_t c : read(bytes))
            CHECK_TRUE(c == 0xFFFD);
}

TEST(Utf8, AlwaysComesToTheEnd) {
    std::mt19937 random(7);
    for (int i = 0; i < 2000; ++i) {
        std::string bytes(random() % 20, '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(random());
        CHECK_TRUE(count_characters(bytes) <= bytes.size());
    }
}

TEST(Utf8, TellsHanFromTheRest) {
    for (char32_t c : {U'停', U'𠀀', U'，', U'Ａ'})
        CHECK_TRUE(is_han(c));
    for (char32_t c : {U'a', U'1', U',', U'é'})
        CHECK_FALSE(is_han(c));
}
