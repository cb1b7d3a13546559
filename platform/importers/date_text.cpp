#include "platform/importers/date_text.h"

#include <algorithm>
#include <string>
#include <utility>

#include "middleware/base/local_time.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

using namespace std::chrono;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Takes words, numbers and signs off the front of a text.
class Words {
  public:
    explicit Words(std::string_view text) : rest_(trim(text)) {}

    void skip_space() {
        rest_ = rest_.substr(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
    }
    std::string word() {
        auto end =
            static_cast<std::size_t>(std::ranges::find_if_not(rest_, is_letter) - rest_.begin());
        std::string word = lower_case(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return word;
    }
    /// A number of at least `least` and at most `most` digits.
    std::optional<int> number(std::size_t least, std::size_t most) {
        std::size_t digits = 0;
        int value = 0;
        while (digits < most && digits < rest_.size() && is_digit(rest_[digits]))
            value = value * 10 + (rest_[digits++] - '0');
        if (digits < least) return std::nullopt;
        rest_.remove_prefix(digits);
        return value;
    }
    bool accept(std::string_view sign) {
        if (!rest_.starts_with(sign)) return false;
        rest_.remove_prefix(sign.size());
        return true;
    }
    void skip_fraction() {
        if (!rest_.starts_with('.') && !rest_.starts_with(',')) return;
        rest_.remove_prefix(1);
        while (!rest_.empty() && is_digit(rest_.front()))
            rest_.remove_prefix(1);
    }
    bool at_end() const { return rest_.empty(); }
    char front() const { return rest_.empty() ? '\0' : rest_.front(); }

  private:
    std::string_view rest_;
};

std::optional<unsigned> month_of(std::string_view word) {
    constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                            "jul", "aug", "sep", "oct", "nov", "dec"};
    auto found = std::ranges::find(kMonths, word.substr(0, 3));
    if (found == std::end(kMonths)) return std::nullopt;
    return static_cast<unsigned>(found - kMonths) + 1;
}

/// The names that RFC 822 knows, in hours.
std::optional<int> zone_of(std::string_view word) {
    constexpr std::pair<std::string_view, int> kZones[] = {
        {"z", 0},    {"gmt", 0},  {"utc", 0},  {"ut", 0},   {"est", -5}, {"edt", -4},
        {"cst", -6}, {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}};
    auto found = std::ranges::find(kZones, word, &std::pair<std::string_view, int>::first);
    if (found == std::end(kZones)) return std::nullopt;
    return found->second;
}

/// "2026-11-07", "2026/11/7", "2026.11.7", "2026年11月7日"
std::optional<year_month_day> numbered_day(Words& words) {
    auto y = words.number(4, 4);
    if (!y) return std::nullopt;
    auto separate = [&](std::string_view han) {
        return words.accept("-") || words.accept("/") || words.accept(".") || words.accept(han);
    };
    if (!separate("年")) return std::nullopt;
    auto m = words.number(1, 2);
    if (!m || !separate("月")) return std::nullopt;
    auto d = words.number(1, 2);
    if (!d) return std::nullopt;
    words.accept("日");
    return year(*y) / *m / *d;
}

/// "Sat, 07 Nov 2026"
std::optional<year_month_day> named_day(Words& words) {
    if (!words.word().empty()) {
        words.accept(",");
        words.skip_space();
    }
    auto d = words.number(1, 2);
    words.skip_space();
    words.accept("-");
    auto m = month_of(words.word());
    words.skip_space();
    words.accept("-");
    auto y = words.number(2, 4);
    if (!d || !m || !y) return std::nullopt;
    if (*y < 100) *y += *y < 70 ? 2000 : 1900;
    return year(*y) / static_cast<int>(*m) / *d;
}

std::optional<seconds> time_of_day(Words& words) {
    auto h = words.number(1, 2);
    if (!h || !words.accept(":")) return std::nullopt;
    auto m = words.number(2, 2);
    std::optional<int> s = 0;
    if (words.accept(":")) s = words.number(2, 2);
    words.skip_fraction();
    if (!m || !s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
    return hours(*h) + minutes(*m) + seconds(std::min(*s, 59));
}

std::optional<seconds> zone(Words& words) {
    bool is_west = words.front() == '-';
    if (!words.accept("+") && !words.accept("-")) {
        auto named = zone_of(words.word());
        return named ? std::optional<seconds>(hours(*named)) : std::nullopt;
    }
    auto h = words.number(2, 2);
    words.accept(":");
    auto m = words.number(2, 2);
    if (!h || !m || *m > 59 || *h > 14) return std::nullopt;
    seconds offset = hours(*h) + minutes(*m);
    return is_west ? -offset : offset;
}

}  // namespace

std::optional<sys_seconds> read_date_text(std::string_view text) {
    Words words(text);
    auto day = is_digit(words.front()) ? numbered_day(words) : std::nullopt;
    if (!day) {
        words = Words(text);
        day = named_day(words);
    }
    if (!day || !day->ok()) return std::nullopt;
    words.skip_space();
    if (!words.accept("T")) words.accept("t");
    words.skip_space();
    if (words.at_end()) return base::from_local(*day, 0, 0);
    auto time = time_of_day(words);
    if (!time) return std::nullopt;
    words.skip_space();
    if (words.at_end()) {
        hh_mm_ss clock(*time);
        return base::from_local(*day, static_cast<int>(clock.hours().count()),
                                static_cast<int>(clock.minutes().count())) +
               clock.seconds();
    }
    auto offset = zone(words);
    if (!offset || !words.at_end()) return std::nullopt;
    return sys_days(*day) + *time - *offset;
}

}  // namespace linli::platform
