#include "platform/server/store/places.h"

#include <algorithm>

#include "middleware/base/format.h"
#include "middleware/base/result.h"

namespace linli::platform {

using namespace std::chrono;

SqlResult<void> lock_slots(SqlConnection& sql, std::int64_t one, std::int64_t other) {
    if (sql.for_update().empty()) return {};
    LINLI_CHECK(sql.query(base::format("SELECT id FROM slot WHERE id IN ($1, $2) ORDER BY id{}", sql.for_update()),
                          {one, other}));
    return {};
}

SqlResult<bool> take_place(SqlConnection& sql, std::int64_t slot) {
    LINLI_TRY(rows, sql.query("UPDATE slot SET taken = taken + 1 WHERE id = $1 AND taken < places AND is_open = 1"
                              " RETURNING id",
                              {slot}));
    return !rows.empty();
}

SqlResult<void> free_place(SqlConnection& sql, std::int64_t slot) {
    LINLI_CHECK(sql.query("UPDATE slot SET taken = taken - 1 WHERE id = $1 AND taken > 0", {slot}));
    return {};
}

SqlResult<void> place_imported(SqlConnection& sql, std::string_view service) {
    // One that somebody is changing gets its place, or needs none, by that change.
    std::string_view lock = sql.for_update();
    LINLI_TRY(rows, sql.query(base::format("SELECT a.id, s.id FROM appointment a JOIN slot s ON s.service = a.service"
                                           " AND s.start = a.start WHERE a.service = $1 AND a.is_imported = 1"
                                           " AND a.slot IS NULL AND a.state IN ('pending', 'booked') ORDER BY s.id, a.id{}{}",
                                           lock, lock.empty() ? "" : " OF a SKIP LOCKED"),
                              {service}));
    for (const SqlRow& row : rows) {
        LINLI_TRY(is_taken, take_place(sql, row.integer(1)));
        if (is_taken)
            LINLI_CHECK(sql.query("UPDATE appointment SET slot = $2 WHERE id = $1", {row.integer(0), row.integer(1)}));
    }
    return {};
}

namespace {

/// Gives the place, which has been taken for the purpose, to the one who has waited longest and has nothing of the service
/// at that time; false where there is nobody.
SqlResult<bool> offer(SqlConnection& sql, const ServiceRow& service, const SlotRow& slot, sys_seconds now) {
    std::string_view lock = sql.for_update();
    LINLI_TRY(waiting, sql.query(base::format("SELECT id FROM appointment w WHERE service = $1 AND state = 'waiting' AND NOT"
                                              " EXISTS (SELECT 1 FROM appointment o WHERE o.person = w.person AND o.service = $1"
                                              " AND o.state IN ('held', 'pending', 'booked', 'offered') AND o.start < $3"
                                              " AND o.start + o.minutes * 60 > $2) ORDER BY waited_since, id LIMIT 1{}{}",
                                              lock, lock.empty() ? "" : " SKIP LOCKED"),
                                 {service.key, slot.start, slot.start + slot.length}));
    if (waiting.empty()) return false;
    sys_seconds until = std::min<sys_seconds>(now + service.offer, slot.start - service.book_until);
    LINLI_CHECK(sql.query("UPDATE appointment SET state = 'offered', slot = $2, start = $3, minutes = $4, held_until = $5"
                          " WHERE id = $1",
                          {waiting[0].integer(0), slot.id, slot.start, slot.length.count(), until}));
    return true;
}

/// `slots` are rows of id, start, minutes and free places.
SqlResult<void> offer_each(SqlConnection& sql, const ServiceRow& service, const SqlRows& slots, sys_seconds now) {
    for (const SqlRow& row : slots) {
        SlotRow slot{row.integer(0), service.key, 0, row.time(1), minutes(row.integer(2)), true};
        for (std::int64_t left = row.integer(3); left > 0; --left) {
            LINLI_TRY(is_taken, take_place(sql, slot.id));
            if (!is_taken) break;
            LINLI_TRY(is_offered, offer(sql, service, slot, now));
            if (is_offered) continue;
            LINLI_CHECK(free_place(sql, slot.id));
            break;
        }
    }
    return {};
}

}  // namespace

SqlResult<void> give_back_place(SqlConnection& sql, const AppointmentRow& appointment, sys_seconds now) {
    if (!appointment.slot) return {};
    LINLI_CHECK(free_place(sql, *appointment.slot));
    LINLI_TRY(service, find_service(sql, appointment.service));
    if (!service || !service->has_waiting_list) return {};
    LINLI_TRY(slots, sql.query("SELECT id, start, minutes, places - taken FROM slot WHERE id = $1 AND start > $2"
                               " AND taken < places AND is_open = 1",
                               {*appointment.slot, now + service->book_until}));
    return offer_each(sql, *service, slots, now);
}

SqlResult<void> offer_places(SqlConnection& sql, const ServiceRow& service, sys_seconds now) {
    LINLI_TRY(slots, sql.query("SELECT id, start, minutes, places - taken FROM slot WHERE service = $1 AND start > $2"
                               " AND taken < places AND is_open = 1 ORDER BY start",
                               {service.key, now + service.book_until}));
    return offer_each(sql, service, slots, now);
}

SqlResult<void> expire(SqlConnection& sql, const AppointmentRow& appointment, sys_seconds now) {
    if (!after(appointment.state, AppointmentEvent::TimeRanOut, Confirmation::Automatic)) return {};
    LINLI_CHECK(sql.query("UPDATE appointment SET state = 'expired', held_until = NULL WHERE id = $1", {appointment.id}));
    return give_back_place(sql, appointment, now);
}

SqlResult<void> expire_lapsed(SqlConnection& sql, std::int64_t slot, sys_seconds now) {
    LINLI_TRY(rows, sql.query("SELECT id FROM appointment WHERE held_until <= $2 AND slot = $1 ORDER BY id", {slot, now}));
    for (const SqlRow& row : rows) {
        LINLI_TRY(appointment, lock_appointment(sql, row.integer(0)));
        if (appointment && appointment->held_until && *appointment->held_until <= now)
            LINLI_CHECK(expire(sql, *appointment, now));
    }
    return {};
}

}  // namespace linli::platform
