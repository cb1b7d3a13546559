#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "platform/appointments/appointment_types.h"
#include "platform/booking/zone.h"
#include "platform/server/sql/sql_connection.h"

/// Rows of the tables (platform/server/store/schema.cpp) as values, for all parts of the booking store.
namespace linli::platform {

/// A list of lines in one column.
std::string join_lines(const std::vector<std::string>& lines);
std::vector<std::string> split_lines(std::string_view joined);

/// A date as the tables hold it: days since 1970.
std::int64_t to_day(std::chrono::year_month_day date);
std::chrono::year_month_day from_day(std::int64_t day);

/// The rules of a service.
struct ServiceRow {
    std::string key, name;
    int horizon_days = 0;
    std::chrono::minutes book_until{0}, cancel_until{0};
    int quota = 0;
    Confirmation confirmation = Confirmation::Automatic;
    bool has_waiting_list = false;
    std::chrono::seconds hold{0}, offer{0};
};
SqlResult<std::optional<ServiceRow>> find_service(SqlConnection& sql, std::string_view key);

struct SlotRow {
    std::int64_t id = 0;
    std::string service;
    std::int64_t day = 0;
    std::chrono::sys_seconds start;
    std::chrono::minutes length{0};
    bool is_open = false;
};
/// By the reference that boxes use, "s81".
SqlResult<std::optional<SlotRow>> find_slot(SqlConnection& sql, std::string_view ref);
SqlResult<std::optional<SlotRow>> find_slot(SqlConnection& sql, std::string_view service, std::chrono::sys_seconds start);
std::string slot_ref(std::int64_t id);

/// What decides about an appointment. It stays as it is until the end of the transaction.
struct AppointmentRow {
    std::int64_t id = 0;
    std::optional<std::int64_t> person;
    std::string service;
    std::optional<std::int64_t> slot;
    AppointmentState state = AppointmentState::Booked;
    std::optional<std::chrono::sys_seconds> start, held_until;
    std::chrono::minutes length{0};
};
SqlResult<std::optional<AppointmentRow>> lock_appointment(SqlConnection& sql, std::string_view number);
SqlResult<std::optional<AppointmentRow>> lock_appointment(SqlConnection& sql, std::int64_t id);

/// The columns of an Appointment and what they come from; `condition` goes behind, with the values.
std::string select_appointments(std::string_view condition);
Appointment to_appointment(const SqlRow& row);
SqlResult<Appointment> read_appointment(SqlConnection& sql, std::int64_t id);

/// Counts an event of a service on the day of `now`, for the operator. Without a service it is not counted.
SqlResult<void> count(SqlConnection& sql, std::string_view service, std::string_view what, std::int64_t day);

}  // namespace linli::platform
