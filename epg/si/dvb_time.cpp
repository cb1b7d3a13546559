#include "epg/si/dvb_time.h"

#include <algorithm>

namespace linli::epg {

using namespace std::chrono;

namespace {

constexpr sys_days kDayZero = year(1858) / November / 17;
/// 14 June 1993: DVB is younger.
constexpr int kFirstDay = 0xC000;
constexpr int kDaysOfAnEra = 0x10000;

/// -1 where a digit is past nine.
int two_digits(std::uint8_t byte) {
    int high = byte >> 4, low = byte & 0x0F;
    return high > 9 || low > 9 ? -1 : 10 * high + low;
}

bool is_undefined(Bytes bytes) {
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0xFF; });
}

}  // namespace

std::optional<std::uint64_t> read_bcd(Bytes digits) {
    std::uint64_t value = 0;
    for (std::uint8_t byte : digits) {
        int two = two_digits(byte);
        if (two < 0) return std::nullopt;
        value = 100 * value + static_cast<std::uint64_t>(two);
    }
    return value;
}

TimeField read_time(Bytes five, sys_seconds& time) {
    if (five.size() < 5) return TimeField::Bad;
    int hour = two_digits(five[2]), minute = two_digits(five[3]), second = two_digits(five[4]);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return is_undefined(five.first(5)) ? TimeField::Undefined : TimeField::Bad;
    int day = five[0] << 8 | five[1];
    if (day < kFirstDay) day += kDaysOfAnEra;
    time = kDayZero + days(day) + hours(hour) + minutes(minute) + seconds(second);
    return TimeField::Good;
}

TimeField read_duration(Bytes three, seconds& duration) {
    if (three.size() < 3) return TimeField::Bad;
    int hour = two_digits(three[0]), minute = two_digits(three[1]), second = two_digits(three[2]);
    if (hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return is_undefined(three.first(3)) ? TimeField::Undefined : TimeField::Bad;
    duration = hours(hour) + minutes(minute) + seconds(second);
    return TimeField::Good;
}

std::optional<minutes> read_offset(Bytes two) {
    if (two.size() < 2) return std::nullopt;
    int hour = two_digits(two[0]), minute = two_digits(two[1]);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
    return hours(hour) + minutes(minute);
}

}  // namespace linli::epg
