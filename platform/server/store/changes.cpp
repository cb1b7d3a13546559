// The changes that a resident makes, each once for its key: hold, confirm, change, cancel, wait; and the desk's booking.
//
// A change runs in one transaction: the row of the person is locked, so that one person's changes come one after the other
// (the same key twice, two holds against one quota); then the key is looked up; then the step; then its answer is kept with
// the key. A step that refuses has changed nothing before.

#include <algorithm>

#include "middleware/base/format.h"
#include "platform/appointments/messages.h"
#include "platform/server/store/change_keys.h"
#include "platform/server/store/places.h"
#include "platform/server/store/sql_booking_store.h"

namespace linli::platform {

using namespace std::chrono;
using namespace std::chrono_literals;
using Reason = Refusal::Reason;

namespace {

std::optional<Reason> refuse_event(AppointmentState state, AppointmentEvent event) {
    if (after(state, event, Confirmation::Automatic)) return std::nullopt;
    return Reason::WrongState;
}

/// His own appointment.
SqlResult<std::optional<AppointmentRow>> lock_own(SqlConnection& sql, std::string_view number,
                                                  std::optional<std::int64_t> person) {
    LINLI_TRY(appointment, lock_appointment(sql, number));
    if (!appointment || appointment->person != person) return std::nullopt;
    return appointment;
}

/// Which of a person's other appointments of a service count. To confirm one it is those that he has for good: else a place
/// in his hand and an offer of the same time would each forbid the other.
constexpr std::string_view kToCome = "'pending', 'booked', 'offered', 'waiting'";
constexpr std::string_view kToComeOrHeld = "'held', 'pending', 'booked', 'offered', 'waiting'";
constexpr std::string_view kForGood = "'pending', 'booked'";

struct Others {
    std::int64_t at_that_time = 0, to_come = 0;
};

SqlResult<Others> find_others(SqlConnection& sql, std::int64_t person, std::string_view service, std::string_view states,
                              sys_seconds start, minutes length, std::int64_t but, sys_seconds now) {
    LINLI_TRY(rows, sql.query(base::format("SELECT COALESCE(SUM(CASE WHEN start < $4 AND start + minutes * 60 > $3 THEN 1"
                                           " ELSE 0 END), 0), COUNT(*) FROM appointment WHERE person = $1 AND service = $2"
                                           " AND id <> $5 AND state IN ({}) AND (start IS NULL OR start > $6)"
                                           " AND (held_until IS NULL OR held_until > $6)",
                                           states),
                              {person, service, start, start + length, but, now}));
    return Others{rows[0].integer(0), rows[0].integer(1)};
}

/// Whether they forbid one more.
std::optional<Refusal> refuse_more(const Others& others, const ServiceRow& service) {
    if (others.at_that_time > 0) return Refusal{Reason::AlreadyBooked};
    if (others.to_come >= service.quota) return Refusal{.reason = Reason::Quota, .limit = service.quota};
    return std::nullopt;
}

/// What he holds of the service. It is one at most: choosing another slot lets it go, choosing the same keeps it for longer.
SqlResult<std::optional<AppointmentRow>> lock_in_hand(SqlConnection& sql, std::int64_t person, std::string_view service) {
    LINLI_TRY(held, sql.query("SELECT id FROM appointment WHERE person = $1 AND service = $2 AND state = 'held'",
                              {person, service}));
    if (held.empty()) return std::nullopt;
    LINLI_TRY(row, lock_appointment(sql, held[0].integer(0)));
    // Its time may have run out meanwhile.
    if (!row || row->state != AppointmentState::Held) return std::nullopt;
    return row;
}

/// A place in the slot; one that somebody kept too long is free again.
SqlResult<bool> take_or_wait_out(SqlConnection& sql, std::int64_t slot, sys_seconds now) {
    LINLI_TRY(is_taken, take_place(sql, slot));
    if (is_taken) return true;
    LINLI_CHECK(expire_lapsed(sql, slot, now));
    return take_place(sql, slot);
}

}  // namespace

SqlResult<std::variant<Appointment, Refusal>> SqlBookingStore::make(Making& making,
                                                                    std::optional<std::int64_t> household,
                                                                    std::string_view key, std::string_view question,
                                                                    const Step& step) {
    SqlConnection& sql = making.sql;
    LINLI_TRY(known, find_answer(sql, key, household, question));
    if (!known) {
        LINLI_TRY(done, step(making));
        LINLI_CHECK(keep_answer(sql, key, household, question, done, making.now));
        if (auto* refusal = std::get_if<Refusal>(&done))
            LINLI_CHECK(count(sql, making.service, base::format("refused:{}", to_name(refusal->reason)), making.today));
        known = std::move(done);
    }
    if (auto* refusal = std::get_if<Refusal>(&*known)) return *refusal;
    LINLI_TRY(appointment, read_appointment(sql, std::get<std::int64_t>(*known)));
    return appointment;
}

BookingStore::Answer<Appointment> SqlBookingStore::change_once(const Caller& caller, std::string_view key,
                                                               std::string_view question, sys_seconds now,
                                                               Makes makes, const Step& step) {
    if (!is_change_key(key)) return Refusal{Reason::Malformed};
    std::int64_t new_id = 0;
    if (makes == Makes::NewAppointment) {
        LINLI_TRY(number, to_result(numbers_.next(pool_)));
        new_id = number;
    }
    return to_result(pool_.transact([&](SqlConnection& sql) -> Reply<Appointment> {
        LINLI_TRY(caller_or_refusal, find_caller(sql, caller, now));
        if (auto* refusal = std::get_if<Refusal>(&caller_or_refusal)) return *refusal;
        Who who = std::get<Who>(caller_or_refusal);
        Making making{sql, who.person, new_id, now, day_of(now), ""};
        return make(making, who.household, key, base::format("{} by {}", question, who.person), step);
    }));
}

std::optional<Refusal> SqlBookingStore::refuse_slot(const SlotRow& slot, const ServiceRow& service,
                                                    const Making& making) {
    if (!slot.is_open) return Refusal{Reason::UnknownSlot};
    if (making.now > slot.start - service.book_until) return Refusal{Reason::TooLate};
    if (slot.day >= making.today + service.horizon_days) return Refusal{Reason::TooEarly};
    return std::nullopt;
}

SqlResult<SqlBookingStore::Done> SqlBookingStore::step_hold(Making& making, std::string_view ref) {
    SqlConnection& sql = making.sql;
    std::int64_t person = *making.person;
    LINLI_TRY(slot, find_slot(sql, ref));
    if (!slot) return Refusal{Reason::UnknownSlot};
    making.service = slot->service;
    LINLI_TRY(service, find_service(sql, slot->service));
    if (!service) return Refusal{Reason::UnknownSlot};
    if (auto refusal = refuse_slot(*slot, *service, making)) return *refusal;
    LINLI_TRY(others, find_others(sql, person, service->key, kToCome, slot->start, slot->length, 0, making.now));
    if (auto refusal = refuse_more(others, *service)) return *refusal;

    LINLI_TRY(in_hand, lock_in_hand(sql, person, service->key));
    if (in_hand && in_hand->slot == slot->id) {
        LINLI_CHECK(sql.query("UPDATE appointment SET held_until = $2 WHERE id = $1",
                              {in_hand->id, making.now + service->hold}));
        return in_hand->id;
    }
    if (in_hand && in_hand->slot) LINLI_CHECK(lock_slots(sql, slot->id, *in_hand->slot));
    LINLI_TRY(is_taken, take_or_wait_out(sql, slot->id, making.now));
    if (!is_taken) return Refusal{Reason::SlotTaken};
    LINLI_CHECK(sql.query("INSERT INTO appointment (id, number, person, service, slot, state, start, minutes, held_until)"
                          " VALUES ($1, $2, $3, $4, $5, 'held', $6, $7, $8)",
                          {making.new_id, number_of(making.new_id, slot->start), person, service->key, slot->id,
                           slot->start, slot->length.count(), making.now + service->hold}));
    if (in_hand) LINLI_CHECK(expire(sql, *in_hand, making.now));
    return making.new_id;
}

SqlResult<SqlBookingStore::Done> SqlBookingStore::step_confirm(Making& making, std::string_view number) {
    SqlConnection& sql = making.sql;
    LINLI_TRY(appointment, lock_own(sql, number, making.person));
    if (!appointment) return Refusal{Reason::UnknownNumber};
    making.service = appointment->service;
    LINLI_TRY(service, find_service(sql, appointment->service));
    auto confirmation = service ? service->confirmation : Confirmation::ByHand;
    auto state = after(appointment->state, AppointmentEvent::Confirm, confirmation);
    bool has_run_out = appointment->held_until && *appointment->held_until <= making.now;
    if (!state || has_run_out) return Refusal{Reason::WrongState};
    if (appointment->start && *appointment->start <= making.now) return Refusal{Reason::TooLate};
    if (service && appointment->start) {
        LINLI_TRY(others, find_others(sql, *making.person, service->key, kForGood, *appointment->start, appointment->length,
                                      appointment->id, making.now));
        if (auto refusal = refuse_more(others, *service)) return *refusal;
    }
    LINLI_CHECK(sql.query("UPDATE appointment SET state = $2, held_until = NULL, confirmed_at = $3 WHERE id = $1",
                          {appointment->id, to_name(*state), making.now}));
    LINLI_CHECK(count(sql, appointment->service, to_name(*state), making.today));
    return appointment->id;
}

namespace {

SqlResult<std::optional<Refusal>> refuse_late(SqlConnection& sql, const AppointmentRow& appointment, sys_seconds now) {
    bool is_agreed =
        appointment.state == AppointmentState::Pending || appointment.state == AppointmentState::Booked;
    if (!is_agreed || !appointment.start) return std::nullopt;
    LINLI_TRY(service, find_service(sql, appointment.service));
    if (now > *appointment.start - (service ? service->cancel_until : 0min)) return Refusal{Reason::TooLate};
    return std::nullopt;
}

}  // namespace

SqlResult<SqlBookingStore::Done> SqlBookingStore::step_change(Making& making, std::string_view number,
                                                              std::string_view ref) {
    SqlConnection& sql = making.sql;
    LINLI_TRY(appointment, lock_own(sql, number, making.person));
    if (!appointment) return Refusal{Reason::UnknownNumber};
    making.service = appointment->service;
    if (auto reason = refuse_event(appointment->state, AppointmentEvent::Change)) return Refusal{*reason};
    LINLI_TRY(late, refuse_late(sql, *appointment, making.now));
    if (late) return *late;
    LINLI_TRY(slot, find_slot(sql, ref));
    LINLI_TRY(service, find_service(sql, appointment->service));
    if (!slot || !service || slot->service != appointment->service) return Refusal{Reason::UnknownSlot};
    if (auto refusal = refuse_slot(*slot, *service, making)) return *refusal;
    if (appointment->slot == slot->id) return Refusal{Reason::AlreadyBooked};
    // It takes no more than there was: the quota is not asked.
    LINLI_TRY(others, find_others(sql, *making.person, service->key, kToCome, slot->start, slot->length, appointment->id,
                                  making.now));
    if (others.at_that_time > 0) return Refusal{Reason::AlreadyBooked};

    if (appointment->slot) LINLI_CHECK(lock_slots(sql, slot->id, *appointment->slot));
    LINLI_TRY(is_taken, take_or_wait_out(sql, slot->id, making.now));
    if (!is_taken) return Refusal{Reason::SlotTaken};
    LINLI_CHECK(sql.query("UPDATE appointment SET slot = $2, start = $3, minutes = $4, changed_from = $5, is_imported = 0"
                          " WHERE id = $1",
                          {appointment->id, slot->id, slot->start, slot->length.count(), appointment->start}));
    LINLI_CHECK(give_back_place(sql, *appointment, making.now));
    LINLI_CHECK(count(sql, appointment->service, "changed", making.today));
    return appointment->id;
}

SqlResult<SqlBookingStore::Done> SqlBookingStore::step_cancel(Making& making, std::string_view number) {
    SqlConnection& sql = making.sql;
    LINLI_TRY(appointment, lock_own(sql, number, making.person));
    if (!appointment) return Refusal{Reason::UnknownNumber};
    making.service = appointment->service;
    if (auto reason = refuse_event(appointment->state, AppointmentEvent::Cancel)) return Refusal{*reason};
    LINLI_TRY(late, refuse_late(sql, *appointment, making.now));
    if (late) return *late;
    LINLI_CHECK(sql.query("UPDATE appointment SET state = 'cancelled', cancelled_by = 'resident', held_until = NULL,"
                          " is_imported = 0 WHERE id = $1",
                          {appointment->id}));
    if (holds_place(appointment->state)) LINLI_CHECK(give_back_place(sql, *appointment, making.now));
    // One that was never confirmed is no booking that was lost.
    if (appointment->state != AppointmentState::Held)
        LINLI_CHECK(count(sql, appointment->service, "cancelled", making.today));
    return appointment->id;
}

SqlResult<SqlBookingStore::Done> SqlBookingStore::step_wait(Making& making, std::string_view key) {
    SqlConnection& sql = making.sql;
    LINLI_TRY(service, find_service(sql, key));
    if (!service) return Refusal{Reason::UnknownService};
    making.service = service->key;
    LINLI_TRY(free, sql.query("SELECT 1 FROM slot WHERE service = $1 AND start >= $2 AND day < $3 AND taken < places"
                              " AND is_open = 1 LIMIT 1",
                              {service->key, making.now + service->book_until, making.today + service->horizon_days}));
    if (!service->has_waiting_list || !free.empty()) return Refusal{Reason::NoWaiting};
    // Without a time there is nothing that it could overlap.
    LINLI_TRY(others, find_others(sql, *making.person, service->key, kToComeOrHeld, {}, {}, 0, making.now));
    if (auto refusal = refuse_more(others, *service)) return *refusal;
    LINLI_CHECK(sql.query("INSERT INTO appointment (id, number, person, service, state, waited_since)"
                          " VALUES ($1, $2, $3, $4, 'waiting', $5)",
                          {making.new_id, number_of(making.new_id, making.now), *making.person, service->key, making.now}));
    LINLI_CHECK(count(sql, service->key, "waiting", making.today));
    return making.new_id;
}

SqlResult<SqlBookingStore::Done> SqlBookingStore::step_desk(Making& making, std::string_view service, sys_seconds start) {
    SqlConnection& sql = making.sql;
    LINLI_TRY(slot, find_slot(sql, service, start));
    if (!slot || !slot->is_open) return Refusal{Reason::UnknownSlot};
    making.service = service;
    if (making.now >= slot->start + slot->length) return Refusal{Reason::TooLate};
    LINLI_TRY(is_taken, take_or_wait_out(sql, slot->id, making.now));
    if (!is_taken) return Refusal{Reason::SlotTaken};
    LINLI_CHECK(sql.query("INSERT INTO appointment (id, number, service, slot, state, start, minutes, confirmed_at)"
                          " VALUES ($1, $2, $3, $4, 'booked', $5, $6, $7)",
                          {making.new_id, number_of(making.new_id, slot->start), service, slot->id, slot->start,
                           slot->length.count(), making.now}));
    LINLI_CHECK(count(sql, service, "booked", making.today));
    return making.new_id;
}

BookingStore::Answer<Appointment> SqlBookingStore::hold(const Caller& caller, std::string_view key,
                                                        std::string_view slot, sys_seconds now) {
    return change_once(caller, key, base::format("hold {}", slot), now, Makes::NewAppointment,
                       [&](Making& making) { return step_hold(making, slot); });
}

BookingStore::Answer<Appointment> SqlBookingStore::confirm(const Caller& caller, std::string_view key,
                                                           std::string_view number, sys_seconds now) {
    return change_once(caller, key, base::format("confirm {}", number), now, Makes::Nothing,
                       [&](Making& making) { return step_confirm(making, number); });
}

BookingStore::Answer<Appointment> SqlBookingStore::change(const Caller& caller, std::string_view key,
                                                          std::string_view number, std::string_view slot,
                                                          sys_seconds now) {
    return change_once(caller, key, base::format("change {} {}", number, slot), now, Makes::Nothing,
                       [&](Making& making) { return step_change(making, number, slot); });
}

BookingStore::Answer<Appointment> SqlBookingStore::cancel(const Caller& caller, std::string_view key,
                                                          std::string_view number, sys_seconds now) {
    return change_once(caller, key, base::format("cancel {}", number), now, Makes::Nothing,
                       [&](Making& making) { return step_cancel(making, number); });
}

BookingStore::Answer<Appointment> SqlBookingStore::wait(const Caller& caller, std::string_view key,
                                                        const content::ItemKey& service, sys_seconds now) {
    return change_once(caller, key, base::format("wait {}", service.str()), now, Makes::NewAppointment,
                       [&](Making& making) { return step_wait(making, service.str()); });
}

BookingStore::Answer<Appointment> SqlBookingStore::book_at_desk(const content::ItemKey& service, sys_seconds start,
                                                                std::string_view key, sys_seconds now) {
    if (!is_change_key(key)) return Refusal{Reason::Malformed};
    LINLI_TRY(number, to_result(numbers_.next(pool_)));
    auto question = base::format("desk {} {}", service.str(), start.time_since_epoch().count());
    return to_result(pool_.transact([&](SqlConnection& sql) -> Reply<Appointment> {
        Making making{sql, std::nullopt, number, now, day_of(now), ""};
        return make(making, std::nullopt, key, question,
                    [&](Making& step) { return step_desk(step, service.str(), start); });
    }));
}

}  // namespace linli::platform
