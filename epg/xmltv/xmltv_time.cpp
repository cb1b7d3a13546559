#include "epg/xmltv/xmltv_time.h"

#include <algorithm>

namespace linli::epg {

using namespace std::chrono;

namespace {

struct NamedZone {
    std::string_view name;
    int minutes_east;
};

// As grabbers write them; CST is China's here, and CEST and the American ones are what nobody else uses.
constexpr NamedZone kZones[] = {
    {"Z", 0},      {"UTC", 0},    {"GMT", 0},     {"WET", 0},     {"BST", 60},    {"WEST", 60},  {"CET", 60},
    {"CEST", 120}, {"EET", 120},  {"EEST", 180},  {"MSK", 180},   {"CST", 480},   {"HKT", 480},  {"SGT", 480},
    {"JST", 540},  {"KST", 540},  {"EST", -300},  {"EDT", -240},  {"CDT", -300},  {"MST", -420}, {"MDT", -360},
    {"PST", -480}, {"PDT", -420},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A number of fixed width off the front; `absent` where the digits have ended.
int take_number(std::string_view& text, std::size_t width, int absent) {
    if (text.size() < width || !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(width), is_digit)) return absent;
    int number = 0;
    for (char c : text.substr(0, width)) number = number * 10 + (c - '0');
    text.remove_prefix(width);
    return number;
}

/// "+0800", "-05:00", "+8"; nothing where it is none.
std::optional<minutes> parse_offset(std::string_view text) {
    bool is_west = text.front() == '-';
    text.remove_prefix(1);
    int hour = take_number(text, 2, -1);
    if (hour < 0) hour = take_number(text, 1, -1);
    if (text.starts_with(':')) text.remove_prefix(1);
    int minute = take_number(text, 2, 0);
    if (hour < 0 || hour > 14 || minute > 59 || !text.empty()) return std::nullopt;
    minutes offset = hours(hour) + minutes(minute);
    return is_west ? -offset : offset;
}

std::optional<minutes> parse_zone(std::string_view text, minutes untold) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (text.empty()) return untold;
    if (text.front() == '+' || text.front() == '-') return parse_offset(text);
    auto named = std::ranges::find(kZones, text, &NamedZone::name);
    // A zone that nobody knows is none: better an hour wrong than no programme.
    return named == std::end(kZones) ? untold : minutes(named->minutes_east);
}

}  // namespace

std::optional<sys_seconds> parse_xmltv_time(std::string_view text, minutes untold) {
    int y = take_number(text, 4, 0);
    int m = take_number(text, 2, 0);
    int d = take_number(text, 2, 0);
    int hour = take_number(text, 2, 0);
    int minute = take_number(text, 2, 0);
    int second = take_number(text, 2, 0);
    year_month_day date = year(y) / m / d;
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    auto zone = parse_zone(text, untold);
    if (!zone) return std::nullopt;
    return sys_days(date) + hours(hour) + minutes(minute) + seconds(second) - *zone;
}

}  // namespace linli::epg
