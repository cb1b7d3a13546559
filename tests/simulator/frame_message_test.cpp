#include "simulator/serve/frame_message.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::simulator;

TEST_GROUP(FrameMessage) {};

TEST(FrameMessage, IsAHeadAndItsParts) {
    FrameMessage frame{0x01020304, {1280, 720}, {{{16, 32, 640, 360}, PictureKind::Jpeg, "abc"}, {{0, 0, 1, 2}, PictureKind::Png, ""}}};
    const char expected[] =
        "\x01\x02\x03\x04" "\x05\x00" "\x02\xD0"
        "\x02\x00" "\x00\x10" "\x00\x20" "\x02\x80" "\x01\x68" "\x00\x00\x00\x03" "abc"
        "\x01\x00" "\x00\x00" "\x00\x00" "\x00\x01" "\x00\x02" "\x00\x00\x00\x00";
    CHECK_TRUE(write_frame(frame) == std::string(expected, sizeof expected - 1));
}
