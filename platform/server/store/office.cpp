// What an office does: verdicts, sessions that fall out, its list and counts.

#include "middleware/base/format.h"
#include "platform/server/store/places.h"
#include "platform/server/store/sql_booking_store.h"

namespace linli::platform {

using base::Result;
using namespace std::chrono;
using Reason = Refusal::Reason;

namespace {

AppointmentEvent event_of(BookingStore::Verdict verdict) {
    using enum BookingStore::Verdict;
    switch (verdict) {
        case Agreed: return AppointmentEvent::Agree;
        case CalledOff: return AppointmentEvent::CallOff;
        case Attended: return AppointmentEvent::Attend;
        case Missed: break;
    }
    return AppointmentEvent::Miss;
}

/// Writes a state that an office gave, with its note where there is one.
SqlResult<void> decide(SqlConnection& sql, const AppointmentRow& appointment, AppointmentState state,
                       std::string_view note, std::int64_t today, sys_seconds now) {
    bool is_called_off = state == AppointmentState::Cancelled;
    LINLI_CHECK(sql.query("UPDATE appointment SET state = $2, cancelled_by = $3, is_imported = 0,"
                          " note = CASE WHEN CAST($4 AS TEXT) = '' THEN note ELSE CAST($4 AS TEXT) END WHERE id = $1",
                          {appointment.id, to_name(state), is_called_off ? "office" : "", note}));
    if (is_called_off) LINLI_CHECK(give_back_place(sql, appointment, now));
    return count(sql, appointment.service, is_called_off ? "called-off" : to_name(state), today);
}

}  // namespace

Result<std::variant<std::monostate, Refusal>> SqlBookingStore::judge(std::string_view number, Verdict verdict,
                                                                     std::string_view note, sys_seconds now) {
    return to_result(pool_.transact([&](SqlConnection& sql) -> Reply<std::monostate> {
        LINLI_TRY(appointment, lock_appointment(sql, number));
        if (!appointment) return Refusal{Reason::UnknownNumber};
        auto state = after(appointment->state, event_of(verdict), Confirmation::Automatic);
        bool is_about_the_past = verdict == Verdict::Attended || verdict == Verdict::Missed;
        bool has_begun = appointment->start && *appointment->start <= now;
        if (!state || (is_about_the_past && !has_begun)) return Refusal{Reason::WrongState};
        LINLI_CHECK(decide(sql, *appointment, *state, note, day_of(now), now));
        return std::monostate();
    }));
}

Result<int> SqlBookingStore::cancel_session(const content::ItemKey& service, sys_seconds from, sys_seconds until,
                                            std::string_view note, sys_seconds now) {
    // First nobody can come in any more; then those who are in are called off, each for himself. Were it cut short, `tend`
    // goes on with it.
    LINLI_CHECK(to_result(pool_.transact([&](SqlConnection& sql) {
        return sql.query("UPDATE slot SET is_open = 0, fell_out = 1, note = $4 WHERE service = $1 AND start >= $2"
                         " AND start < $3",
                         {service.str(), from, until, note});
    })));
    return to_result(call_off_all(
        "SELECT id, CAST($4 AS TEXT) FROM appointment WHERE service = $1 AND start >= $2 AND start < $3"
        " AND state IN ('held', 'offered', 'pending', 'booked') ORDER BY id",
        {service.str(), from, until, note}, now));
}

SqlResult<int> SqlBookingStore::call_off_all(std::string_view select, std::initializer_list<SqlValue> values,
                                             sys_seconds now) {
    LINLI_TRY(rows, pool_.ask([&](SqlConnection& sql) { return sql.query(select, values); }));
    int called_off = 0;
    for (const SqlRow& row : rows) {
        LINLI_TRY(is_called_off, pool_.transact([&](SqlConnection& sql) -> SqlResult<bool> {
            LINLI_TRY(appointment, lock_appointment(sql, row.integer(0)));
            if (!appointment) return false;
            auto state = after(appointment->state, AppointmentEvent::CallOff, Confirmation::Automatic);
            if (!state) {
                LINLI_CHECK(expire(sql, *appointment, now));
                return false;
            }
            LINLI_CHECK(decide(sql, *appointment, *state, row.text(1), day_of(now), now));
            return true;
        }));
        called_off += is_called_off;
    }
    return called_off;
}

namespace {

constexpr std::string_view kDeskRows =
    "SELECT a.number, a.service, a.state, p.masked_name, a.start, a.minutes FROM appointment a LEFT JOIN person p"
    " ON p.id = a.person ";

BookingStore::DeskRow to_desk_row(const SqlRow& row) {
    return {row.text(0), row.text(1), row.text(2), row.text(3), row.time(4), minutes(row.integer(5))};
}

}  // namespace

Result<std::vector<BookingStore::DeskRow>> SqlBookingStore::desk_list(const content::ItemKey& service, sys_seconds from,
                                                                      sys_seconds until) {
    static const std::string kQuestion = std::string(kDeskRows) + "WHERE a.service = $1 AND a.start >= $2 AND a.start < $3"
                                                                  " AND a.state <> 'expired' ORDER BY a.start, a.id";
    LINLI_TRY(rows, to_result(pool_.ask(
                        [&](SqlConnection& sql) { return sql.query(kQuestion, {service.str(), from, until}); })));
    std::vector<DeskRow> list;
    for (const SqlRow& row : rows) list.push_back(to_desk_row(row));
    return list;
}

Result<std::optional<BookingStore::DeskRow>> SqlBookingStore::find_at_desk(std::string_view number) {
    static const std::string kQuestion = std::string(kDeskRows) + "WHERE a.number = $1";
    LINLI_TRY(rows, to_result(pool_.ask([&](SqlConnection& sql) { return sql.query(kQuestion, {number}); })));
    return rows.empty() ? std::nullopt : std::optional(to_desk_row(rows.front()));
}

Result<std::vector<BookingStore::Progress>> SqlBookingStore::progress(year_month_day first, year_month_day last) {
    LINLI_CHECK(to_result(write_refusals()));
    LINLI_TRY(rows, to_result(pool_.ask([&](SqlConnection& sql) {
        return sql.query("SELECT service, day, what, SUM(count) FROM progress WHERE day BETWEEN $1 AND $2"
                         " GROUP BY service, day, what ORDER BY day, service, what",
                         {to_day(first), to_day(last)});
    })));
    std::vector<Progress> progress;
    for (const SqlRow& row : rows)
        progress.push_back({row.text(0), from_day(row.integer(1)), row.text(2), row.integer(3)});
    return progress;
}

void SqlBookingStore::count_refusal(Reason reason, sys_seconds now) {
    std::lock_guard lock(mutex_);
    ++refusals_[{day_of(now), reason}];
}

SqlResult<void> SqlBookingStore::write_refusals() {
    decltype(refusals_) refusals;
    {
        std::lock_guard lock(mutex_);
        refusals.swap(refusals_);
    }
    if (refusals.empty()) return {};
    auto written = pool_.transact([&](SqlConnection& sql) -> SqlResult<void> {
        for (const auto& [what, number] : refusals)
            LINLI_CHECK(sql.query("INSERT INTO progress (service, day, what, count) VALUES ('', $1, $2, $3)",
                                  {what.first, base::format("refused:{}", to_name(what.second)), number}));
        return {};
    });
    if (written) return {};
    std::lock_guard lock(mutex_);
    for (const auto& [what, number] : refusals) refusals_[what] += number;
    return written;
}

}  // namespace linli::platform
