#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/booking/transitions.h"
#include "platform/booking/zone.h"

namespace linli::platform {

/// When and how a service can be booked, as its office says (docs/platform.md has the file format).
struct Schedule {
    content::ItemKey service;
    std::string name, place, address, telephone;
    std::vector<std::string> bring;
    /// Weekly opening; a lunch break is the gap between two. Holidays and make-up days come from `Holidays`.
    content::Hours hours;
    /// A slot of this length begins at each full multiple of it from an opening on, and ends before its end.
    std::chrono::minutes slot{30};
    int places = 1;
    /// How many days ahead can be booked, today included.
    int horizon_days = 28;
    /// Booking ends this long before a slot's start; changing and cancelling too.
    std::chrono::minutes book_until{120}, cancel_until{24 * 60};
    /// Open appointments of this service that one person may have.
    int quota = 1;
    Confirmation confirmation = Confirmation::Automatic;
    bool has_waiting_list = false;
    /// How long a place is kept for one who has chosen it, and for one whom it was offered to.
    std::chrono::seconds hold{300}, offer{24 * 3600};
    /// A reminder on the screen does not name the service.
    bool is_discreet = false;
};

/// Public holidays and the make-up working days (调休) that go with them, by date.
struct Holidays {
    struct Day {
        std::string name;
        /// False: a weekend day that is worked, with Monday's hours.
        bool is_off = true;
    };
    std::map<std::chrono::year_month_day, Day> days;
};

/// One slot that a schedule plans.
struct PlannedSlot {
    std::chrono::sys_seconds start;
    std::chrono::minutes length{0};
    int places = 0;
};

/// A time that an office keeps for something else, whatever its hours say.
struct ClosedTime {
    std::chrono::sys_seconds begin, end;
    std::string reason;
};

/// The slots of a day, or why there are none (closed, holiday) for the `days` answer. Hours are those of the zone's
/// clocks: on the days when clocks change, a slot that does not exist is left out and one that exists twice stands once.
/// The office's own exceptions go before the holidays, those before the week. Slots never overlap, and none lies in a
/// closed time.
struct PlannedDay {
    std::vector<PlannedSlot> slots;
    std::string closed;
};
PlannedDay plan_day(const Schedule& schedule, const Holidays& holidays, std::chrono::year_month_day day,
                    const Zone& zone, std::span<const ClosedTime> closed_times = {});

/// Reads a file of schedules (namespace urn:linli:schedules:1). What it does not know, or cannot be, is refused with line
/// and column.
base::Result<std::vector<Schedule>> read_schedules(std::string_view xml);
/// Reads the JSON of github.com/NateScarlet/holiday-cn: a list "days" of {"name", "date", "isOffDay"}. An error begins
/// with the line.
base::Result<Holidays> read_holidays(std::string_view json);

}  // namespace linli::platform
