#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "content/model.h"
#include "middleware/graphics/geometry.h"
#include "middleware/input/key.h"
#include "middleware/text/catalog.h"
#include "stb-app/theme/theme.h"

/// What a browser asks for: one text message each, a word and its argument.
namespace linli::simulator {

/// "key OK"
struct PressCommand {
    input::Key key;
};
/// "ack 12": frame 12 is on the browser's screen.
struct AcknowledgeCommand {
    std::uint32_t number;
};
/// "screen 1280x720"
struct ScreenCommand {
    graphics::Size size;
};
/// "text-size extra-large"
struct TextSizeCommand {
    app::TextSize size;
};
/// "language en"
struct LanguageCommand {
    text::Language language;
};
/// "area 12/0101/001/002"
struct AreaCommand {
    content::AreaCode area;
};
/// "network off"
struct NetworkCommand {
    bool is_on;
};
/// "clock 2026-11-23T09:00", in the time of the box's place
struct ClockCommand {
    std::chrono::sys_seconds time;
};

using BrowserCommand = std::variant<PressCommand, AcknowledgeCommand, ScreenCommand, TextSizeCommand, LanguageCommand,
                                    AreaCommand, NetworkCommand, ClockCommand>;

/// Nothing when it is not a command.
std::optional<BrowserCommand> parse_command(std::string_view message);

/// "1280x720"; nothing outside 320x240 to 3840x2160.
std::optional<graphics::Size> parse_screen(std::string_view text);
std::optional<app::TextSize> parse_text_size(std::string_view text);
std::string_view text_size_name(app::TextSize size);
std::optional<text::Language> parse_language(std::string_view text);
std::string_view language_name(text::Language language);

}  // namespace linli::simulator
