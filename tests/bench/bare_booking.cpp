#include "tests/bench/bare_booking.h"

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/result.h"
#include "middleware/base/secret.h"
#include "platform/booking/booking_store.h"
#include "tests/bench/booking_town.h"

namespace linli::bench {

using namespace std::chrono;
using namespace std::chrono_literals;
using platform::SqlError;
using platform::SqlResult;

namespace {

constexpr std::string_view kFindAnswer = "SELECT household, question, appointment, reason, quota FROM change_key WHERE key = $1";
constexpr std::string_view kKeepAnswer =
    "INSERT INTO change_key VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key) DO NOTHING RETURNING key";
constexpr std::string_view kFindService = "SELECT key, name, horizon_days, book_until, cancel_until, quota, confirmation,"
                                          " has_waiting_list, hold, offer FROM service WHERE key = $1";
std::string others(std::string_view states) {
    return base::format("SELECT COALESCE(SUM(CASE WHEN start < $4 AND start + minutes * 60 > $3 THEN 1 ELSE 0 END), 0),"
                        " COUNT(*) FROM appointment WHERE person = $1 AND service = $2 AND id <> $5 AND state IN ({})"
                        " AND (start IS NULL OR start > $6) AND (held_until IS NULL OR held_until > $6)",
                        states);
}
constexpr std::string_view kRead =
    "SELECT a.number, a.service, COALESCE(s.name, a.name), a.state, a.start, a.minutes, a.held_until,"
    " COALESCE(s.cancel_until, 0), a.changed_from, a.cancelled_by, COALESCE(s.place, a.place),"
    " COALESCE(s.address, a.address), COALESCE(s.telephone, a.telephone), COALESCE(s.bring, a.bring), a.note, s.is_discreet"
    " FROM appointment a LEFT JOIN service s ON s.key = a.service WHERE a.id = $1";
constexpr std::string_view kCount = "INSERT INTO progress (service, day, what, count) VALUES ($1, $2, $3, 1)";

}  // namespace

SqlResult<bool> BareBooking::book(int resident, std::int64_t slot, sys_seconds now) {
    LINLI_CHECK(sql_.begin());
    auto held = hold(resident, slot, now);
    if (!held) sql_.rollback();
    LINLI_TRY(is_held, std::move(held));
    LINLI_CHECK(sql_.commit());
    if (!is_held) return false;
    LINLI_CHECK(sql_.begin());
    auto confirmed = confirm(resident, now);
    if (!confirmed) sql_.rollback();
    LINLI_CHECK(confirmed);
    LINLI_CHECK(sql_.commit());
    return true;
}

SqlResult<BareBooking::Who> BareBooking::find_caller(int resident, sys_seconds now) {
    bool is_sqlite = sql_.for_update().empty();
    LINLI_TRY(rows, sql_.query(base::format("SELECT p.id, p.household, s.until FROM session s JOIN person p ON p.id = s.person"
                                            " JOIN box_proof b ON b.proof = s.box WHERE s.ref_hash = $1 AND s.box = $2"
                                            " AND s.until > $3 AND p.is_removed = 0 AND b.household = p.household{}",
                                            is_sqlite ? "" : " FOR UPDATE OF p"),
                               {base::Sha256::of(session_of(resident)), platform::box_of_token(token_of(resident)), now}));
    if (rows.empty()) return std::unexpected(SqlError{SqlError::Kind::Fault, "a resident is not signed in"});
    return Who{rows[0].integer(0), rows[0].integer(1)};
}

SqlResult<bool> BareBooking::take_place(std::int64_t slot) {
    LINLI_TRY(taken, sql_.query("UPDATE slot SET taken = taken + 1 WHERE id = $1 AND taken < places AND is_open = 1"
                                " RETURNING id",
                                {slot}));
    return !taken.empty();
}

SqlResult<bool> BareBooking::hold(int resident, std::int64_t slot, sys_seconds now) {
    std::string key = base::random_hex(32), question = base::format("hold s{}", slot);
    LINLI_TRY(who, find_caller(resident, now));
    LINLI_CHECK(sql_.query(kFindAnswer, {key}));
    LINLI_TRY(slots, sql_.query("SELECT id, service, day, start, minutes, is_open FROM slot WHERE id = $1", {slot}));
    if (slots.empty()) return std::unexpected(SqlError{SqlError::Kind::Fault, "a slot is not there"});
    std::string service = slots[0].text(1);
    auto day = slots[0].integer(2), start = slots[0].integer(3), length = slots[0].integer(4);
    LINLI_CHECK(sql_.query(kFindService, {service}));
    LINLI_CHECK(sql_.query(others("'pending', 'booked', 'offered', 'waiting'"),
                           {who.person, service, start, start + length * 60, 0, now}));
    LINLI_CHECK(sql_.query("SELECT id FROM appointment WHERE person = $1 AND service = $2 AND state = 'held'",
                           {who.person, service}));
    LINLI_TRY(is_taken, take_place(slot));
    if (!is_taken) {
        // The platform looks whether somebody kept a place too long, and tries again.
        LINLI_CHECK(sql_.query("SELECT id FROM appointment WHERE held_until <= $2 AND slot = $1 ORDER BY id", {slot, now}));
        LINLI_TRY(is_taken_now, take_place(slot));
        if (is_taken_now) return std::unexpected(SqlError{SqlError::Kind::Retry, "a place came free"});
        LINLI_CHECK(sql_.query(kKeepAnswer, {key, who.household, question, now, std::nullopt, "slot-taken", 0}));
        LINLI_CHECK(sql_.query(kCount, {service, day, "refused:slot-taken"}));
        return false;
    }
    id_ = next_++;
    number_ = base::format("YY-{:04}-{:04}", day % 10000, id_);
    LINLI_CHECK(sql_.query("INSERT INTO appointment (id, number, person, service, slot, state, start, minutes, held_until)"
                           " VALUES ($1, $2, $3, $4, $5, 'held', $6, $7, $8)",
                           {id_, number_, who.person, service, slot, start, length, now + 300s}));
    LINLI_CHECK(sql_.query(kKeepAnswer, {key, who.household, question, now, id_, "", 0}));
    LINLI_CHECK(sql_.query(kRead, {id_}));
    return true;
}

SqlResult<void> BareBooking::confirm(int resident, sys_seconds now) {
    std::string key = base::random_hex(32);
    LINLI_TRY(who, find_caller(resident, now));
    LINLI_CHECK(sql_.query(kFindAnswer, {key}));
    LINLI_TRY(rows, sql_.query(base::format("SELECT id, person, service, slot, state, start, held_until, minutes"
                                            " FROM appointment WHERE number = $1{}",
                                            sql_.for_update()),
                               {number_}));
    if (rows.empty()) return std::unexpected(SqlError{SqlError::Kind::Fault, "an appointment is not there"});
    std::string service = rows[0].text(2);
    LINLI_CHECK(sql_.query(kFindService, {service}));
    auto start = rows[0].integer(5), length = rows[0].integer(7);
    LINLI_CHECK(sql_.query(others("'pending', 'booked'"), {who.person, service, start, start + length * 60, id_, now}));
    LINLI_CHECK(sql_.query("UPDATE appointment SET state = $2, held_until = NULL, confirmed_at = $3 WHERE id = $1",
                           {id_, "booked", now}));
    LINLI_CHECK(sql_.query(kCount, {service, now.time_since_epoch().count() / 86400, "booked"}));
    LINLI_CHECK(sql_.query(kKeepAnswer, {key, who.household, base::format("confirm {}", number_), now, id_, "", 0}));
    LINLI_CHECK(sql_.query(kRead, {id_}));
    return {};
}

}  // namespace linli::bench
