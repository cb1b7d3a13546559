#include "simulator/script/step_words.h"

#include <charconv>

namespace linli::simulator {

using base::Result;

std::string_view trim(std::string_view text) {
    auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::unexpected<base::Error> expected(std::string_view what, std::string_view found) {
    return base::fail(base::format("expected {}, found \"{}\"", what, found));
}

Result<std::string> quoted(std::string_view argument) {
    if (argument.size() < 2 || argument.front() != '"' || argument.back() != '"')
        return expected("a text in double quotes", argument);
    return std::string(argument.substr(1, argument.size() - 2));
}

Result<std::chrono::seconds> seconds_of(std::string_view argument) {
    int seconds = 0;
    auto [end, error] = std::from_chars(argument.data(), argument.data() + argument.size(), seconds);
    if (error != std::errc() || seconds < 0 || std::string_view(end, argument.data() + argument.size()) != "s")
        return expected("seconds such as 20s", argument);
    return std::chrono::seconds(seconds);
}

std::string_view take_word(std::string_view& rest) {
    rest = trim(rest);
    auto end = rest.starts_with('"') ? rest.find('"', 1) : rest.find_first_of(" \t");
    std::size_t length = end == std::string_view::npos ? rest.size() : rest.starts_with('"') ? end + 1 : end;
    std::string_view word = rest.substr(0, length);
    rest = trim(rest.substr(length));
    return word;
}

}  // namespace linli::simulator
