#include "tests/platform/booking/store_test.h"

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/secret.h"
#include "platform/server/sql/postgres_database.h"
#include "platform/server/sql/sqlite_database.h"
#include "tests/platform/booking/postgres_server.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using namespace platform;
using namespace std::chrono;
using namespace std::chrono_literals;

void fail_at(const std::string& message, const char* file, int line) {
    UtestShell::getCurrent()->fail(message.c_str(), file, static_cast<std::size_t>(line));
    std::abort();
}

StoreTest::StoreTest(Backend backend)
    : database(backend == Backend::Sqlite ? (folder.path() / "bookings.db").string()
                                          : PostgresServer::instance().make_database()),
      store_(open()) {}

StoreTest::~StoreTest() {
    store_.reset();
    if (database.starts_with("postgresql:")) PostgresServer::instance().drop_database(database);
}

std::unique_ptr<BookingStore> StoreTest::open(int connections, const char* zone) {
    auto opened = open_booking_store({database, zone, connections});
    CHECK_GOOD(opened);
    return std::move(*opened);
}

void StoreTest::add_household(int members, const std::string& token) {
    Household household{.box_token = token, .telephone = "000-8800-1001"};
    for (int member = 1; member <= members; ++member)
        household.people.push_back({{base::format("m{}", member), base::format("张*{}", member)}, "2468", {}});
    CHECK_GOOD(store().import_households(std::vector{household}));
    box_ = box_of_token(token);
    sessions_.resize(household.people.size());
    sign_in();
}

void StoreTest::sign_in() {
    // Written as open_session does, but without the time that a PIN takes on purpose.
    auto connection = connect();
    for (std::size_t member = 0; member < sessions_.size(); ++member) {
        sessions_[member] = base::random_hex(32);
        auto done = connection->query("INSERT INTO session SELECT $1, p.id, $2, $3 FROM person p"
                                      " JOIN box_proof b ON b.household = p.household WHERE b.proof = $2 AND p.ref = $4",
                                      {base::Sha256::of(sessions_[member]), box_, now + 630s, base::format("m{}", member + 1)});
        CHECK_TRUE(done.has_value());
    }
}

content::ItemKey StoreTest::key_of(const std::string& id) { return {*content::AreaCode::parse("12/0101"), id}; }

Schedule StoreTest::schedule(const std::string& id) {
    Schedule schedule{key_of(id)};
    schedule.name = "体检";
    schedule.place = "中心";
    schedule.telephone = "000-8800-1101";
    schedule.bring = {"身份证", "医保卡"};
    schedule.hours.open = {{0b0011111, 9h, 11h}};
    schedule.quota = 100;
    schedule.book_until = 0min;
    schedule.cancel_until = 0min;
    return schedule;
}

void StoreTest::put(const Schedule& schedule, const Holidays& holidays) {
    CHECK_GOOD(store().import_schedules(std::vector{schedule}, holidays, now));
}

sys_seconds StoreTest::at(year_month_day day, int hour, int minute) {
    return sys_days(day) + hours(hour) + minutes(minute) - 8h;
}

std::string StoreTest::slot(year_month_day day, int hour, int minute, const std::string& id) {
    for (const Slot& slot : GOOD(store().slots(box_, key_of(id), day, now)))
        if (slot.start == at(day, hour, minute)) return slot.ref;
    fail_at(base::format("there is no slot at {}:{:02}", hour, minute), __FILE__, __LINE__);
}

std::string StoreTest::free_slots(year_month_day day, const std::string& id) {
    std::string text;
    for (const Slot& slot : GOOD(store().slots(box_, key_of(id), day, now))) {
        auto clock = duration_cast<minutes>(slot.start + 8h - sys_days(day)).count();
        text += base::format("{:02}:{:02} {}/{}, ", clock / 60, clock % 60, slot.free, slot.places);
    }
    return text.empty() ? text : text.substr(0, text.size() - 2);
}

std::string StoreTest::new_key() { return base::random_hex(32); }

Appointment StoreTest::hold(const std::string& slot, int member) {
    return GOOD(store().hold(caller(member), new_key(), slot, now));
}
Appointment StoreTest::book(const std::string& slot, int member) {
    return GOOD(store().confirm(caller(member), new_key(), hold(slot, member).number, now));
}
Appointment StoreTest::book_desk(sys_seconds start, const std::string& id) {
    return GOOD(store().book_at_desk(key_of(id), start, new_key(), now));
}
Appointment StoreTest::wait(int member, const std::string& id) {
    return GOOD(store().wait(caller(member), new_key(), key_of(id), now));
}

void StoreTest::judge(const std::string& number, BookingStore::Verdict verdict, const std::string& note) {
    CHECK_TEXT_EQUAL("", refusal_of(store().judge(number, verdict, note, now)));
}

std::string StoreTest::state(const std::string& number, int member) {
    for (const Appointment& appointment : GOOD(store().mine(caller(member), now)))
        if (appointment.number == number) return std::string(to_name(appointment.state));
    return "unknown-number";
}

std::int64_t StoreTest::counted(const std::string& what, const std::string& id) {
    auto rows = store().progress(2026y / 1 / 1, 2027y / 12 / 31);
    CHECK_GOOD(rows);
    std::int64_t count = 0;
    for (const auto& row : *rows)
        if (row.what == what && row.service == (id.empty() ? "" : key_of(id).str())) count += row.count;
    return count;
}

std::unique_ptr<SqlConnection> StoreTest::connect() const {
    auto opened = database.starts_with("postgresql:") ? open_postgres(database) : open_sqlite(database);
    CHECK_TRUE(opened.has_value());
    auto connection = (*opened)->connect();
    CHECK_TRUE(connection.has_value());
    return std::move(*connection);
}

std::int64_t StoreTest::ask(std::string_view sql) {
    auto rows = connect()->query(sql, {});
    CHECK_TRUE(rows.has_value());
    return rows->at(0).integer(0);
}

void StoreTest::check_places() {
    LONGS_EQUAL(0, ask("SELECT COUNT(*) FROM slot s WHERE s.taken <> (SELECT COUNT(*) FROM appointment a WHERE a.slot = s.id"
                       " AND a.state IN ('held', 'pending', 'booked', 'offered', 'fulfilled', 'missed'))"));
}

void StoreTest::check_appointments() {
    LONGS_EQUAL(0, ask("SELECT COUNT(*) FROM appointment WHERE start IS NULL AND state NOT IN ('waiting', 'cancelled')"));
    LONGS_EQUAL(0, ask("SELECT COUNT(*) FROM appointment WHERE cancelled_by <> '' AND state <> 'cancelled'"));
    LONGS_EQUAL(0, ask("SELECT COUNT(*) FROM appointment WHERE cancelled_by NOT IN ('resident', 'office')"
                       " AND state = 'cancelled' AND is_imported = 0"));
}

}  // namespace linli::tests
