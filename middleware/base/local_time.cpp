#include "middleware/base/local_time.h"

#include <cstdlib>
#include <ctime>

#include "middleware/base/format.h"

namespace linli::base {

using namespace std::chrono;

namespace {

/// Reads fixed-width numbers and punctuation from the front of a text; the first mistake sticks.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    int number(std::size_t digits) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') {
                failed_ = true;
                return 0;
            }
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }
    bool accept(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!accept(c)) failed_ = true;
    }
    void skip_digits() {
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') rest_.remove_prefix(1);
    }
    bool at_end() const { return rest_.empty(); }
    bool failed() const { return failed_; }

  private:
    std::string_view rest_;
    bool failed_ = false;
};

year_month_day scan_date(Scanner& scanner) {
    int y = scanner.number(4);
    scanner.expect('-');
    int m = scanner.number(2);
    scanner.expect('-');
    int d = scanner.number(2);
    return year(y) / m / d;
}

}  // namespace

void set_time_zone(const std::string& name) {
    ::setenv("TZ", name.c_str(), 1);
    ::tzset();
}

LocalTime to_local(sys_seconds time) {
    std::time_t seconds_since_epoch = time.time_since_epoch().count();
    std::tm broken{};
    ::localtime_r(&seconds_since_epoch, &broken);
    return LocalTime{
        year(broken.tm_year + 1900) / (broken.tm_mon + 1) / broken.tm_mday,
        weekday(static_cast<unsigned>(broken.tm_wday)),
        broken.tm_hour,
        broken.tm_min,
        broken.tm_sec,
    };
}

sys_seconds from_local(year_month_day date, int hour, int minute) {
    std::tm broken{};
    broken.tm_year = static_cast<int>(date.year()) - 1900;
    broken.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    broken.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
    broken.tm_hour = hour;
    broken.tm_min = minute;
    broken.tm_isdst = -1;
    return sys_seconds(seconds(::mktime(&broken)));
}

std::optional<sys_seconds> parse_instant(std::string_view text) {
    Scanner scanner(text);
    year_month_day date = scan_date(scanner);
    scanner.expect('T');
    int hour = scanner.number(2);
    scanner.expect(':');
    int minute = scanner.number(2);
    scanner.expect(':');
    int second = scanner.number(2);
    if (scanner.accept('.')) {
        scanner.number(1);
        scanner.skip_digits();
    }
    seconds offset(0);
    if (!scanner.accept('Z')) {
        bool is_west = scanner.accept('-');
        if (!is_west) scanner.expect('+');
        int offset_hour = scanner.number(2);
        scanner.expect(':');
        int offset_minute = scanner.number(2);
        if (offset_minute > 59 || offset_hour * 60 + offset_minute > 14 * 60) return std::nullopt;
        offset = hours(offset_hour) + minutes(offset_minute);
        if (is_west) offset = -offset;
    }
    if (scanner.failed() || !scanner.at_end() || !date.ok()) return std::nullopt;
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return sys_days(date) + hours(hour) + minutes(minute) + seconds(second) - offset;
}

std::string format_instant(sys_seconds time) {
    auto day = floor<days>(time);
    year_month_day date(day);
    hh_mm_ss clock(time - day);
    return format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<year_month_day> parse_date(std::string_view text) {
    Scanner scanner(text);
    year_month_day date = scan_date(scanner);
    if (scanner.failed() || !scanner.at_end() || !date.ok()) return std::nullopt;
    return date;
}

}  // namespace linli::base
