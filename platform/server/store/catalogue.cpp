// What can be booked: schedules and their slots, services, days.

#include "middleware/base/format.h"
#include "platform/server/store/planner.h"
#include "platform/server/store/sql_booking_store.h"

namespace linli::platform {

using base::Result;
using namespace std::chrono;
using Reason = Refusal::Reason;

Result<void> SqlBookingStore::import_schedules(std::span<const Schedule> schedules, const Holidays& holidays,
                                               sys_seconds now) {
    LINLI_TRY(is_new_calendar,
              to_result(pool_.transact([&](SqlConnection& sql) { return put_holidays(sql, holidays); })));
    for (const Schedule& schedule : schedules)
        LINLI_CHECK(to_result(
            pool_.transact([&](SqlConnection& sql) { return put_schedule(sql, schedule, zone_, now); })));
    if (!is_new_calendar) return {};
    LINLI_TRY(services, to_result(pool_.ask([](SqlConnection& sql) { return sql.query("SELECT key FROM service", {}); })));
    for (const SqlRow& row : services)
        LINLI_CHECK(to_result(
            pool_.transact([&](SqlConnection& sql) { return plan_anew(sql, row.text(0), zone_, now); })));
    return {};
}

Result<std::variant<std::monostate, Refusal>> SqlBookingStore::import_closed_times(const content::ItemKey& service,
                                                                                   std::span<const ClosedTime> times,
                                                                                   sys_seconds now) {
    return to_result(pool_.transact([&](SqlConnection& sql) -> Reply<std::monostate> {
        LINLI_TRY(found, find_service(sql, service.str()));
        if (!found) return Refusal{Reason::UnknownService};
        LINLI_CHECK(put_closed_times(sql, found->key, times));
        LINLI_CHECK(plan_anew(sql, found->key, zone_, now));
        return std::monostate();
    }));
}

Result<std::vector<std::pair<std::string, std::string>>> SqlBookingStore::service_names() {
    LINLI_TRY(rows, to_result(pool_.ask([](SqlConnection& sql) {
        return sql.query("SELECT key, name FROM service ORDER BY key", {});
    })));
    std::vector<std::pair<std::string, std::string>> names;
    for (const SqlRow& row : rows) names.emplace_back(row.text(0), row.text(1));
    return names;
}

BookingStore::Answer<std::vector<BookableService>> SqlBookingStore::services(std::string_view box,
                                                                             const content::AreaCode& area,
                                                                             sys_seconds now) {
    return to_result(pool_.ask([&](SqlConnection& sql) -> Reply<std::vector<BookableService>> {
        LINLI_TRY(household, find_household(sql, box));
        if (!household) return Refusal{Reason::UnknownBox};
        auto chain = area.chain();
        auto level = [&](std::size_t index) { return chain[std::min(index, chain.size() - 1)].str(); };
        LINLI_TRY(rows, sql.query("SELECT s.key, s.name, s.confirmation, s.has_waiting_list,"
                                  " COALESCE(SUM(t.places - t.taken), 0), MIN(t.day) FROM service s"
                                  " LEFT JOIN slot t ON t.service = s.key AND t.is_open = 1 AND t.taken < t.places"
                                  " AND t.start >= $5 + s.book_until AND t.day < $6 + s.horizon_days"
                                  " WHERE s.area IN ($1, $2, $3, $4)"
                                  " GROUP BY s.key, s.name, s.confirmation, s.has_waiting_list ORDER BY s.key",
                                  {level(0), level(1), level(2), level(3), now, day_of(now)}));
        std::vector<BookableService> services;
        for (const SqlRow& row : rows) {
            BookableService service{row.text(0), row.text(1), static_cast<int>(row.integer(4))};
            if (!row.is_null(5)) service.first = from_day(row.integer(5));
            service.confirmation = parse_confirmation(row.text(2)).value_or(Confirmation::ByHand);
            service.has_waiting_list = row.integer(3) != 0;
            service.zone = zone_.name();
            services.push_back(std::move(service));
        }
        return services;
    }));
}

BookingStore::Answer<std::vector<BookableDay>> SqlBookingStore::days(std::string_view box,
                                                                     const content::ItemKey& key, sys_seconds now) {
    return to_result(pool_.ask([&](SqlConnection& sql) -> Reply<std::vector<BookableDay>> {
        LINLI_TRY(household, find_household(sql, box));
        if (!household) return Refusal{Reason::UnknownBox};
        LINLI_TRY(service, find_service(sql, key.str()));
        if (!service) return Refusal{Reason::UnknownService};
        LINLI_TRY(rows, sql.query("SELECT d.day, d.closed, COALESCE(SUM(t.places * t.is_open), 0),"
                                  " COALESCE(SUM(CASE WHEN t.is_open = 1 AND t.taken < t.places AND t.start >= $4"
                                  " THEN t.places - t.taken ELSE 0 END), 0), MAX(t.note)"
                                  " FROM planned_day d LEFT JOIN slot t ON t.service = d.service AND t.day = d.day"
                                  " WHERE d.service = $1 AND d.day >= $2 AND d.day < $3"
                                  " GROUP BY d.day, d.closed ORDER BY d.day",
                                  {service->key, day_of(now), day_of(now) + service->horizon_days, now + service->book_until}));
        std::vector<BookableDay> days;
        for (const SqlRow& row : rows) {
            BookableDay day{from_day(row.integer(0)), static_cast<int>(row.integer(2)), static_cast<int>(row.integer(3)),
                            row.text(1)};
            // Why the session of a day fell out is said as any other reason.
            if (day.closed.empty() && day.places == 0) day.closed = row.text(4);
            days.push_back(std::move(day));
        }
        return days;
    }));
}

BookingStore::Answer<std::vector<Slot>> SqlBookingStore::slots(std::string_view box, const content::ItemKey& key,
                                                               year_month_day day, sys_seconds now) {
    return to_result(pool_.ask([&](SqlConnection& sql) -> Reply<std::vector<Slot>> {
        LINLI_TRY(household, find_household(sql, box));
        if (!household) return Refusal{Reason::UnknownBox};
        LINLI_TRY(service, find_service(sql, key.str()));
        if (!service) return Refusal{Reason::UnknownService};
        LINLI_TRY(rows, sql.query("SELECT id, start, minutes, places, places - taken FROM slot WHERE service = $1"
                                  " AND day = $2 AND day < $3 AND start >= $4 AND is_open = 1 ORDER BY start",
                                  {service->key, to_day(day), day_of(now) + service->horizon_days,
                                   now + service->book_until}));
        std::vector<Slot> slots;
        for (const SqlRow& row : rows)
            slots.push_back({slot_ref(row.integer(0)), row.time(1), minutes(row.integer(2)),
                             static_cast<int>(row.integer(3)), std::max(0, static_cast<int>(row.integer(4)))});
        return slots;
    }));
}

}  // namespace linli::platform
