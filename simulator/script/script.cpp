#include "simulator/script/script.h"

#include <algorithm>

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "simulator/script/step_words.h"

namespace linli::simulator {

using base::Result;

namespace {

/// A name below the output folder and nothing else.
Result<std::string> file_name(std::string_view argument) {
    bool is_plain = !argument.empty() && argument.front() != '.' &&
                    std::ranges::all_of(argument, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '_'; });
    if (!is_plain) return expected("a file name", argument);
    return std::string(argument);
}

template <typename Made, typename Value>
Result<Step> made(Result<Value> value) {
    if (!value) return std::unexpected(value.error());
    return Step(Made{std::move(*value)});
}

Result<Step> parse_step(std::string_view word, std::string_view argument) {
    if (word == "key") {
        auto key = input::key_from_name(argument);
        if (!key) return expected("the name of a key, such as DOWN or OK", argument);
        return Step(PressKey{*key});
    }
    if (word == "type") {
        bool is_digits = !argument.empty() && std::ranges::all_of(argument, [](char c) { return c >= '0' && c <= '9'; });
        if (!is_digits) return expected("digits", argument);
        return Step(TypeDigits{std::string(argument)});
    }
    if (word == "wait") return argument.empty() ? Step(Wait{}) : made<Wait>(quoted(argument));
    if (word == "shot") return made<Shot>(file_name(argument));
    if (word == "page") return made<SavePage>(file_name(argument));
    if (word == "expect") return made<Expect>(quoted(argument));
    if (word == "expect-focus") return made<ExpectFocus>(quoted(argument));
    if (word == "expect-spoken") return made<ExpectSpoken>(quoted(argument));
    if (word == "network") {
        if (argument != "on" && argument != "off") return expected("on or off", argument);
        return Step(SetNetwork{argument == "on"});
    }
    if (word == "clock" || word == "box-clock") {
        auto time = base::parse_instant(argument);
        if (!time) return expected("a time such as 2026-11-23T09:00:00+08:00", argument);
        if (word == "box-clock") return Step(SetBoxClock{*time});
        return Step(SetClock{*time});
    }
    if (word == "pass") return made<PassTime>(seconds_of(argument));
    if (word == "platform" || word == "rival" || word == "office") {
        LINLI_TRY(step, parse_platform_step(word, argument));
        return Step(std::move(step));
    }
    if (word == "restart") {
        if (argument != "box") return expected("box", argument);
        return Step(RestartBox{});
    }
    return expected("a step (key, type, wait, shot, expect, expect-focus, expect-spoken, page, network, clock, pass,"
                    " platform, rival, office, restart, box-clock)", word);
}

}  // namespace

Result<std::vector<NumberedStep>> parse_script(std::string_view text) {
    std::vector<NumberedStep> steps;
    for (int number = 1; !text.empty(); ++number) {
        auto end = text.find('\n');
        std::string_view line = trim(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty() || line.front() == '#') continue;
        auto space = line.find_first_of(" \t");
        std::string_view argument = space == std::string_view::npos ? std::string_view() : trim(line.substr(space));
        auto step = parse_step(line.substr(0, space), argument);
        if (!step) return base::fail(base::format("line {}: {}", number, step.error().message));
        steps.push_back({number, std::string(line), std::move(*step)});
    }
    return steps;
}

}  // namespace linli::simulator
