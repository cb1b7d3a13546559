#include "platform/server/store/rows.h"

#include <charconv>

#include "middleware/base/format.h"
#include "middleware/base/result.h"

namespace linli::platform {

using namespace std::chrono;

std::string join_lines(const std::vector<std::string>& lines) {
    std::string joined;
    for (const std::string& line : lines) {
        if (!joined.empty()) joined += '\n';
        joined += line;
    }
    return joined;
}

std::vector<std::string> split_lines(std::string_view joined) {
    std::vector<std::string> lines;
    while (!joined.empty()) {
        auto at = joined.find('\n');
        lines.emplace_back(joined.substr(0, at));
        joined = at == std::string_view::npos ? std::string_view() : joined.substr(at + 1);
    }
    return lines;
}

std::int64_t to_day(year_month_day date) { return sys_days(date).time_since_epoch().count(); }

year_month_day from_day(std::int64_t day) { return sys_days(days(day)); }

SqlResult<std::optional<ServiceRow>> find_service(SqlConnection& sql, std::string_view key) {
    LINLI_TRY(rows, sql.query("SELECT key, name, horizon_days, book_until, cancel_until, quota, confirmation,"
                              " has_waiting_list, hold, offer FROM service WHERE key = $1",
                              {key}));
    if (rows.empty()) return std::nullopt;
    const SqlRow& row = rows[0];
    return ServiceRow{row.text(0),
                      row.text(1),
                      static_cast<int>(row.integer(2)),
                      duration_cast<minutes>(seconds(row.integer(3))),
                      duration_cast<minutes>(seconds(row.integer(4))),
                      static_cast<int>(row.integer(5)),
                      parse_confirmation(row.text(6)).value_or(Confirmation::ByHand),
                      row.integer(7) != 0,
                      seconds(row.integer(8)),
                      seconds(row.integer(9))};
}

namespace {

constexpr std::string_view kSlotColumns = "SELECT id, service, day, start, minutes, is_open FROM slot ";

std::optional<SlotRow> to_slot(const SqlRows& rows) {
    if (rows.empty()) return std::nullopt;
    const SqlRow& row = rows[0];
    return SlotRow{row.integer(0), row.text(1), row.integer(2), row.time(3), minutes(row.integer(4)), row.integer(5) != 0};
}

std::optional<AppointmentRow> to_row(const SqlRows& rows) {
    if (rows.empty()) return std::nullopt;
    const SqlRow& row = rows[0];
    AppointmentRow appointment;
    appointment.id = row.integer(0);
    if (!row.is_null(1)) appointment.person = row.integer(1);
    appointment.service = row.text(2);
    if (!row.is_null(3)) appointment.slot = row.integer(3);
    appointment.state = parse_appointment_state(row.text(4)).value_or(AppointmentState::Expired);
    appointment.start = row.time_or_null(5);
    appointment.held_until = row.time_or_null(6);
    appointment.length = minutes(row.integer(7));
    return appointment;
}

constexpr std::string_view kRowColumns =
    "SELECT id, person, service, slot, state, start, held_until, minutes FROM appointment ";

}  // namespace

std::string slot_ref(std::int64_t id) { return base::format("s{}", id); }

SqlResult<std::optional<SlotRow>> find_slot(SqlConnection& sql, std::string_view ref) {
    std::int64_t id = 0;
    if (ref.size() < 2 || ref[0] != 's') return std::nullopt;
    auto [end, error] = std::from_chars(ref.data() + 1, ref.data() + ref.size(), id);
    if (error != std::errc() || end != ref.data() + ref.size()) return std::nullopt;
    LINLI_TRY(rows, sql.query(std::string(kSlotColumns) + "WHERE id = $1", {id}));
    return to_slot(rows);
}

SqlResult<std::optional<SlotRow>> find_slot(SqlConnection& sql, std::string_view service, sys_seconds start) {
    LINLI_TRY(rows, sql.query(std::string(kSlotColumns) + "WHERE service = $1 AND start = $2", {service, start}));
    return to_slot(rows);
}

SqlResult<std::optional<AppointmentRow>> lock_appointment(SqlConnection& sql, std::string_view number) {
    LINLI_TRY(rows, sql.query(base::format("{}WHERE number = $1{}", kRowColumns, sql.for_update()), {number}));
    return to_row(rows);
}

SqlResult<std::optional<AppointmentRow>> lock_appointment(SqlConnection& sql, std::int64_t id) {
    LINLI_TRY(rows, sql.query(base::format("{}WHERE id = $1{}", kRowColumns, sql.for_update()), {id}));
    return to_row(rows);
}

std::string select_appointments(std::string_view condition) {
    return "SELECT a.number, a.service, COALESCE(s.name, a.name), a.state, a.start, a.minutes, a.held_until,"
           " COALESCE(s.cancel_until, 0), a.changed_from, a.cancelled_by, COALESCE(s.place, a.place),"
           " COALESCE(s.address, a.address), COALESCE(s.telephone, a.telephone), COALESCE(s.bring, a.bring), a.note, s.is_discreet"
           " FROM appointment a LEFT JOIN service s ON s.key = a.service " +
           std::string(condition);
}

Appointment to_appointment(const SqlRow& row) {
    Appointment appointment;
    appointment.number = row.text(0);
    appointment.service = row.text(1);
    appointment.service_name = row.text(2);
    appointment.state = parse_appointment_state(row.text(3)).value_or(AppointmentState::Expired);
    appointment.start = row.time_or_null(4);
    appointment.duration = minutes(row.integer(5));
    appointment.held_until = row.time_or_null(6);
    bool is_agreed = appointment.state == AppointmentState::Booked || appointment.state == AppointmentState::Pending;
    if (is_agreed && appointment.start) appointment.cancel_until = *appointment.start - seconds(row.integer(7));
    appointment.changed_from = row.time_or_null(8);
    appointment.cancelled_by = row.text(9);
    appointment.place = row.text(10);
    appointment.address = row.text(11);
    appointment.telephone = row.text(12);
    appointment.bring = split_lines(row.text(13));
    appointment.note = row.text(14);
    appointment.is_discreet = row.integer(15) != 0;
    return appointment;
}

SqlResult<Appointment> read_appointment(SqlConnection& sql, std::int64_t id) {
    static const std::string kSelect = select_appointments("WHERE a.id = $1");
    LINLI_TRY(rows, sql.query(kSelect, {id}));
    if (rows.empty()) return std::unexpected(SqlError{SqlError::Kind::Fault, "an appointment is not there any more"});
    return to_appointment(rows[0]);
}

SqlResult<void> count(SqlConnection& sql, std::string_view service, std::string_view what, std::int64_t day) {
    if (service.empty()) return {};
    LINLI_CHECK(sql.query("INSERT INTO progress (service, day, what, count) VALUES ($1, $2, $3, 1)", {service, day, what}));
    return {};
}

}  // namespace linli::platform
