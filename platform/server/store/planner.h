#pragma once

#include <span>

#include "platform/booking/schedule.h"
#include "platform/server/sql/sql_pool.h"
#include "platform/server/store/rows.h"

/// Schedules in the database, and the slots that they plan.
namespace linli::platform {

/// Puts the schedule in the place of the one of its service and plans all of its slots anew.
SqlResult<void> put_schedule(SqlConnection& sql, const Schedule& schedule, const Zone& zone, std::chrono::sys_seconds now);
/// Adds the days to the calendar; a day that it has is replaced. False where that changed nothing.
SqlResult<bool> put_holidays(SqlConnection& sql, const Holidays& holidays);
/// Puts the times in the place of the service's closed times.
SqlResult<void> put_closed_times(SqlConnection& sql, std::string_view service, std::span<const ClosedTime> times);
/// Plans all slots of a service anew, by the schedule in the database.
SqlResult<void> plan_anew(SqlConnection& sql, std::string_view service, const Zone& zone, std::chrono::sys_seconds now);
/// Plans the days that have come into the horizon since, and leaves the others as they are.
SqlResult<void> plan_new_days(SqlConnection& sql, std::string_view service, const Zone& zone,
                              std::chrono::sys_seconds now);

}  // namespace linli::platform
