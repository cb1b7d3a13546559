#include "epg/si/text_rules.h"

#include <algorithm>
#include <utility>

namespace linli::epg {
namespace {

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

bool is_same_letter(char one, char other) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c; };
    return lower(one) == lower(other);
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
    auto found = std::ranges::find_if(kNames, [name](const auto& entry) { return std::ranges::equal(entry.first, name, is_same_letter); });
    if (found == std::end(kNames)) return std::nullopt;
    return found->second;
}

TextRule TextRules::rule_for(const ServiceId& id) const {
    TextRule best;
    for (const TextRule& rule : rules_)
        if (is_for(rule, id) && weight(rule) >= weight(best)) best = rule;
    return best;
}

}  // namespace linli::epg
