#include "platform/importers/hours_text.h"

#include <algorithm>
#include <string>
#include <utility>

#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

using namespace std::chrono;

constexpr std::uint8_t kEveryDay = 0x7F;
constexpr minutes kMidnight = hours(24);

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// What else stands for a sign or word of the grammar. Longer ones first.
constexpr std::pair<std::string_view, std::string_view> kSame[] = {{"：", ":"},
                                                                   {"—", "-"},
                                                                   {"–", "-"},
                                                                   {"－", "-"},
                                                                   {"～", "-"},
                                                                   {"~", "-"},
                                                                   {"至", "-"},
                                                                   {"到", "-"},
                                                                   {"，", ","},
                                                                   {"、", ","},
                                                                   {"；", ";"},
                                                                   {"\n", ";"},
                                                                   {"（", " "},
                                                                   {"）", " "},
                                                                   {"(", " "},
                                                                   {")", " "},
                                                                   {"星期", "周"},
                                                                   {"礼拜", "周"},
                                                                   {"24小时", "0:00-24:00"},
                                                                   {"24 hours", "0:00-24:00"},
                                                                   {"全天", "0:00-24:00"},
                                                                   {"点半", ":30"},
                                                                   {"点", ":00"},
                                                                   {"周一", "mon"},
                                                                   {"周二", "tue"},
                                                                   {"周三", "wed"},
                                                                   {"周四", "thu"},
                                                                   {"周五", "fri"},
                                                                   {"周六", "sat"},
                                                                   {"-二", "-tue"},
                                                                   {"-三", "-wed"},
                                                                   {"-四", "-thu"},
                                                                   {"-五", "-fri"},
                                                                   {"-六", "-sat"},
                                                                   {"-日", "-sun"},
                                                                   {"周日", "sun"},
                                                                   {"周天", "sun"},
                                                                   {"每天", "mon-sun"},
                                                                   {"每日", "mon-sun"},
                                                                   {"工作日", "mon-fri"},
                                                                   {"周末", "sat-sun"},
                                                                   {"monday", "mon"},
                                                                   {"tuesday", "tue"},
                                                                   {"wednesday", "wed"},
                                                                   {"thursday", "thu"},
                                                                   {"friday", "fri"},
                                                                   {"saturday", "sat"},
                                                                   {"sunday", "sun"},
                                                                   {"tues", "tue"},
                                                                   {"thurs", "thu"},
                                                                   {"thur", "thu"},
                                                                   {"every day", "mon-sun"},
                                                                   {"daily", "mon-sun"},
                                                                   {"weekdays", "mon-fri"},
                                                                   {"weekends", "sat-sun"},
                                                                   {" to ", "-"},
                                                                   {" until ", "-"},
                                                                   {" and ", ","},
                                                                   {"&", ","},
                                                                   {"closed", "x"},
                                                                   {"休息", "x"},
                                                                   {"上午", " "},
                                                                   {"营业", " "}};

std::string simplify(std::string_view text) {
    std::string out = lower_case(text);
    for (const auto& [word, meaning] : kSame)
        for (auto at = out.find(word); at != out.npos; at = out.find(word, at + meaning.size()))
            out.replace(at, word.size(), meaning);
    return out;
}

class HoursReader {
  public:
    explicit HoursReader(std::string_view text) : rest_(text) {}

    std::optional<content::Hours> read() {
        while (skip(" ;,.")) {
            auto days = read_days();
            if (!days) return std::nullopt;
            skip(" :,");
            if (accept("x")) continue;
            do {
                skip(" ");
                if (!read_times(*days)) return std::nullopt;
                skip(" ");
            } while (rest_.starts_with(',') && begins_with_time(rest_.substr(1)) && accept(","));
        }
        if (hours_.empty()) return std::nullopt;
        return std::move(hours_);
    }

