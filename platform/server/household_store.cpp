#include "platform/server/household_store.h"

#include <algorithm>

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/secret.h"

namespace linli::platform {

using base::Result;
using namespace std::chrono;

namespace {

constexpr std::int64_t kVersion = 1;
constexpr char kSeparator = '\n';

constexpr std::string_view kSchema = R"(
CREATE TABLE household (id INTEGER PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE);
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  household INTEGER NOT NULL,
  ref TEXT NOT NULL,
  masked_name TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  wrong_tries INTEGER NOT NULL DEFAULT 0,
  locks INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0,
  UNIQUE (household, ref));
CREATE TABLE appointment (
  person INTEGER NOT NULL,
  number TEXT NOT NULL,
  service TEXT NOT NULL,
  start INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  state TEXT NOT NULL,
  place TEXT NOT NULL,
  address TEXT NOT NULL,
  telephone TEXT NOT NULL,
  bring TEXT NOT NULL);
CREATE INDEX appointment_of_person ON appointment (person, start);
PRAGMA user_version = 1;
)";

std::string join(const std::vector<std::string>& lines) {
    std::string joined;
    for (const std::string& line : lines) {
        if (!joined.empty()) joined += kSeparator;
        joined += line;
    }
    return joined;
}

std::vector<std::string> split(std::string_view joined) {
    std::vector<std::string> lines;
    while (!joined.empty()) {
        auto at = joined.find(kSeparator);
        lines.emplace_back(joined.substr(0, at));
        joined = at == std::string_view::npos ? std::string_view() : joined.substr(at + 1);
    }
    return lines;
}

Refusal refusal(Refusal::Reason reason) { return {reason}; }

}  // namespace

struct HouseholdStore::Person {
    std::int64_t id = 0;
    std::string pin_hash;
    int wrong_tries = 0;
    int locks = 0;
    sys_seconds locked_until;
};

Result<std::unique_ptr<HouseholdStore>> HouseholdStore::open(const std::filesystem::path& file) {
    LINLI_TRY(database, storage::Database::open(file, storage::OpenMode::ReadWrite));
    LINLI_TRY(version, database.number("PRAGMA user_version"));
    if (version > kVersion)
        return base::fail(base::format("{} was written by a newer version of this program", file.string()));
    if (version == 0) {
        LINLI_TRY(transaction, storage::Transaction::begin(database));
        LINLI_CHECK(database.run(kSchema));
        LINLI_CHECK(transaction.commit());
    }
    return std::unique_ptr<HouseholdStore>(new HouseholdStore(std::move(database)));
}

Result<void> HouseholdStore::import(std::span<const Household> households) {
    std::lock_guard lock(mutex_);
    LINLI_TRY(transaction, storage::Transaction::begin(database_));
    for (const Household& household : households) LINLI_CHECK(insert(household));
    return transaction.commit();
}

Result<void> HouseholdStore::insert(const Household& household) {
    LINLI_TRY(known, find_household(household.box_token));
    if (known) {
        for (std::string_view sql :
             {"DELETE FROM appointment WHERE person IN (SELECT id FROM person WHERE household = ?)",
              "DELETE FROM person WHERE household = ?", "DELETE FROM household WHERE id = ?"})
            LINLI_CHECK(database_.prepare(sql).bind(*known).finish());
    }
    LINLI_CHECK(database_.prepare("INSERT INTO household (token_hash) VALUES (?)")
                    .bind(base::Sha256::of(household.box_token))
                    .finish());
    LINLI_TRY(id, database_.number("SELECT last_insert_rowid()"));
    for (const Household::Person& person : household.people) LINLI_CHECK(insert(id, person));
    return {};
}

