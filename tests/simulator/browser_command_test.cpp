#include "simulator/serve/browser_command.h"

#include "middleware/base/local_time.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;

TEST_GROUP(BrowserCommand) {};

TEST(BrowserCommand, IsAWordAndItsArgument) {
    CHECK_TRUE(std::get<PressCommand>(*parse_command("key CHANNEL_UP")).key == input::Key::ChannelUp);
    LONGS_EQUAL(12, std::get<AcknowledgeCommand>(*parse_command("ack 12")).number);
    CHECK_TRUE(std::get<ScreenCommand>(*parse_command("screen 720x576")).size == graphics::Size({720, 576}));
    CHECK_TRUE(std::get<TextSizeCommand>(*parse_command("text-size extra-large")).size == app::TextSize::ExtraLarge);
    CHECK_TRUE(std::get<LanguageCommand>(*parse_command("language en")).language == text::Language::English);
    STRCMP_EQUAL("12/0101", std::get<AreaCommand>(*parse_command("area 12/0101")).area.str().c_str());
    CHECK_FALSE(std::get<NetworkCommand>(*parse_command("network off")).is_on);
    base::set_time_zone("Asia/Shanghai");
    LONGS_EQUAL(1795395600, std::get<ClockCommand>(*parse_command("clock 2026-11-23T09:00")).time.time_since_epoch().count());
}

TEST(BrowserCommand, IsNothingElse) {
    for (const char* message :
         {"", "key", "key ", "key OKAY", "ack", "ack -1", "ack 99999999999", "ack 1 2", "screen 1280", "screen 1x1",
          "screen 99999x99999", "screen 1280x720x2", "text-size huge", "language fr", "area ../etc", "area ", "network maybe",
          "clock yesterday", "clock 2026-11-23T25:00", "clock 2026-11-23 09:00", "quit now", "KEY OK"})
        CHECK_FALSE_TEXT(parse_command(message).has_value(), message);
}
