#include "simulator/serve/browser_command.h"

#include <array>
#include <charconv>

#include "middleware/base/local_time.h"

namespace linli::simulator {

namespace {

constexpr std::array<std::string_view, app::kTextSizeCount> kTextSizes{"standard", "large", "extra-large"};
constexpr std::array<std::string_view, 2> kLanguages{"zh_CN", "en"};

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// What a browser's field for date and time gives: "2026-11-23T09:00".
std::optional<std::chrono::sys_seconds> parse_local_time(std::string_view text) {
    if (text.size() != 16 || text[10] != 'T' || text[13] != ':') return std::nullopt;
    auto date = base::parse_date(text.substr(0, 10));
    auto hour = parse_number<unsigned>(text.substr(11, 2)), minute = parse_number<unsigned>(text.substr(14, 2));
    if (!date || !hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    return base::from_local(*date, static_cast<int>(*hour), static_cast<int>(*minute));
}

template <typename Value, std::size_t count>
std::optional<Value> parse_name(const std::array<std::string_view, count>& names, std::string_view text) {
    for (std::size_t i = 0; i < count; ++i)
        if (names[i] == text) return static_cast<Value>(i);
    return std::nullopt;
}

template <typename Made, typename Value>
std::optional<BrowserCommand> made(std::optional<Value> value) {
    if (!value) return std::nullopt;
    return BrowserCommand(Made{*value});
}

}  // namespace

std::optional<graphics::Size> parse_screen(std::string_view text) {
    auto cross = text.find('x');
    if (cross == std::string_view::npos) return std::nullopt;
    auto width = parse_number<int>(text.substr(0, cross)), height = parse_number<int>(text.substr(cross + 1));
    if (!width || !height || *width < 320 || *height < 240 || *width > 3840 || *height > 2160) return std::nullopt;
    return graphics::Size{*width, *height};
}

std::optional<app::TextSize> parse_text_size(std::string_view text) { return parse_name<app::TextSize>(kTextSizes, text); }
std::string_view text_size_name(app::TextSize size) { return kTextSizes[static_cast<std::size_t>(size)]; }
std::optional<text::Language> parse_language(std::string_view text) { return parse_name<text::Language>(kLanguages, text); }
std::string_view language_name(text::Language language) { return kLanguages[static_cast<std::size_t>(language)]; }

std::optional<BrowserCommand> parse_command(std::string_view message) {
    auto space = message.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    std::string_view word = message.substr(0, space), argument = message.substr(space + 1);
    if (word == "key") return made<PressCommand>(input::key_from_name(argument));
    if (word == "ack") return made<AcknowledgeCommand>(parse_number<std::uint32_t>(argument));
    if (word == "screen") return made<ScreenCommand>(parse_screen(argument));
    if (word == "text-size") return made<TextSizeCommand>(parse_text_size(argument));
    if (word == "language") return made<LanguageCommand>(parse_language(argument));
    if (word == "area") return made<AreaCommand>(content::AreaCode::parse(argument));
    if (word == "clock") return made<ClockCommand>(parse_local_time(argument));
    if (word == "network" && (argument == "on" || argument == "off")) return NetworkCommand{argument == "on"};
    return std::nullopt;
}

}  // namespace linli::simulator
