#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "middleware/base/result.h"

namespace date {
class time_zone;
}

namespace linli::platform {

/// A time zone of the system's tz database, whatever the zone of the process. A cheap value; safe from every thread.
class Zone {
  public:
    /// For example "Asia/Shanghai".
    static base::Result<Zone> find(const std::string& name);

    const std::string& name() const;
    /// When the clocks show `clock` (00:00 to 24:00) on a date: nothing where they skip it, the first time where they
    /// show it twice.
    std::optional<std::chrono::sys_seconds> at(std::chrono::year_month_day date, std::chrono::minutes clock) const;
    std::chrono::year_month_day date_of(std::chrono::sys_seconds time) const;
    /// The first moment of a date.
    std::chrono::sys_seconds begin_of(std::chrono::year_month_day date) const;

    /// "2026-11-27" and "09:30", as calendar and clock show a time there.
    std::string date_text(std::chrono::sys_seconds time) const;
    std::string clock_text(std::chrono::sys_seconds time) const;

  private:
    explicit Zone(const date::time_zone* zone) : zone_(zone) {}
    const date::time_zone* zone_;
};

}  // namespace linli::platform
