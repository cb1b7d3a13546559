#include "content/value_type.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "content/model.h"
#include "middleware/base/local_time.h"

namespace linli::content {
namespace {

constexpr std::string_view kWeekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_id_end(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z');
}
bool is_id(char c) {
    return is_id_end(c) || c == '.' || c == '-';
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

bool is_item_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && is_id_end(text.front()) &&
           is_id_end(text.back()) && std::ranges::all_of(text, is_id);
}

bool is_item_reference(std::string_view text) {
    if (auto at = text.find('#'); at != std::string_view::npos) {
        if (!AreaCode::parse(text.substr(0, at))) return false;
        text.remove_prefix(at + 1);
    }
    return is_item_id(text);
}

bool is_time_of_day(std::string_view text) {
    if (text == "24:00") return true;
    return text.size() == 5 && is_digit(text[0]) && is_digit(text[1]) && text[2] == ':' &&
           text[3] >= '0' && text[3] <= '5' && is_digit(text[4]) &&
           (text[0] < '2' || (text[0] == '2' && text[1] <= '3'));
}

bool is_telephone_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    return text.size() >= 3 && text.size() <= 24 && is_digit(text.front()) &&
           is_digit(text.back()) &&
           std::ranges::all_of(text, [](char c) { return is_digit(c) || c == ' ' || c == '-'; });
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 &&
           std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

/// A relative path of plain names; none begins with a dot, so that it cannot leave its folder.
bool is_object_reference(std::string_view text) {
    if (text.starts_with("sha256:")) return is_sha256(text.substr(7));
    bool at_start = true;
    for (char c : text) {
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_letter || is_digit(c) || c == '_' || c == '-') {
            at_start = false;
        } else if (at_start || (c != '.' && c != '/')) {
            return false;
        } else {
            at_start = c == '/';
        }
    }
    return !at_start;
}

bool are_weekdays(std::string_view text) {
    text = trim(text);
    while (!text.empty()) {
        auto end = std::ranges::find_if(text, is_space) - text.begin();
        if (std::ranges::find(kWeekdays, text.substr(0, end)) == std::end(kWeekdays)) return false;
        text = trim(text.substr(end));
    }
    return true;
}

bool is_boolean(std::string_view text) {
    return text == "true" || text == "false" || text == "1" || text == "0";
}

bool is_unsigned_short(std::string_view text) {
    std::uint16_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

/// Fewer digits than a number of 64 bits can have.
bool is_byte_count(std::string_view text) {
    return !text.empty() && text.size() <= 18 && std::ranges::all_of(text, is_digit);
}

/// "image/png". @spec RFC 6838 §4.2
bool is_media_type(std::string_view text) {
    auto at = text.find('/');
    if (at == text.npos || at == 0 || at + 1 == text.size() || text.size() > 100) return false;
    return std::ranges::all_of(text.substr(0, at), is_id) &&
           std::ranges::all_of(text.substr(at + 1), [](char c) { return is_id(c) || c == '+'; });
}

bool is_web_address(std::string_view text) {
    std::string_view rest = text;
    for (std::string_view scheme : {"https://", "http://"})
        if (text.starts_with(scheme)) rest.remove_prefix(scheme.size());
    if (rest.empty() || rest.size() == text.size() || text.size() > 1000) return false;
    return std::ranges::all_of(rest, [](char c) { return c >= '!' && c <= '~'; });
}

bool are_initials(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_id_end);
}

bool needs_tidying(std::string_view text) {
    if (text.empty()) return false;
    if (is_space(text.front()) || is_space(text.back())) return true;
    // Each of these is one memchr: nearly every text passes here and holds none.
    return text.find('\n') != text.npos || text.find('\t') != text.npos ||
           text.find('\r') != text.npos;
}

}  // namespace

bool accept_value(ValueType type, std::string_view& value) {
    switch (type) {
        using enum ValueType;
        case Any:
            return true;
        case Text:
            return !trim(value).empty();
        case Code:
            return AreaCode::parse(value).has_value();
        case ItemId:
            return is_item_id(value);
        case TimeOfDay:
            return is_time_of_day(value);
        case Weekdays:
            return are_weekdays(value);
        default:
            break;
    }
    value = trim(value);
    switch (type) {
        using enum ValueType;
        case ItemReference:
            return is_item_reference(value);
        case Instant:
            return base::parse_instant(value).has_value();
        case Date:
            return base::parse_date(value).has_value();
        case TelephoneNumber:
            return is_telephone_number(value);
        case ObjectReference:
            return is_object_reference(value);
        case Boolean:
            return is_boolean(value);
        case Number:
            return is_unsigned_short(value);
        case ByteCount:
            return is_byte_count(value);
        case MediaType:
            return is_media_type(value);
        case Initials:
            return are_initials(value);
        case WebAddress:
            return is_web_address(value);
        default:
            return true;
    }
}

Message describe(ValueType type) {
    switch (type) {
        using enum ValueType;
        case Any:
            return {};
        case Text:
            return {N_("a text that is not empty"), {}};
        case Code:
            return {N_("an area code such as 12, 12/0101, 12/0101/001 or 12/0101/001/002"), {}};
        case ItemId:
            return {N_("at most 64 small letters, digits, dots and hyphens, with a letter or digit "
                       "at both ends"),
                    {}};
        case ItemReference:
            return {N_("the id of an item of this area, or AREA#ID such as 12/0101#heating"), {}};
        case Instant:
            return {N_("a date and time with its offset such as 2026-11-23T09:00:00+08:00, and a "
                       "day that exists"),
                    {}};
        case Date:
            return {N_("a day that exists, written such as 2026-11-23"), {}};
        case TimeOfDay:
            return {N_("a time from 00:00 to 24:00, written with two digits each"), {}};
        case TelephoneNumber:
            return {N_("a telephone number of digits, spaces and hyphens"), {}};
        case ObjectReference:
            return {N_("the name of a file in this folder or below: letters A to Z, digits, _, - "
                       "and ., with / between folders"),
                    {}};
        case Choice:
            return {N_("one of the values that are listed in the manual"), {}};
        case Weekdays:
            return {N_("days of the week, each one of mon tue wed thu fri sat sun, with spaces "
                       "between"),
                    {}};
        case Boolean:
            return {N_("true or false"), {}};
        case Number:
            return {N_("a number from 0 to 65535"), {}};
        case ByteCount:
            return {N_("a number of bytes"), {}};
        case MediaType:
            return {N_("a media type such as image/png"), {}};
        case Initials:
            return {N_("small letters and digits"), {}};
        case WebAddress:
            return {N_("an address that begins with http:// or https://"), {}};
    }
    return {};
}

void tidy_white_space(std::string& text) {
    if (!needs_tidying(text)) return;
    std::size_t out = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_space(text[i])) {
            text[out++] = text[i++];
            continue;
        }
        std::size_t end = i;
        bool breaks_line = false;
        for (; end < text.size() && is_space(text[end]); ++end)
            breaks_line |= text[end] != ' ';
        bool at_an_end = out == 0 || end == text.size();
        bool between_han = !at_an_end && (text[out - 1] & 0x80) && (text[end] & 0x80);
        if (!at_an_end && breaks_line && !between_han) text[out++] = ' ';
        if (!at_an_end && !breaks_line)
            for (; i < end; ++i)
                text[out++] = ' ';
        i = end;
    }
    text.resize(out);
}

}  // namespace linli::content
