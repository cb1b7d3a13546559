#include "epg/si/text_rules.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "middleware/base/format.h"

namespace linli::epg {
namespace {

using base::format;

constexpr std::pair<std::string_view, Encoding> kNames[] = {
    {"automatic", Encoding::Automatic},    {"iso6937", Encoding::Iso6937},
    {"iso8859-1", Encoding::Iso8859_1},    {"iso8859-2", Encoding::Iso8859_2},
    {"iso8859-3", Encoding::Iso8859_3},    {"iso8859-4", Encoding::Iso8859_4},
    {"iso8859-5", Encoding::Iso8859_5},    {"iso8859-6", Encoding::Iso8859_6},
    {"iso8859-7", Encoding::Iso8859_7},    {"iso8859-8", Encoding::Iso8859_8},
    {"iso8859-9", Encoding::Iso8859_9},    {"iso8859-10", Encoding::Iso8859_10},
    {"iso8859-11", Encoding::Iso8859_11},  {"iso8859-13", Encoding::Iso8859_13},
    {"iso8859-14", Encoding::Iso8859_14},  {"iso8859-15", Encoding::Iso8859_15},
    {"ucs-2", Encoding::Ucs2},             {"ksx1001", Encoding::KsX1001},
    {"gb18030", Encoding::Gb18030},        {"gbk", Encoding::Gb18030},
    {"gb2312", Encoding::Gb18030},         {"big5", Encoding::Big5},
    {"utf-8", Encoding::Utf8},
};

std::string_view trimmed(std::string_view text) {
    auto begin = text.find_first_not_of(" \t\r");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

/// Takes the text up to `separator` off the front, all of it where there is none.
std::string_view take_until(std::string_view& text, char separator) {
    std::string_view taken = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(text.size(), taken.size() + 1));
    return trimmed(taken);
}

bool read_scope(std::string_view text, TextRule& rule) {
    std::optional<std::uint16_t>* parts[] = {&rule.network, &rule.stream, &rule.service};
    std::size_t count = 0;
    while (!text.empty()) {
        if (count == std::size(parts)) return false;
        std::string_view part = take_until(text, '.');
        std::uint16_t number = 0;
        auto [end, fault] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (part != "*") {
            if (fault != std::errc() || end != part.data() + part.size()) return false;
            *parts[count] = number;
        }
        ++count;
    }
    return count > 0;
}

int weight(const TextRule& rule) {
    return 4 * rule.service.has_value() + 2 * rule.stream.has_value() + rule.network.has_value();
}

bool is_for(const TextRule& rule, const ServiceId& id) {
    return rule.network.value_or(id.network) == id.network && rule.stream.value_or(id.stream) == id.stream &&
           rule.service.value_or(id.service) == id.service;
}

}  // namespace

std::optional<Encoding> encoding_of_name(std::string_view name) {
    auto found = std::ranges::find(kNames, name, [](const auto& entry) { return entry.first; });
    if (found == std::end(kNames)) return std::nullopt;
    return found->second;
}

base::Result<TextRules> TextRules::parse(std::string_view text) {
    TextRules rules;
    for (int number = 1; !text.empty(); ++number) {
        std::string_view line = take_until(text, '\n');
        std::string_view words = take_until(line, '#');
        if (words.empty()) continue;
        TextRule rule;
        std::string_view scope = take_until(words, '=');
        if (!read_scope(scope, rule))
            return base::fail(format("text rules, line {}: \"{}\" is no NETWORK[.STREAM[.SERVICE]]; numbers up to 65535 or *", number, scope));
        words = trimmed(words);
        std::string_view name = take_until(words, ' ');
        auto encoding = encoding_of_name(name);
        if (!encoding)
            return base::fail(format("text rules, line {}: there is no encoding \"{}\"; one is gb18030, big5, utf-8, iso8859-1…", number, name));
        words = trimmed(words);
        if (!words.empty() && words != "always")
            return base::fail(format("text rules, line {}: after the encoding comes \"always\" or nothing, not \"{}\"", number, words));
        rule.encoding = *encoding;
        rule.when = words.empty() ? TextRule::When::Unmarked : TextRule::When::Always;
        rules.rules_.push_back(rule);
    }
    return rules;
}

TextRule TextRules::rule_for(const ServiceId& id) const {
    TextRule best;
    for (const TextRule& rule : rules_)
        if (is_for(rule, id) && weight(rule) >= weight(best)) best = rule;
    return best;
}

}  // namespace linli::epg
