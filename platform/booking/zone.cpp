#include "platform/booking/zone.h"

#include <date/tz.h>

#include "middleware/base/format.h"

namespace linli::platform {

using namespace std::chrono;

namespace {

date::local_seconds local(year_month_day day, minutes clock) {
    return date::local_seconds(sys_days(day).time_since_epoch() + clock);
}

}  // namespace

base::Result<Zone> Zone::find(const std::string& name) {
    // The library throws for a name that it does not know.
    try {
        return Zone(date::locate_zone(name));
    } catch (const std::exception&) {
        return base::fail(base::format("the time zone \"{}\" is not known here, expected one such as Asia/Shanghai", name));
    }
}

const std::string& Zone::name() const { return zone_->name(); }

std::optional<sys_seconds> Zone::at(year_month_day day, minutes clock) const {
    date::local_info info = zone_->get_info(local(day, clock));
    if (info.result == date::local_info::nonexistent) return std::nullopt;
    return sys_seconds(local(day, clock).time_since_epoch() - info.first.offset);
}

year_month_day Zone::date_of(sys_seconds time) const {
    return sys_days(floor<days>(time + zone_->get_info(time).offset));
}

std::string Zone::date_text(sys_seconds time) const {
    year_month_day day = date_of(time);
    return base::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                        static_cast<unsigned>(day.day()));
}

std::string Zone::clock_text(sys_seconds time) const {
    hh_mm_ss clock(time + zone_->get_info(time).offset - floor<days>(time + zone_->get_info(time).offset));
    return base::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
}

sys_seconds Zone::begin_of(year_month_day day) const {
    date::local_info info = zone_->get_info(local(day, minutes(0)));
    // Where the clocks skip midnight the day begins with the change.
    if (info.result == date::local_info::nonexistent) return info.first.end;
    return sys_seconds(local(day, minutes(0)).time_since_epoch() - info.first.offset);
}

}  // namespace linli::platform
