#include <algorithm>

#include "platform/booking/schedule.h"

namespace linli::platform {

using namespace std::chrono;

namespace {

struct Opening {
    minutes from{0};
    minutes until{0};
};

struct OpenDay {
    std::vector<Opening> openings;
    std::string closed;
};

std::vector<Opening> weekly(const content::Hours& hours, weekday day) {
    unsigned bit = 1u << (day.iso_encoding() - 1);
    std::vector<Opening> openings;
    for (const auto& open : hours.open)
        if (open.days & bit) openings.push_back({open.from, open.until});
    return openings;
}

/// An office's own exceptions go before the holidays, and those before the week.
OpenDay openings_of(const content::Hours& hours, const Holidays& holidays, year_month_day day) {
    OpenDay open;
    bool is_exception = false;
    for (const auto& exception : hours.exceptions) {
        if (day < exception.first || exception.last < day) continue;
        if (!exception.from || !exception.until) return {{}, exception.reason};
        open.openings.push_back({*exception.from, *exception.until});
        is_exception = true;
    }
    if (is_exception) return open;
    auto holiday = holidays.days.find(day);
    if (holiday == holidays.days.end()) return {weekly(hours, weekday(sys_days(day))), ""};
    if (holiday->second.is_off) return {{}, holiday->second.name};
    return {weekly(hours, Monday), ""};
}

}  // namespace

PlannedDay plan_day(const Schedule& schedule, const Holidays& holidays, year_month_day day, const Zone& zone,
                    std::span<const ClosedTime> closed_times) {
    auto [openings, closed] = openings_of(schedule.hours, holidays, day);
    std::ranges::sort(openings, {}, &Opening::from);
    PlannedDay planned{{}, std::move(closed)};
    for (const Opening& opening : openings) {
        for (minutes clock = opening.from; clock + schedule.slot <= opening.until; clock += schedule.slot) {
            auto start = zone.at(day, clock);
            if (!start) continue;
            auto is_in_it = [&](const ClosedTime& time) { return time.begin < *start + schedule.slot && *start < time.end; };
            if (auto time = std::ranges::find_if(closed_times, is_in_it); time != closed_times.end()) {
                planned.closed = time->reason;
                continue;
            }
            // Clocks that went forward within a slot, and openings that overlap, must not make slots that do.
            if (!planned.slots.empty() && *start < planned.slots.back().start + planned.slots.back().length) continue;
            planned.slots.push_back({*start, schedule.slot, schedule.places});
        }
    }
    if (!planned.slots.empty()) planned.closed.clear();
    return planned;
}

}  // namespace linli::platform
