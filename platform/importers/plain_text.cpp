#include "platform/importers/plain_text.h"

#include <algorithm>

#include "content/item_check.h"
#include "middleware/text/utf8.h"

namespace linli::platform {
namespace {

constexpr char32_t kIdeographicSpace = 0x3000;

bool breaks_line(char32_t c) {
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

bool is_space(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == kIdeographicSpace || breaks_line(c);
}

/// What nobody sees: soft hyphen, zero-width characters, directions, variation selectors, byte
/// order mark.
bool is_invisible(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
           c < 0x20 || (c >= 0x7F && c < 0xA0);
}

bool is_address_character(char c) {
    return c > ' ' && static_cast<unsigned char>(c) < 0x7F && c != '"' && c != '<' && c != '>';
}

/// Parameters that tell a site where its readers come from.
bool follows_readers(std::string_view parameter) {
    constexpr std::string_view kNames[] = {
        "utm_",   "fbclid=", "gclid=", "msclkid=", "mc_cid=", "mc_eid=",
        "yclid=", "igshid=", "spm=",   "_hsenc=",  "_hsmi=",  "from_source="};
    return std::ranges::any_of(kNames,
                               [&](std::string_view name) { return parameter.starts_with(name); });
}

std::string clean_address(std::string_view address) {
    auto query = address.find('?');
    if (query == address.npos) return std::string(address);
    auto fragment = std::min(address.find('#', query), address.size());
    std::string out(address.substr(0, query));
    std::string_view rest = address.substr(query + 1, fragment - query - 1);
    char separator = '?';
    while (!rest.empty()) {
        std::string_view parameter = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(parameter.size() + 1, rest.size()));
        if (follows_readers(parameter)) continue;
        out += separator;
        out += parameter;
        separator = '&';
    }
    return out + std::string(address.substr(fragment));
}

/// Addresses in the text, without what follows their readers.
std::string clean_addresses(std::string text) {
    std::string_view rest = text;
    if (rest.find("://") == rest.npos) return text;
    std::string out;
    while (!rest.empty()) {
        auto begin = std::min(rest.find("http"), rest.size());
        out += rest.substr(0, begin);
        rest.remove_prefix(begin);
        auto end = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_address_character) -
                                            rest.begin());
        out += clean_address(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return out;
}

/// Takes white space off `rest`; what stands for it between `before` and the next character.
std::string_view take_space(std::string_view& rest, char32_t before) {
    bool is_line_end = false;
    bool is_ideographic = true;
    char32_t next = 0;
    while (!rest.empty()) {
        std::string_view after = rest;
        next = text::take_character(after);
        if (!is_space(next) && !is_invisible(next)) break;
        is_line_end |= breaks_line(next);
        is_ideographic &= next == kIdeographicSpace;
        rest = after;
    }
    if (rest.empty() || before == 0 || before == ' ') return {};
    if (is_line_end && text::is_han(before) && text::is_han(next)) return {};
    return is_ideographic ? "\xE3\x80\x80" : " ";
}

}  // namespace

std::string clean_text(std::string_view raw, std::u32string& left_out) {
    std::string out;
    char32_t before = 0;
    while (!raw.empty()) {
        std::string_view here = raw;
        char32_t c = text::take_character(raw);
        if (is_space(c)) {
            raw = here;
            out += take_space(raw, before);
            before = before == 0 ? 0 : ' ';
            continue;
        }
        if (is_invisible(c)) continue;
        if (content::is_unshowable(c)) {
            if (left_out.find(c) == left_out.npos) left_out += c;
            continue;
        }
        text::append_utf8(out, c);
        before = c;
    }
    while (out.ends_with(' ') || out.ends_with("\xE3\x80\x80"))
        out.resize(out.size() - (out.back() == ' ' ? 1 : 3));
    return clean_addresses(std::move(out));
}

std::string clean_text(std::string_view raw) {
    std::u32string left_out;
    return clean_text(raw, left_out);
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return out;
}

bool begins_with_no_case(std::string_view text, std::string_view prefix) {
    return lower_case(text.substr(0, prefix.size())) == lower_case(prefix);
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n\f\v";
    auto begin = text.find_first_not_of(kSpace);
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

}  // namespace linli::platform
