#include "middleware/net/http_date.h"

#include <array>

#include "middleware/base/format.h"

namespace linli::net {

using namespace std::chrono;

std::string format_http_date(sys_seconds time) {
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto day = floor<days>(time);
    year_month_day date(day);
    hh_mm_ss clock(time - day);
    return base::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[weekday(day).c_encoding()],
                        static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                        static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                        clock.seconds().count());
}

}  // namespace linli::net
