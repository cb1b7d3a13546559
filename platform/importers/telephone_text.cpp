#include "platform/importers/telephone_text.h"

#include <algorithm>

#include "content/item_check.h"
#include "content/value_type.h"
#include "middleware/text/utf8.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

/// Full-width digits and signs, long dashes and brackets as ASCII.
std::string to_ascii_signs(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        char32_t c = text::take_character(text);
        bool is_full_width = c >= 0xFF01 && c <= 0xFF5E;
        if (is_full_width) c -= 0xFEE0;
        if (c == 0x2014 || c == 0x2013 || c == 0x2010 || c == 0x2011 || c == 0x2212) c = '-';
        if (c == 0xA0 || c == 0x3000) c = ' ';
        text::append_utf8(out, c);
    }
    return out;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_in_number(char c) {
    return is_digit(c) || std::string_view(" -().\"'").find(c) != std::string_view::npos;
}

/// Digits in groups: brackets, dots and quotes part them no more.
std::string group_digits(std::string_view text) {
    std::string out;
    char gap = 0;
    for (char c : text) {
        if (is_digit(c)) {
            if (gap != 0 && !out.empty() && out != "+") out += gap;
            gap = 0;
            out += c;
        } else if (c == '+' && out.empty()) {
            out = "+";
        } else if (c != '"' && c != '\'') {
            gap = c == '-' ? '-' : (gap == 0 ? ' ' : gap);
        }
    }
    return out;
}

/// What is before a number, unless it only says that it is one.
std::string label_before(std::string_view text) {
    std::string label = clean_text(text);
    while (!label.empty() &&
           std::string_view(":\"'([ ").find(label.back()) != std::string_view::npos)
        label.pop_back();
    for (std::string_view plain :
         {"tel", "tel.", "telephone", "phone", "mobile", "电话", "联系电话", "手机"})
        if (lower_case(label) == plain) return {};
    return label;
}

std::string label_after(std::string_view text) {
    std::string label = clean_text(text);
    auto begin = label.find_first_not_of("\"')], ");
    label = begin == label.npos ? std::string() : label.substr(begin);
    if (label.starts_with('(') && label.ends_with(')')) label = label.substr(1, label.size() - 2);
    return label;
}

}  // namespace

content::Telephone read_telephone(std::string_view given) {
    std::string text = to_ascii_signs(given);
    auto begin = static_cast<std::size_t>(
        std::ranges::find_if(text, [](char c) { return is_digit(c) || c == '+'; }) - text.begin());
    std::size_t end = std::min(begin + 1, text.size());
    while (end < text.size() && is_in_number(text[end]))
        ++end;
    while (end > begin && !is_digit(text[end - 1]))
        --end;
    if (end == begin) return {};
    std::string number = group_digits(std::string_view(text).substr(begin, end - begin));
    std::string_view accepted = number;
    if (!content::accept_value(content::ValueType::TelephoneNumber, accepted) ||
        !content::is_plausible_telephone(number))
        return {};
    std::string label = label_before(std::string_view(text).substr(0, begin));
    std::string after = label_after(std::string_view(text).substr(end));
    if (!label.empty() && !after.empty()) label += ", ";
    return {std::move(number), label + after};
}

std::vector<content::Telephone> read_telephones(std::string_view text,
                                                std::vector<std::string>& unread) {
    std::vector<content::Telephone> telephones;
    std::string separated = to_ascii_signs(text);
    for (std::string_view han : {"、", "\r", ";", "/", ","})
        for (auto at = separated.find(han); at != separated.npos; at = separated.find(han, at + 1))
            separated.replace(at, han.size(), "\n");
    for (std::string_view rest = separated; !rest.empty();) {
        std::string_view part = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (trim(part).empty()) continue;
        content::Telephone telephone = read_telephone(part);
        if (telephone.number.empty())
            unread.emplace_back(trim(part));
        else
            telephones.push_back(std::move(telephone));
    }
    return telephones;
}

}  // namespace linli::platform