Result<void> HouseholdStore::insert(std::int64_t household, const Household::Person& person) {
    LINLI_TRY(pin_hash, base::hash_password(person.pin));
    LINLI_CHECK(database_.prepare("INSERT INTO person (household, ref, masked_name, pin_hash) VALUES (?, ?, ?, ?)")
                    .bind(household)
                    .bind(person.member.ref)
                    .bind(person.member.masked_name)
                    .bind(pin_hash)
                    .finish());
    LINLI_TRY(id, database_.number("SELECT last_insert_rowid()"));
    for (const Appointment& appointment : person.appointments) {
        LINLI_CHECK(database_.prepare("INSERT INTO appointment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                        .bind(id)
                        .bind(appointment.number)
                        .bind(appointment.service_name)
                        .bind(appointment.start->time_since_epoch().count())
                        .bind(appointment.duration.count())
                        .bind(to_name(appointment.state))
                        .bind(appointment.place)
                        .bind(appointment.address)
                        .bind(appointment.telephone)
                        .bind(join(appointment.bring))
                        .finish());
    }
    return {};
}

Result<std::optional<std::int64_t>> HouseholdStore::find_household(std::string_view box_token) {
    auto query = database_.prepare("SELECT id FROM household WHERE token_hash = ?");
    query.bind(base::Sha256::of(box_token));
    std::optional<std::int64_t> id;
    if (query.step()) id = query.integer(0);
    LINLI_CHECK(query.finish());
    return id;
}

Result<std::optional<HouseholdStore::Person>> HouseholdStore::find_person(std::int64_t household,
                                                                          std::string_view ref) {
    auto query = database_.prepare(
        "SELECT id, pin_hash, wrong_tries, locks, locked_until FROM person WHERE household = ? AND ref = ?");
    query.bind(household).bind(ref);
    std::optional<Person> person;
    if (query.step())
        person = Person{query.integer(0), std::string(query.text(1)), static_cast<int>(query.integer(2)),
                        static_cast<int>(query.integer(3)), sys_seconds(seconds(query.integer(4)))};
    LINLI_CHECK(query.finish());
    return person;
}

Result<std::optional<std::vector<Member>>> HouseholdStore::members(std::string_view box_token) {
    std::lock_guard lock(mutex_);
    LINLI_TRY(household, find_household(box_token));
    if (!household) return std::nullopt;
    auto query = database_.prepare("SELECT ref, masked_name FROM person WHERE household = ? ORDER BY id");
    query.bind(*household);
    std::vector<Member> members;
    while (query.step()) members.push_back({std::string(query.text(0)), std::string(query.text(1))});
    LINLI_CHECK(query.finish());
    return std::optional(std::move(members));
}

Result<void> HouseholdStore::note_tries(const Person& person) {
    return database_.prepare("UPDATE person SET wrong_tries = ?, locks = ?, locked_until = ? WHERE id = ?")
        .bind(person.wrong_tries)
        .bind(person.locks)
        .bind(person.locked_until.time_since_epoch().count())
        .bind(person.id)
        .finish();
}

Result<HouseholdStore::Answer> HouseholdStore::look_up(std::string_view box_token, const LookUp& look_up,
                                                       sys_seconds now) {
    std::lock_guard lock(mutex_);
    LINLI_TRY(household, find_household(box_token));
    if (!household) return refusal(Refusal::Reason::UnknownBox);
    LINLI_TRY(found, find_person(*household, look_up.member_ref));
    if (!found) return refusal(Refusal::Reason::UnknownMember);
    Person& person = *found;
    if (now < person.locked_until) return Refusal{.reason = Refusal::Reason::Locked, .seconds = person.locked_until - now};

    bool is_last_try = ++person.wrong_tries == kTries;
    Person if_wrong = person;
    if (is_last_try) {
        seconds lock = std::min(kFirstLock * (1 << std::min(person.locks, 16)), kLongestLock);
        if_wrong.wrong_tries = 0;
        if_wrong.locks = person.locks + 1;
        if_wrong.locked_until = now + lock;
    }
    LINLI_CHECK(note_tries(if_wrong));
    if (!base::is_password(look_up.pin, person.pin_hash)) {
        if (is_last_try) return Refusal{.reason = Refusal::Reason::Locked, .seconds = if_wrong.locked_until - now};
        return Refusal{Refusal::Reason::WrongPin, kTries - person.wrong_tries};
    }
    Person if_right = person;
    if_right.wrong_tries = 0;
    if_right.locks = 0;
    if_right.locked_until = {};
    LINLI_CHECK(note_tries(if_right));
    LINLI_TRY(answer, appointments(person.id));
    return answer;
}

Result<std::vector<Appointment>> HouseholdStore::appointments(std::int64_t person) {
    auto query = database_.prepare(
        "SELECT number, service, start, minutes, state, place, address, telephone, bring FROM appointment"
        " WHERE person = ? ORDER BY start, number");
    query.bind(person);
    std::vector<Appointment> appointments;
    while (query.step()) {
        Appointment appointment;
        appointment.number = query.text(0);
        appointment.service_name = query.text(1);
        appointment.start = sys_seconds(seconds(query.integer(2)));
        appointment.duration = minutes(query.integer(3));
        appointment.state = parse_appointment_state(query.text(4)).value_or(AppointmentState::Pending);
        appointment.place = query.text(5);
        appointment.address = query.text(6);
        appointment.telephone = query.text(7);
        appointment.bring = split(query.text(8));
        appointments.push_back(std::move(appointment));
    }
    LINLI_CHECK(query.finish());
    return appointments;
}

}  // namespace linli::platform
