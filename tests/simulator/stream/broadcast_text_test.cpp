#include <string>

#include "simulator/stream/si/broadcast_text.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::simulator;

namespace {

std::string encoded(std::string_view text, const BroadcastEncoding& encoding, std::size_t most = 255) {
    Bytes bytes = encode_text(text, encoding, most);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

TEST_GROUP(BroadcastText) {};

TEST(BroadcastText, EverySetHasItsSelector) {
    CHECK_TRUE(encoded("中文", gb2312()) == "\x13\xD6\xD0\xCE\xC4");
    CHECK_TRUE(encoded("中文", gb18030_unmarked()) == "\xD6\xD0\xCE\xC4");
    CHECK_TRUE(encoded("中文", big5()) == "\x14\xA4\xA4\xA4\xE5");
    CHECK_TRUE(encoded("中文", utf8()) == "\x15中文");
    CHECK_TRUE(encoded("中文", ucs2()) == "\x11\x4E\x2D\x65\x87");
    CHECK_TRUE(encoded("Привет", iso8859(5)) == "\x01\xBF\xE0\xD8\xD2\xD5\xE2");
    CHECK_TRUE(encoded("€", iso8859(15)) == "\x0B\xA4");
    CHECK_TRUE(encoded("é", iso8859(1)) == std::string("\x10\0\x01\xE9", 4));
    CHECK_TRUE(encoded("é", iso8859_three_bytes(15)) == std::string("\x10\0\x0F\xE9", 4));
}

TEST(BroadcastText, WrongMarkersCanBeSent) {
    CHECK_TRUE(encoded("中", {"GB18030", "\x15"}) == "\x15\xD6\xD0");
}

TEST(BroadcastText, WhatASetLacksBecomesAQuestionMark) {
    CHECK_TRUE(encoded("龘a", gb2312()) == "\x13?a");
    CHECK_TRUE(encoded("a\xFFz", gb18030_unmarked()) == "a?z");
}

TEST(BroadcastText, TextsAreCutBetweenCharacters) {
    CHECK_TRUE(encoded("中文中文", gb2312(), 4) == "\x13\xD6\xD0");
    auto pieces = encode_text_pieces("中文中", gb2312(), 5);
    LONGS_EQUAL(2, pieces.size());
    CHECK_TRUE(pieces[1] == encode_text("中", gb2312()));
}

TEST(BroadcastText, AnEmptyTextHasNoSelector) {
    CHECK_TRUE(encoded("", gb2312()).empty());
}
