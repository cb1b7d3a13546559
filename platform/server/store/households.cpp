// Households, their people and PINs, sessions, and the results of applications.

#include <algorithm>
#include <map>
#include <set>

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/secret.h"
#include "platform/server/store/places.h"
#include "platform/server/store/sql_booking_store.h"

namespace linli::platform {

using base::Result;
using namespace std::chrono;
using namespace std::chrono_literals;
using Reason = Refusal::Reason;

namespace {

/// Wrong PINs in a row that lock a member, first for `kFirstLock`, then each time twice as long.
constexpr int kTries = 5;
constexpr seconds kFirstLock = 60s;
constexpr seconds kLongestLock = 24h;

/// A session lasts this long after its last use. It is written down a little longer, so that not each use is a write.
constexpr seconds kSession = 600s;
constexpr seconds kSessionSlack = 30s;

constexpr int kReceiptsAnHour = 20;
constexpr std::size_t kFewestDigits = 4, kMostDigits = 8;

bool are_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> proofs_of(const Household& household) {
    std::vector<std::string> proofs;
    if (!household.box_token.empty()) proofs.push_back(box_of_token(household.box_token));
    if (!household.certificate.empty()) proofs.push_back(box_of_certificate(household.certificate));
    return proofs;
}

/// The hashes of PINs as they will be; by household and reference.
using PinHashes = std::map<std::pair<const Household*, std::string>, std::string>;

SqlResult<std::string> known_hash(SqlConnection& sql, const Household& household, std::string_view ref) {
    for (const std::string& proof : proofs_of(household)) {
        LINLI_TRY(rows, sql.query("SELECT p.pin_hash FROM person p JOIN box_proof b ON b.household = p.household"
                                  " WHERE b.proof = $1 AND p.ref = $2",
                                  {proof, ref}));
        if (!rows.empty()) return rows[0].text(0);
    }
    return std::string();
}

SqlResult<std::int64_t> put_household(SqlConnection& sql, const Household& household) {
    std::optional<std::int64_t> id;
    auto proofs = proofs_of(household);
    for (const std::string& proof : proofs) {
        LINLI_TRY(rows, sql.query("SELECT household FROM box_proof WHERE proof = $1", {proof}));
        if (!rows.empty()) id = rows[0].integer(0);
    }
    if (id) {
        LINLI_CHECK(sql.query("UPDATE household SET telephone = $2 WHERE id = $1", {*id, household.telephone}));
    } else {
        LINLI_TRY(made, sql.query("INSERT INTO household (telephone) VALUES ($1) RETURNING id", {household.telephone}));
        id = made.at(0).integer(0);
    }
    LINLI_CHECK(sql.query("DELETE FROM box_proof WHERE household = $1", {*id}));
    for (const std::string& proof : proofs)
        LINLI_CHECK(sql.query("INSERT INTO box_proof VALUES ($1, $2) ON CONFLICT (proof) DO UPDATE SET household = $2",
                              {proof, *id}));
    LINLI_CHECK(sql.query("UPDATE person SET is_removed = 1 WHERE household = $1", {*id}));
    return *id;
}

/// The slots of imported appointments by their numbers.
using Places = std::map<std::string, std::int64_t>;

bool has_place_at(const Household& household, std::string_view number, std::string_view service,
                  std::optional<sys_seconds> start) {
    auto is_same = [&](const Appointment& one) {
        return one.number == number && one.service == service && one.start == start && holds_place(one.state);
    };
    return std::ranges::any_of(household.people, [&](const auto& person) { return std::ranges::any_of(person.appointments, is_same); });
}

/// Removes the household's imported appointments. The places of those that come again as they were are kept for them.
SqlResult<Places> clear_imported(SqlConnection& sql, std::int64_t id, const Household& household) {
    LINLI_TRY(rows, sql.query("DELETE FROM appointment WHERE is_imported = 1 AND person IN"
                              " (SELECT id FROM person WHERE household = $1) RETURNING number, service, start, slot",
                              {id}));
    Places kept;
    for (const SqlRow& row : rows) {
        if (row.is_null(3)) continue;
        if (has_place_at(household, row.text(0), row.text(1), row.time_or_null(2)))
            kept[row.text(0)] = row.integer(3);
        else
            LINLI_CHECK(free_place(sql, row.integer(3)));
    }
    return kept;
}

SqlResult<std::int64_t> put_person(SqlConnection& sql, std::int64_t household, const Household::Person& person,
                                   const std::string& pin_hash) {
    LINLI_TRY(rows, sql.query("INSERT INTO person (household, ref, masked_name, pin_hash) VALUES ($1, $2, $3, $4)"
                              " ON CONFLICT (household, ref) DO UPDATE SET masked_name = $3, is_removed = 0,"
                              " wrong_tries = CASE WHEN person.pin_hash = $4 THEN person.wrong_tries ELSE 0 END,"
                              " locks = CASE WHEN person.pin_hash = $4 THEN person.locks ELSE 0 END,"
                              " locked_until = CASE WHEN person.pin_hash = $4 THEN person.locked_until ELSE 0 END,"
                              " pin_hash = $4 RETURNING id",
                              {household, person.member.ref, person.member.masked_name, pin_hash}));
    return rows.at(0).integer(0);
}

SqlResult<void> put_appointment(SqlConnection& sql, std::int64_t person, const Appointment& appointment,
                                const Places& places) {
    LINLI_TRY(taken, sql.query("SELECT person FROM appointment WHERE number = $1", {appointment.number}));
    // His own that somebody has changed since it was imported: what was changed here holds.
    if (!taken.empty() && taken[0].integer(0) == person) return {};
    if (!taken.empty())
        return std::unexpected(SqlError{SqlError::Kind::Fault,
                                        base::format("the appointment number {} is another's", appointment.number)});
    auto place = places.find(appointment.number);
    SqlValue slot = place == places.end() ? SqlValue(std::nullopt) : SqlValue(place->second);
    LINLI_TRY(rows, sql.query("UPDATE counter SET next = next + 1 WHERE name = 'appointment' RETURNING next", {}));
    LINLI_CHECK(sql.query(
        "INSERT INTO appointment (id, number, person, service, slot, state, start, minutes, is_imported, name, place,"
        " address, telephone, bring, confirmed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, $12, $13, 0)",
        {rows.at(0).integer(0) - 1, appointment.number, person, appointment.service, slot, to_name(appointment.state),
         appointment.start, appointment.duration.count(), appointment.service_name, appointment.place,
         appointment.address, appointment.telephone, join_lines(appointment.bring)}));
    return {};
}

SqlResult<void> put(SqlConnection& sql, const Household& household, const PinHashes& hashes) {
    LINLI_TRY(id, put_household(sql, household));
    LINLI_TRY(places, clear_imported(sql, id, household));
    for (const Household::Person& person : household.people) {
        LINLI_TRY(person_id, put_person(sql, id, person, hashes.at({&household, person.member.ref})));
        for (const Appointment& appointment : person.appointments)
            LINLI_CHECK(put_appointment(sql, person_id, appointment, places));
    }
    LINLI_CHECK(sql.query("DELETE FROM session WHERE person IN"
                          " (SELECT id FROM person WHERE household = $1 AND is_removed = 1)",
                          {id}));
    return {};
}

std::set<std::string> services_in(std::span<const Household> households) {
    std::set<std::string> services;
    for (const Household& household : households)
        for (const Household::Person& person : household.people)
            for (const Appointment& appointment : person.appointments) services.insert(appointment.service);
    return services;
}

}  // namespace

Result<void> SqlBookingStore::import_households(std::span<const Household> households) {
    // Hashing takes its time on purpose: it is done before the transaction. A hash that fits the PIN is kept.
    PinHashes hashes;
    for (const Household& household : households) {
        for (const Household::Person& person : household.people) {
            LINLI_TRY(hash, to_result(pool_.ask([&](SqlConnection& sql) {
                return known_hash(sql, household, person.member.ref);
            })));
            if (hash.empty() || !base::is_password(person.pin, hash)) {
                LINLI_TRY(new_hash, base::hash_password(person.pin));
                hash = std::move(new_hash);
            }
            hashes[{&household, person.member.ref}] = std::move(hash);
        }
    }
    return to_result(pool_.transact([&](SqlConnection& sql) -> SqlResult<void> {
        // No day is planned meanwhile: neither would see the other.
        auto services = services_in(households);
        for (const std::string& service : services)
            LINLI_CHECK(sql.query(base::format("SELECT key FROM service WHERE key = $1{}", sql.for_update()), {service}));
        for (const Household& household : households) LINLI_CHECK(put(sql, household, hashes));
        for (const std::string& service : services) LINLI_CHECK(place_imported(sql, service));
        return {};
    }));
}

SqlResult<std::optional<std::int64_t>> SqlBookingStore::find_household(SqlConnection& sql, std::string_view box) {
    LINLI_TRY(rows, sql.query("SELECT household FROM box_proof WHERE proof = $1", {box}));
    if (rows.empty()) return std::nullopt;
    return rows[0].integer(0);
}

Result<bool> SqlBookingStore::are_of_one_household(std::string_view box, std::string_view other) {
    return to_result(pool_.ask([&](SqlConnection& sql) -> SqlResult<bool> {
        LINLI_TRY(household, find_household(sql, box));
        LINLI_TRY(household_of_other, find_household(sql, other));
        return household && household == household_of_other;
    }));
}

BookingStore::Answer<std::vector<Member>> SqlBookingStore::members(std::string_view box) {
    return to_result(pool_.ask([&](SqlConnection& sql) -> Reply<std::vector<Member>> {
        LINLI_TRY(household, find_household(sql, box));
        if (!household) return Refusal{Reason::UnknownBox};
        LINLI_TRY(rows, sql.query("SELECT ref, masked_name FROM person WHERE household = $1 AND is_removed = 0 ORDER BY id",
                                  {*household}));
        std::vector<Member> members;
        for (const SqlRow& row : rows) members.push_back({row.text(0), row.text(1)});
        return members;
    }));
}

namespace {

/// A try that has been counted as a wrong one already: a power cut or a race gives none away.
struct Try {
    std::int64_t person = 0;
    std::string pin_hash;
    /// What to say when it is wrong.
    Refusal if_wrong;
};

SqlResult<std::variant<Try, Refusal>> count_try(SqlConnection& sql, std::int64_t household, std::string_view member,
                                                sys_seconds now) {
    LINLI_TRY(rows, sql.query(base::format("SELECT id, pin_hash, wrong_tries, locks, locked_until FROM person"
                                           " WHERE household = $1 AND ref = $2 AND is_removed = 0{}",
                                           sql.for_update()),
                              {household, member}));
    if (rows.empty()) return Refusal{Reason::UnknownMember};
    LINLI_TRY(telephones, sql.query("SELECT telephone FROM household WHERE id = $1", {household}));
    const std::string& telephone = telephones.at(0).text(0);
    const SqlRow& row = rows[0];
    if (now < row.time(4))
        return Refusal{.reason = Reason::Locked, .seconds = row.time(4) - now, .telephone = telephone};

    auto tries = row.integer(2) + 1, locks = row.integer(3);
    Try a_try{row.integer(0), row.text(1), {Reason::WrongPin, static_cast<int>(kTries - tries)}};
    sys_seconds locked_until{};
    if (tries >= kTries) {
        seconds lock = std::min(kFirstLock * (std::int64_t{1} << std::min<std::int64_t>(locks, 16)), kLongestLock);
        a_try.if_wrong = {.reason = Reason::Locked, .seconds = lock, .telephone = telephone};
        locked_until = now + lock;
        tries = 0;
        ++locks;
    }
    LINLI_CHECK(sql.query("UPDATE person SET wrong_tries = $2, locks = $3, locked_until = $4 WHERE id = $1",
                          {a_try.person, tries, locks, locked_until}));
    return a_try;
}

}  // namespace

BookingStore::Answer<Session> SqlBookingStore::open_session(std::string_view box, std::string_view member,
                                                            std::string_view pin, sys_seconds now) {
    LINLI_TRY(counted, to_result(pool_.transact([&](SqlConnection& sql) -> Reply<Try> {
        LINLI_TRY(household, find_household(sql, box));
        if (!household) return Refusal{Reason::UnknownBox};
        return count_try(sql, *household, member, now);
    })));
    if (auto* refusal = std::get_if<Refusal>(&counted)) return *refusal;
    const Try& a_try = std::get<Try>(counted);
    if (!base::is_password(pin, a_try.pin_hash)) return a_try.if_wrong;

    Session session{base::random_hex(32), std::string(member), kSession};
    LINLI_CHECK(to_result(pool_.transact([&](SqlConnection& sql) -> SqlResult<void> {
        LINLI_CHECK(sql.query("UPDATE person SET wrong_tries = 0, locks = 0, locked_until = 0 WHERE id = $1",
                              {a_try.person}));
        LINLI_CHECK(sql.query("INSERT INTO session VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                              {base::Sha256::of(session.ref), a_try.person, box, now + kSession + kSessionSlack}));
        return {};
    })));
    return session;
}

SqlBookingStore::Reply<SqlBookingStore::Who> SqlBookingStore::find_caller(SqlConnection& sql, const Caller& caller,
                                                                          sys_seconds now) {
    std::string ref_hash = base::Sha256::of(caller.session);
    std::string_view lock = sql.for_update();
    LINLI_TRY(rows, sql.query(base::format("SELECT p.id, p.household, s.until FROM session s"
                                           " JOIN person p ON p.id = s.person JOIN box_proof b ON b.proof = s.box"
                                           " WHERE s.ref_hash = $1 AND s.box = $2 AND s.until > $3 AND p.is_removed = 0"
                                           " AND b.household = p.household{}{}",
                                           lock, lock.empty() ? "" : " OF p"),
                              {ref_hash, caller.box, now}));
    if (rows.empty()) {
        LINLI_TRY(household, find_household(sql, caller.box));
        return Refusal{household ? Reason::NoSession : Reason::UnknownBox};
    }
    if (rows[0].time(2) < now + kSession)
        LINLI_CHECK(sql.query("UPDATE session SET until = $2 WHERE ref_hash = $1",
                              {ref_hash, now + kSession + kSessionSlack}));
    return Who{rows[0].integer(0), rows[0].integer(1)};
}

Result<void> SqlBookingStore::import_results(std::span<const ApplicationResult> results) {
    return to_result(pool_.transact([&](SqlConnection& sql) -> SqlResult<void> {
        for (const ApplicationResult& result : results) {
            std::string digits;
            std::ranges::copy_if(result.receipt, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
            std::string tail = digits.size() < kFewestDigits ? "" : digits.substr(digits.size() - kFewestDigits);
            LINLI_CHECK(sql.query("INSERT INTO result VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (receipt)"
                                  " DO UPDATE SET state = $4, guide = $5, name = $6, say = $7, telephone = $8, updated = $9",
                                  {result.receipt, digits, tail, result.state, result.guide, result.name, result.say,
                                   result.telephone, result.updated}));
        }
        return {};
    }));
}

namespace {

/// Whether the household may ask for another receipt; if so this one is counted.
SqlResult<std::optional<Refusal>> count_receipt(SqlConnection& sql, std::int64_t household, sys_seconds now) {
    LINLI_CHECK(sql.query(base::format("SELECT id FROM household WHERE id = $1{}", sql.for_update()), {household}));
    LINLI_TRY(asked, sql.query("SELECT COUNT(*), MIN(at) FROM receipt_question WHERE household = $1 AND at > $2",
                               {household, now - 1h}));
    if (asked[0].integer(0) >= kReceiptsAnHour)
        return Refusal{.reason = Reason::TooMany, .seconds = asked[0].time(1) + 1h - now};
    LINLI_CHECK(sql.query("INSERT INTO receipt_question VALUES ($1, $2)", {household, now}));
    return std::nullopt;
}

}  // namespace

BookingStore::Answer<std::vector<ApplicationResult>> SqlBookingStore::results(std::string_view box,
                                                                              std::string_view digits,
                                                                              sys_seconds now) {
    if (digits.size() < kFewestDigits || digits.size() > kMostDigits || !are_digits(digits))
        return Refusal{Reason::Malformed};
    return to_result(pool_.transact([&](SqlConnection& sql) -> Reply<std::vector<ApplicationResult>> {
        LINLI_TRY(household, find_household(sql, box));
        if (!household) return Refusal{Reason::UnknownBox};
        LINLI_TRY(refusal, count_receipt(sql, *household, now));
        if (refusal) return *refusal;
        LINLI_TRY(rows, sql.query("SELECT state, guide, name, say, telephone, updated FROM result WHERE tail = $1"
                                  " AND digits LIKE $2 ORDER BY updated DESC LIMIT 20",
                                  {digits.substr(digits.size() - kFewestDigits), "%" + std::string(digits)}));
        std::vector<ApplicationResult> results;
        for (const SqlRow& row : rows)
            results.push_back({"…" + std::string(digits), row.text(0), row.text(1), row.text(2), row.text(3),
                               row.text(4), row.time(5)});
        return results;
    }));
}

}  // namespace linli::platform
