// What a resident reads of his own: appointments, outcomes, reminders.

#include <algorithm>

#include "middleware/base/format.h"
#include "platform/server/store/sql_booking_store.h"

namespace linli::platform {

using namespace std::chrono;
using Reason = Refusal::Reason;

namespace {

constexpr auto kHistory = days(180);
constexpr auto kReminders = days(7);

/// What is told without a session, of an appointment a and its service s: of a discreet one neither its name nor its place.
constexpr std::string_view kToldName = "CASE WHEN s.is_discreet = 1 THEN '' ELSE COALESCE(s.name, a.name) END";
constexpr std::string_view kToldPlace = "CASE WHEN s.is_discreet = 1 THEN '' ELSE COALESCE(s.place, a.place) END";

}  // namespace

BookingStore::Answer<std::vector<Appointment>> SqlBookingStore::mine(const Caller& caller, sys_seconds now) {
    // Holds that came to nothing are no news; what was confirmed or waited for is.
    static const std::string kSelect = select_appointments(
        "WHERE a.person = $1 AND (a.start IS NULL OR a.start > $2) AND (a.state NOT IN ('expired', 'cancelled')"
        " OR a.confirmed_at IS NOT NULL OR a.waited_since IS NOT NULL) ORDER BY a.start IS NULL, a.start, a.id");
    return to_result(pool_.transact([&](SqlConnection& sql) -> Reply<std::vector<Appointment>> {
        LINLI_TRY(who, find_caller(sql, caller, now));
        if (auto* refusal = std::get_if<Refusal>(&who)) return *refusal;
        LINLI_TRY(rows, sql.query(kSelect, {std::get<Who>(who).person, now - kHistory}));
        std::vector<Appointment> appointments;
        std::ranges::transform(rows, std::back_inserter(appointments), to_appointment);
        return appointments;
    }));
}

BookingStore::Answer<Outcome> SqlBookingStore::outcome(std::string_view box, std::string_view key, sys_seconds) {
    return to_result(pool_.ask([&](SqlConnection& sql) -> Reply<Outcome> {
        LINLI_TRY(household, find_household(sql, box));
        if (!household) return Refusal{Reason::UnknownBox};
        Outcome outcome{.key = std::string(key)};
        static const std::string kSelect =
            base::format("SELECT k.question, k.reason, a.number, a.service, a.state, a.start, a.minutes, {}, {} FROM change_key k"
                         " LEFT JOIN appointment a ON a.id = k.appointment LEFT JOIN service s ON s.key = a.service"
                         " WHERE k.key = $1 AND k.household = $2",
                         kToldName, kToldPlace);
        LINLI_TRY(rows, sql.query(kSelect, {key, *household}));
        if (rows.empty()) return outcome;
        const SqlRow& row = rows[0];
        outcome.request = row.text(0).substr(0, row.text(0).find(' '));
        outcome.reason = row.text(1);
        outcome.result = outcome.reason.empty() ? Outcome::Result::Done : Outcome::Result::Refused;
        if (row.is_null(2)) return outcome;
        Appointment& appointment = outcome.appointment.emplace();
        appointment.number = row.text(2);
        appointment.state = parse_appointment_state(row.text(4)).value_or(AppointmentState::Expired);
        appointment.start = row.time_or_null(5);
        appointment.duration = minutes(row.integer(6));
        appointment.service_name = row.text(7);
        appointment.service = appointment.service_name.empty() ? "" : row.text(3);
        appointment.place = row.text(8);
        return outcome;
    }));
}

BookingStore::Answer<std::vector<Reminder>> SqlBookingStore::reminders(std::string_view box, sys_seconds now) {
    return to_result(pool_.ask([&](SqlConnection& sql) -> Reply<std::vector<Reminder>> {
        LINLI_TRY(household, find_household(sql, box));
        if (!household) return Refusal{Reason::UnknownBox};
        // What is booked, soon; what somebody has to answer; and what he need not go to any more, if he ever meant to.
        static const std::string kSelect =
            base::format("SELECT a.number, a.start, {}, {}, a.state, a.held_until, COALESCE(s.telephone, a.telephone)"
                         " FROM person p JOIN appointment a ON a.person = p.id LEFT JOIN service s ON s.key = a.service"
                         " WHERE p.household = $1 AND p.is_removed = 0 AND a.start > $2"
                         " AND ((a.state = 'booked' AND a.start <= $3) OR (a.state = 'offered' AND a.held_until > $2)"
                         " OR (a.state = 'cancelled' AND a.cancelled_by = 'office' AND"
                         " (a.confirmed_at IS NOT NULL OR a.waited_since IS NOT NULL OR a.is_imported = 1)))"
                         " ORDER BY a.start, a.id",
                         kToldName, kToldPlace);
        LINLI_TRY(rows, sql.query(kSelect, {*household, now, now + kReminders}));
        std::vector<Reminder> reminders;
        for (const SqlRow& row : rows)
            reminders.push_back({.number = row.text(0),
                                 .start = row.time(1),
                                 .service_name = row.text(2),
                                 .place = row.text(3),
                                 .state = parse_appointment_state(row.text(4)).value_or(AppointmentState::Booked),
                                 .held_until = row.time_or_null(5),
                                 .telephone = row.text(6)});
        return reminders;
    }));
}

}  // namespace linli::platform
