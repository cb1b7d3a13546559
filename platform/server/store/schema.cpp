#include "platform/server/store/schema.h"

#include "middleware/base/format.h"
#include "middleware/base/result.h"

namespace linli::platform {

namespace {

constexpr std::int64_t kVersion = 2;

/// Times are seconds since 1970, days are days since 1970 in the platform's zone. "{0}" is a number that the database
/// gives. Nothing refers to another table by force: a foreign key would lock rows that many bookings share.
///
/// box_proof: proves a household (docs/appointments.md): a hash, never the token.
/// slot.taken counts the appointments that hold a place; a slot whose session fell out stays closed for good.
/// appointment: `name` to `bring` are of those only that an office made by other means; `is_imported` until somebody
/// changes one. Confirmed ones have `confirmed_at`, those of the waiting list `waited_since`.
/// change_key: what became of a change; `reason` is empty where it was done.
/// progress: each row adds `count`; rows are summed up from time to time, so that bookings share no row here.
constexpr std::string_view kSchema = R"(
CREATE TABLE household (id {0}, telephone TEXT NOT NULL);
CREATE TABLE box_proof (proof TEXT PRIMARY KEY, household BIGINT NOT NULL);
CREATE TABLE person (
  id {0},
  household BIGINT NOT NULL,
  ref TEXT NOT NULL,
  masked_name TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  is_removed BIGINT NOT NULL DEFAULT 0,
  wrong_tries BIGINT NOT NULL DEFAULT 0,
  locks BIGINT NOT NULL DEFAULT 0,
  locked_until BIGINT NOT NULL DEFAULT 0,
  UNIQUE (household, ref));
CREATE TABLE session (
  ref_hash TEXT PRIMARY KEY,
  person BIGINT NOT NULL,
  box TEXT NOT NULL,
  until BIGINT NOT NULL);
CREATE TABLE service (
  key TEXT PRIMARY KEY,
  area TEXT NOT NULL,
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  address TEXT NOT NULL,
  telephone TEXT NOT NULL,
  bring TEXT NOT NULL,
  minutes BIGINT NOT NULL,
  places BIGINT NOT NULL,
  horizon_days BIGINT NOT NULL,
  book_until BIGINT NOT NULL,
  cancel_until BIGINT NOT NULL,
  quota BIGINT NOT NULL,
  confirmation TEXT NOT NULL,
  has_waiting_list BIGINT NOT NULL,
  hold BIGINT NOT NULL,
  offer BIGINT NOT NULL,
  is_discreet BIGINT NOT NULL,
  planned_until BIGINT NOT NULL);
CREATE TABLE opening (service TEXT NOT NULL, days BIGINT NOT NULL, from_minute BIGINT NOT NULL, until_minute BIGINT NOT NULL);
CREATE INDEX opening_of_service ON opening (service);
CREATE TABLE opening_exception (
  service TEXT NOT NULL,
  first BIGINT NOT NULL,
  last BIGINT NOT NULL,
  from_minute BIGINT,
  until_minute BIGINT,
  reason TEXT NOT NULL);
CREATE INDEX opening_exception_of_service ON opening_exception (service);
CREATE TABLE holiday (day BIGINT PRIMARY KEY, name TEXT NOT NULL, is_off BIGINT NOT NULL);
CREATE TABLE planned_day (service TEXT NOT NULL, day BIGINT NOT NULL, closed TEXT NOT NULL, PRIMARY KEY (service, day));
CREATE TABLE slot (
  id {0},
  service TEXT NOT NULL,
  day BIGINT NOT NULL,
  start BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  places BIGINT NOT NULL,
  taken BIGINT NOT NULL DEFAULT 0,
  is_open BIGINT NOT NULL DEFAULT 1,
  fell_out BIGINT NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  UNIQUE (service, start));
CREATE INDEX slot_of_day ON slot (service, day);
CREATE TABLE appointment (
  id BIGINT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  person BIGINT,
  service TEXT NOT NULL,
  slot BIGINT,
  state TEXT NOT NULL,
  start BIGINT,
  minutes BIGINT NOT NULL DEFAULT 0,
  held_until BIGINT,
  confirmed_at BIGINT,
  waited_since BIGINT,
  changed_from BIGINT,
  cancelled_by TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  is_imported BIGINT NOT NULL DEFAULT 0,
  name TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  telephone TEXT NOT NULL DEFAULT '',
  bring TEXT NOT NULL DEFAULT '');
CREATE INDEX appointment_of_person ON appointment (person, start);
CREATE INDEX appointment_of_service ON appointment (service, start);
CREATE INDEX appointment_held ON appointment (held_until) WHERE held_until IS NOT NULL;
CREATE INDEX appointment_waiting ON appointment (service, waited_since) WHERE state = 'waiting';
CREATE TABLE change_key (
  key TEXT PRIMARY KEY,
  household BIGINT,
  question TEXT NOT NULL,
  at BIGINT NOT NULL,
  appointment BIGINT,
  reason TEXT NOT NULL,
  quota BIGINT NOT NULL);
CREATE INDEX change_key_by_age ON change_key (at);
CREATE TABLE result (
  receipt TEXT PRIMARY KEY,
  digits TEXT NOT NULL,
  tail TEXT NOT NULL,
  state TEXT NOT NULL,
  guide TEXT NOT NULL,
  name TEXT NOT NULL,
  say TEXT NOT NULL,
  telephone TEXT NOT NULL,
  updated BIGINT NOT NULL);
CREATE INDEX result_by_tail ON result (tail);
CREATE TABLE receipt_question (household BIGINT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX receipt_question_of_household ON receipt_question (household, at);
CREATE TABLE progress (service TEXT NOT NULL, day BIGINT NOT NULL, what TEXT NOT NULL, count BIGINT NOT NULL);
CREATE INDEX progress_by_day ON progress (day, service, what);
CREATE TABLE counter (name TEXT PRIMARY KEY, next BIGINT NOT NULL);
INSERT INTO counter VALUES ('appointment', 1);
INSERT INTO schema_version VALUES (1);
)";

/// closed_time: what an office keeps for something else, from its calendar.
constexpr std::string_view kFromVersion1To2 = R"(
CREATE TABLE closed_time (service TEXT NOT NULL, begin_at BIGINT NOT NULL, end_at BIGINT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX closed_time_of_service ON closed_time (service);
UPDATE schema_version SET version = 2;
)";

}  // namespace

SqlResult<void> make_tables(SqlConnection& sql) {
    LINLI_CHECK(sql.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)"));
    LINLI_TRY(rows, sql.query("SELECT version FROM schema_version", {}));
    std::int64_t version = rows.empty() ? 1 : rows[0].integer(0);
    if (rows.empty()) LINLI_CHECK(sql.run(base::format(fmt::runtime(kSchema), sql.row_number_type())));
    if (version == 1) return sql.run(kFromVersion1To2);
    if (version == kVersion) return {};
    return std::unexpected(
        SqlError{SqlError::Kind::Fault, "the database was made by a newer version of this program"});
}

}  // namespace linli::platform