  private:
    /// False at the end.
    bool skip(std::string_view signs) {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(signs), rest_.size()));
        return !rest_.empty();
    }
    bool accept(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    static bool begins_with_time(std::string_view text) {
        text = trim(text);
        return !text.empty() && is_digit(text.front());
    }

    std::optional<int> read_day() {
        constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
        for (int day = 0; day < 7; ++day)
            if (accept(kDays[day])) return day;
        return std::nullopt;
    }

    /// Every day where there is none.
    std::optional<std::uint8_t> read_days() {
        if (begins_with_time(rest_)) return kEveryDay;
        std::uint8_t days = 0;
        do {
            skip(" ");
            auto first = read_day();
            if (!first) return std::nullopt;
            int last = *first;
            skip(" .");
            if (rest_.starts_with('-')) {
                accept("-");
                skip(" ");
                auto end = read_day();
                if (!end) return std::nullopt;
                last = *end;
                skip(" .");
            }
            for (int day = *first;; day = (day + 1) % 7) {
                days |= static_cast<std::uint8_t>(1u << day);
                if (day == last) break;
            }
        } while (rest_.starts_with(',') && !begins_with_time(rest_.substr(1)) && accept(","));
        return days;
    }

    bool read_times(std::uint8_t days) {
        auto from = take_time();
        skip(" ");
        if (!from || !accept("-")) return false;
        skip(" ");
        auto until = take_time();
        if (!until || *from == *until || *from >= kMidnight) return false;
        add_hours(hours_, days, *from, *until);
        return true;
    }

    std::optional<minutes> take_time() {
        std::size_t end = std::min(rest_.find_first_not_of("0123456789:."), rest_.size());
        std::string_view after = rest_.substr(end);
        std::string_view unpadded =
            after.substr(std::min(after.find_first_not_of(' '), after.size()));
        if (unpadded.starts_with("am") || unpadded.starts_with("pm"))
            end = rest_.size() - unpadded.size() + 2;
        auto time = read_time_of_day(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return time;
    }

    std::string_view rest_;
    content::Hours hours_;
};

}  // namespace

void add_hours(content::Hours& hours, std::uint8_t days, minutes from, minutes until) {
    if (until > from) {
        hours.open.push_back({days, from, until});
        return;
    }
    hours.open.push_back({days, from, kMidnight});
    auto next_days = static_cast<std::uint8_t>(((days << 1) | (days >> 6)) & kEveryDay);
    if (until > minutes(0)) hours.open.push_back({next_days, minutes(0), until});
}

std::optional<minutes> read_time_of_day(std::string_view text) {
    std::string simple = lower_case(trim(text));
    std::string_view rest = simple;
    bool is_afternoon = rest.ends_with("pm");
    bool is_morning = rest.ends_with("am");
    if (is_afternoon || is_morning) rest = trim(rest.substr(0, rest.size() - 2));
    int parts[3] = {0, 0, 0};
    for (int i = 0; i < 3; ++i) {
        if (rest.empty() || !is_digit(rest.front())) return std::nullopt;
        std::size_t digits = 0;
        for (; digits < 2 && digits < rest.size() && is_digit(rest[digits]); ++digits)
            parts[i] = parts[i] * 10 + (rest[digits] - '0');
        rest.remove_prefix(digits);
        if (rest.empty()) break;
        if (rest.front() != ':' && rest.front() != '.') return std::nullopt;
        rest.remove_prefix(1);
    }
    int hour = parts[0];
    if ((is_afternoon || is_morning) && (hour < 1 || hour > 12)) return std::nullopt;
    if (is_afternoon && hour < 12) hour += 12;
    if (is_morning && hour == 12) hour = 0;
    minutes time = hours(hour) + minutes(parts[1]);
    if (!rest.empty() || parts[1] > 59 || time > kMidnight) return std::nullopt;
    return time;
}

std::optional<content::Hours> read_hours_text(std::string_view text) {
    std::string simple = simplify(trim(text));
    return HoursReader(simple).read();
}

}  // namespace linli::platform
