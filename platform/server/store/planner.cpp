// Slots follow their office's hours. Those that have appointments outlive the hours that made them: they close, and go when
// the hours are planned anew and nobody is left. New slots that lie beside one leave it the places that it still takes.

#include "platform/server/store/planner.h"

#include <algorithm>
#include <map>

#include "middleware/base/format.h"
#include "middleware/base/result.h"
#include "platform/server/store/places.h"

namespace linli::platform {

using namespace std::chrono;

namespace {

std::optional<std::int64_t> to_number(const std::optional<minutes>& clock) {
    return clock ? std::optional<std::int64_t>(clock->count()) : std::nullopt;
}
std::optional<minutes> to_clock(const SqlRow& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional(minutes(row.integer(column)));
}

SqlResult<void> put_rules(SqlConnection& sql, const Schedule& schedule) {
    LINLI_CHECK(sql.query(
        "INSERT INTO service (key, area, name, place, address, telephone, bring, minutes, places, horizon_days, book_until,"
        " cancel_until, quota, confirmation, has_waiting_list, hold, offer, is_discreet, planned_until)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 0)"
        " ON CONFLICT (key) DO UPDATE SET name = $3, place = $4, address = $5, telephone = $6, bring = $7, minutes = $8,"
        " places = $9, horizon_days = $10, book_until = $11, cancel_until = $12, quota = $13, confirmation = $14,"
        " has_waiting_list = $15, hold = $16, offer = $17, is_discreet = $18",
        {schedule.service.str(), schedule.service.area.str(), schedule.name, schedule.place, schedule.address,
         schedule.telephone, join_lines(schedule.bring), schedule.slot.count(), schedule.places, schedule.horizon_days,
         seconds(schedule.book_until).count(), seconds(schedule.cancel_until).count(), schedule.quota,
         to_name(schedule.confirmation), schedule.has_waiting_list, schedule.hold.count(), schedule.offer.count(),
         schedule.is_discreet}));
    return {};
}

SqlResult<void> put_hours(SqlConnection& sql, const Schedule& schedule) {
    std::string key = schedule.service.str();
    LINLI_CHECK(sql.query("DELETE FROM opening WHERE service = $1", {key}));
    LINLI_CHECK(sql.query("DELETE FROM opening_exception WHERE service = $1", {key}));
    for (const auto& open : schedule.hours.open)
        LINLI_CHECK(sql.query("INSERT INTO opening VALUES ($1, $2, $3, $4)",
                              {key, open.days, open.from.count(), open.until.count()}));
    for (const auto& exception : schedule.hours.exceptions)
        LINLI_CHECK(sql.query("INSERT INTO opening_exception VALUES ($1, $2, $3, $4, $5, $6)",
                              {key, to_day(exception.first), to_day(exception.last), to_number(exception.from),
                               to_number(exception.until), exception.reason}));
    return {};
}

/// What planning needs of a schedule, and until which day (without it) it has been planned.
struct StoredSchedule {
    Schedule schedule;
    Holidays holidays;
    std::int64_t planned_until = 0;
    std::vector<ClosedTime> closed_times;
};

SqlResult<content::Hours> read_hours(SqlConnection& sql, std::string_view service) {
    content::Hours hours;
    LINLI_TRY(openings, sql.query("SELECT days, from_minute, until_minute FROM opening WHERE service = $1", {service}));
    for (const SqlRow& row : openings)
        hours.open.push_back(
            {static_cast<std::uint8_t>(row.integer(0)), minutes(row.integer(1)), minutes(row.integer(2))});
    LINLI_TRY(exceptions, sql.query("SELECT first, last, from_minute, until_minute, reason FROM opening_exception"
                                    " WHERE service = $1",
                                    {service}));
    for (const SqlRow& row : exceptions)
        hours.exceptions.push_back(
            {from_day(row.integer(0)), from_day(row.integer(1)), to_clock(row, 2), to_clock(row, 3), row.text(4)});
    return hours;
}

/// Nobody else plans the service until the end of the transaction.
SqlResult<std::optional<StoredSchedule>> lock_schedule(SqlConnection& sql, std::string_view service, std::int64_t today) {
    LINLI_TRY(rows, sql.query(base::format("SELECT minutes, places, horizon_days, planned_until FROM service WHERE key = $1{}",
                                           sql.for_update()),
                              {service}));
    if (rows.empty()) return std::nullopt;
    auto area = content::AreaCode::parse(service.substr(0, service.find('#')));
    if (!area) return std::nullopt;
    StoredSchedule stored{{{*area, std::string(service.substr(service.find('#') + 1))}}, {}, rows[0].integer(3)};
    stored.schedule.slot = minutes(rows[0].integer(0));
    stored.schedule.places = static_cast<int>(rows[0].integer(1));
    stored.schedule.horizon_days = static_cast<int>(rows[0].integer(2));
    LINLI_TRY(hours, read_hours(sql, service));
    stored.schedule.hours = std::move(hours);
    LINLI_TRY(days, sql.query("SELECT day, name, is_off FROM holiday WHERE day >= $1", {today}));
    for (const SqlRow& row : days)
        stored.holidays.days[from_day(row.integer(0))] = {row.text(1), row.integer(2) != 0};
    LINLI_TRY(times, sql.query("SELECT begin_at, end_at, reason FROM closed_time WHERE service = $1 ORDER BY begin_at", {service}));
    for (const SqlRow& row : times) stored.closed_times.push_back({row.time(0), row.time(1), row.text(2)});
    return stored;
}

struct ExistingSlot {
    std::int64_t id = 0;
    sys_seconds start, end;
    std::int64_t taken = 0;
};

/// What of the service's slots from `begin` on is not in the plan: goes, or closes where it has appointments.
SqlResult<std::vector<ExistingSlot>> close_unplanned(SqlConnection& sql, std::string_view service, sys_seconds begin,
                                                     const std::map<sys_seconds, PlannedSlot>& plan) {
    LINLI_TRY(rows, sql.query(base::format("SELECT id, start, minutes, taken FROM slot WHERE service = $1 AND start > $2"
                                           " ORDER BY id{}",
                                           sql.for_update()),
                              {service, begin}));
    std::vector<ExistingSlot> kept;
    for (const SqlRow& row : rows) {
        if (plan.contains(row.time(1))) continue;
        if (row.integer(3) == 0) {
            LINLI_CHECK(sql.query("DELETE FROM slot WHERE id = $1", {row.integer(0)}));
            continue;
        }
        LINLI_CHECK(sql.query("UPDATE slot SET is_open = 0 WHERE id = $1", {row.integer(0)}));
        kept.push_back({row.integer(0), row.time(1), row.time(1) + minutes(row.integer(2)), row.integer(3)});
    }
    return kept;
}

SqlResult<void> put_slot(SqlConnection& sql, std::string_view service, const PlannedSlot& slot, std::int64_t day,
                         const std::vector<ExistingSlot>& kept) {
    std::int64_t places = slot.places;
    for (const ExistingSlot& other : kept)
        if (other.start < slot.start + slot.length && slot.start < other.end) places -= other.taken;
    LINLI_CHECK(sql.query("INSERT INTO slot (service, day, start, minutes, places) VALUES ($1, $2, $3, $4, $5)"
                          " ON CONFLICT (service, start) DO UPDATE SET minutes = $4, places = $5, is_open = 1 - slot.fell_out",
                          {service, day, slot.start, slot.length.count(), std::max<std::int64_t>(places, 0)}));
    return {};
}

/// Plans the days from `first` to the end of the horizon.
SqlResult<void> plan(SqlConnection& sql, const StoredSchedule& stored, std::int64_t first, std::int64_t end,
                     const Zone& zone, sys_seconds now) {
    std::string key = stored.schedule.service.str();
    std::map<sys_seconds, PlannedSlot> slots;
    std::map<sys_seconds, std::int64_t> days;
    for (std::int64_t day = first; day < end; ++day) {
        PlannedDay planned = plan_day(stored.schedule, stored.holidays, from_day(day), zone, stored.closed_times);
        LINLI_CHECK(sql.query("INSERT INTO planned_day (service, day, closed) VALUES ($1, $2, $3)"
                              " ON CONFLICT (service, day) DO UPDATE SET closed = $3",
                              {key, day, planned.closed}));
        for (const PlannedSlot& slot : planned.slots) {
            if (slot.start <= now) continue;
            slots[slot.start] = slot;
            days[slot.start] = day;
        }
    }
    sys_seconds begin = std::max(now, zone.begin_of(from_day(first)) - seconds(1));
    LINLI_TRY(kept, close_unplanned(sql, key, begin, slots));
    for (const auto& [start, slot] : slots) LINLI_CHECK(put_slot(sql, key, slot, days[start], kept));
    LINLI_CHECK(place_imported(sql, key));
    LINLI_CHECK(sql.query("UPDATE service SET planned_until = $2 WHERE key = $1", {key, end}));
    return {};
}

}  // namespace

SqlResult<void> put_schedule(SqlConnection& sql, const Schedule& schedule, const Zone& zone, sys_seconds now) {
    LINLI_CHECK(put_rules(sql, schedule));
    LINLI_CHECK(put_hours(sql, schedule));
    return plan_anew(sql, schedule.service.str(), zone, now);
}

SqlResult<bool> put_holidays(SqlConnection& sql, const Holidays& holidays) {
    bool is_new = false;
    for (const auto& [day, holiday] : holidays.days) {
        LINLI_TRY(changed, sql.query("INSERT INTO holiday (day, name, is_off) VALUES ($1, $2, $3) ON CONFLICT (day)"
                                     " DO UPDATE SET name = $2, is_off = $3 WHERE holiday.name <> $2 OR holiday.is_off <> $3"
                                     " RETURNING day",
                                     {to_day(day), holiday.name, holiday.is_off}));
        is_new = is_new || !changed.empty();
    }
    return is_new;
}

SqlResult<void> put_closed_times(SqlConnection& sql, std::string_view service, std::span<const ClosedTime> times) {
    LINLI_CHECK(sql.query("DELETE FROM closed_time WHERE service = $1", {service}));
    for (const ClosedTime& time : times)
        LINLI_CHECK(sql.query("INSERT INTO closed_time (service, begin_at, end_at, reason) VALUES ($1, $2, $3, $4)",
                              {service, time.begin, time.end, time.reason}));
    return {};
}

SqlResult<void> plan_anew(SqlConnection& sql, std::string_view service, const Zone& zone, sys_seconds now) {
    std::int64_t today = to_day(zone.date_of(now));
    LINLI_TRY(stored, lock_schedule(sql, service, today));
    if (!stored) return {};
    return plan(sql, *stored, today, today + stored->schedule.horizon_days, zone, now);
}

SqlResult<void> plan_new_days(SqlConnection& sql, std::string_view service, const Zone& zone, sys_seconds now) {
    std::int64_t today = to_day(zone.date_of(now));
    LINLI_TRY(stored, lock_schedule(sql, service, today));
    if (!stored) return {};
    std::int64_t first = std::max(today, stored->planned_until), end = today + stored->schedule.horizon_days;
    if (first >= end) return {};
    return plan(sql, *stored, first, end, zone, now);
}

}  // namespace linli::platform
