#include "tests/bench/booking_town.h"

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "platform/appointments/messages.h"
#include "platform/booking/booking_store.h"
#include "platform/server/sql/postgres_database.h"
#include "platform/server/sql/sqlite_database.h"

namespace linli::bench {

using namespace std::chrono;
using platform::SqlConnection;
using platform::SqlResult;

namespace {

constexpr std::chrono::hours kSignedIn{24};

template <typename T>
base::Result<T> to_result(SqlResult<T> result) {
    if (!result) return base::fail(std::move(result.error().message));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::move(result).value();
}

/// As many slots as are wanted, in the days from the day after tomorrow on.
platform::Schedule schedule_for(const BookingLoad& load) {
    constexpr int kSlotsADay = 64;
    int a_day = std::min(load.slots, kSlotsADay);
    platform::Schedule schedule{.service = *platform::parse_service("12/0101#bench"), .name = "体检", .place = "服务中心",
                                .telephone = "000-0000-0000"};
    schedule.slot = minutes(10);
    schedule.places = load.places;
    schedule.hours.open = {{0b1111111, hours(8), hours(8) + a_day * schedule.slot}};
    schedule.horizon_days = 1 + (load.slots + a_day - 1) / a_day;
    return schedule;
}

SqlResult<void> sign_in(SqlConnection& sql, int resident, sys_seconds now) {
    LINLI_TRY(household, sql.query("INSERT INTO household (telephone) VALUES ($1) RETURNING id", {"000-0000-0000"}));
    auto box = platform::box_of_token(token_of(resident));
    LINLI_CHECK(sql.query("INSERT INTO box_proof VALUES ($1, $2)", {box, household.at(0).integer(0)}));
    LINLI_TRY(person, sql.query("INSERT INTO person (household, ref, masked_name, pin_hash) VALUES ($1, 'm1', '张*明', '')"
                                " RETURNING id",
                                {household.at(0).integer(0)}));
    LINLI_CHECK(sql.query("INSERT INTO session VALUES ($1, $2, $3, $4)",
                          {base::Sha256::of(session_of(resident)), person.at(0).integer(0), box, now + kSignedIn}));
    return {};
}

SqlResult<void> sign_in_all(const std::string& database, int residents, sys_seconds now) {
    LINLI_TRY(opened, open_database(database));
    LINLI_TRY(sql, opened->connect());
    LINLI_CHECK(sql->begin());
    for (int resident = 0; resident < residents; ++resident) LINLI_CHECK(sign_in(*sql, resident, now));
    LINLI_CHECK(sql->commit());
    // So that PostgreSQL knows what it has: what it does by itself after a while would come in the middle.
    if (!sql->for_update().empty()) LINLI_CHECK(sql->run("ANALYZE"));
    return {};
}

SqlResult<platform::SqlRows> ask(const std::string& database, std::string_view question) {
    LINLI_TRY(opened, open_database(database));
    LINLI_TRY(sql, opened->connect());
    return sql->query(question, {});
}

}  // namespace

std::string token_of(int resident) { return base::format("bench-box-{:05}", resident); }
std::string session_of(int resident) { return base::format("bench-session-{:05}", resident); }

SqlResult<std::unique_ptr<platform::SqlDatabase>> open_database(const std::string& address) {
    return address.starts_with("postgresql:") ? platform::open_postgres(address) : platform::open_sqlite(address);
}

base::Result<void> fill_town(const std::string& database, const BookingLoad& load, sys_seconds now) {
    LINLI_TRY(store, platform::open_booking_store({database}));
    LINLI_CHECK(store->import_schedules(std::vector{schedule_for(load)}, {}, now));
    return to_result(sign_in_all(database, load.residents, now));
}

base::Result<std::vector<std::int64_t>> slots_of(const std::string& database) {
    // Of today some are too soon to be booked.
    LINLI_TRY(rows, to_result(ask(database, "SELECT id FROM slot WHERE day > (SELECT MIN(day) FROM planned_day)"
                                            " ORDER BY start")));
    std::vector<std::int64_t> slots;
    for (const auto& row : rows) slots.push_back(row.integer(0));
    return slots;
}

base::Result<BookingAudit> audit_town(const std::string& database) {
    LINLI_TRY(booked, to_result(ask(database, "SELECT COUNT(*) FROM appointment WHERE state = 'booked'")));
    LINLI_TRY(twice, to_result(ask(database, "SELECT COALESCE(SUM(given - places), 0) FROM (SELECT s.places AS places,"
                                             " COUNT(*) AS given FROM slot s JOIN appointment a ON a.slot = s.id"
                                             " WHERE a.state IN ('held', 'booked') GROUP BY s.id, s.places) AS each_slot"
                                             " WHERE given > places")));
    LINLI_TRY(taken, to_result(ask(database, "SELECT COALESCE(SUM(taken - places), 0) FROM slot WHERE taken > places")));
    return BookingAudit{booked.at(0).integer(0), twice.at(0).integer(0) + taken.at(0).integer(0)};
}

}  // namespace linli::bench
