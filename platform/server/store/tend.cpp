// What time does: holds and offers run out, days come into the horizon, places go to those who wait, old keys are forgotten.
// Each piece is a transaction of its own, and finds nothing to do where another instance was quicker.

#include <map>

#include "platform/server/store/places.h"
#include "platform/server/store/planner.h"
#include "platform/server/store/sql_booking_store.h"

namespace linli::platform {

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr auto kKeys = 48h;
// An office may hand in its list again after weeks.
constexpr auto kKeysOfTheDesk = days(366);
constexpr auto kOldDays = days(30);

/// Sums up the counts of a day and the one before, so that there is one row for each.
SqlResult<void> sum_up(SqlConnection& sql, std::int64_t today) {
    LINLI_TRY(groups, sql.query("SELECT service, day, what FROM progress WHERE day >= $1 GROUP BY service, day, what"
                                " HAVING COUNT(*) > 1 ORDER BY service, day, what",
                                {today - 1}));
    for (const SqlRow& group : groups) {
        LINLI_TRY(rows, sql.query("DELETE FROM progress WHERE service = $1 AND day = $2 AND what = $3 RETURNING count",
                                  {group.text(0), group.integer(1), group.text(2)}));
        std::int64_t sum = 0;
        for (const SqlRow& row : rows) sum += row.integer(0);
        if (sum > 0)
            LINLI_CHECK(sql.query("INSERT INTO progress (service, day, what, count) VALUES ($1, $2, $3, $4)",
                                  {group.text(0), group.integer(1), group.text(2), sum}));
    }
    return {};
}

}  // namespace

base::Result<void> SqlBookingStore::tend(sys_seconds now) {
    LINLI_CHECK(to_result(expire_all(now)));
    LINLI_CHECK(to_result(call_off_all("SELECT a.id, s.note FROM slot s JOIN appointment a ON a.service = s.service"
                                       " AND a.start = s.start AND a.slot = s.id WHERE s.fell_out = 1"
                                       " AND a.state IN ('held', 'offered', 'pending', 'booked') ORDER BY a.id",
                                       {}, now)));
    LINLI_CHECK(to_result(serve_all(now)));
    LINLI_CHECK(to_result(write_refusals()));
    return to_result(forget(now));
}

SqlResult<void> SqlBookingStore::expire_all(sys_seconds now) {
    LINLI_TRY(rows, pool_.ask([&](SqlConnection& sql) {
        return sql.query("SELECT id FROM appointment WHERE held_until IS NOT NULL AND held_until <= $1 ORDER BY id", {now});
    }));
    for (const SqlRow& row : rows) {
        LINLI_CHECK(pool_.transact([&](SqlConnection& sql) -> SqlResult<void> {
            LINLI_TRY(appointment, lock_appointment(sql, row.integer(0)));
            if (!appointment || !appointment->held_until || *appointment->held_until > now) return {};
            return expire(sql, *appointment, now);
        }));
    }
    return {};
}

SqlResult<void> SqlBookingStore::serve_all(sys_seconds now) {
    LINLI_TRY(services, pool_.ask([&](SqlConnection& sql) {
        return sql.query("SELECT key, planned_until < $1 + horizon_days, has_waiting_list = 1 AND EXISTS (SELECT 1 FROM"
                         " appointment a WHERE a.service = service.key AND a.state = 'waiting') FROM service ORDER BY key",
                         {day_of(now)});
    }));
    auto is_true = [](const SqlRow& row, std::size_t column) { return row.text(column) == "1" || row.text(column) == "t"; };
    for (const SqlRow& row : services) {
        const std::string& key = row.text(0);
        if (is_true(row, 1))
            LINLI_CHECK(pool_.transact([&](SqlConnection& sql) { return plan_new_days(sql, key, zone_, now); }));
        if (is_true(row, 2)) {
            LINLI_CHECK(pool_.transact([&](SqlConnection& sql) -> SqlResult<void> {
                LINLI_TRY(service, find_service(sql, key));
                if (!service || !service->has_waiting_list) return {};
                return offer_places(sql, *service, now);
            }));
        }
    }
    return {};
}

SqlResult<void> SqlBookingStore::forget(sys_seconds now) {
    return pool_.transact([&](SqlConnection& sql) -> SqlResult<void> {
        LINLI_CHECK(sql.query("DELETE FROM change_key WHERE at < $1 AND (household IS NOT NULL OR at < $2)", {now - kKeys, now - kKeysOfTheDesk}));
        LINLI_CHECK(sql.query("DELETE FROM session WHERE until <= $1", {now}));
        LINLI_CHECK(sql.query("DELETE FROM receipt_question WHERE at < $1", {now - 1h}));
        LINLI_CHECK(sql.query("DELETE FROM planned_day WHERE day < $1", {day_of(now - kOldDays)}));
        return sum_up(sql, day_of(now));
    });
}

}  // namespace linli::platform
