#include "platform/server/store/sql_booking_store.h"

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "platform/server/sql/postgres_database.h"
#include "platform/server/sql/sqlite_database.h"
#include "platform/server/store/schema.h"

namespace linli::platform {

using base::Result;

namespace {

constexpr std::int64_t kNumbersAtOnce = 64;

bool is_postgres(std::string_view database) {
    return database.starts_with("postgresql://") || database.starts_with("postgres://");
}

}  // namespace

std::string box_of_token(std::string_view token) { return "token:" + base::Sha256::of(token); }
std::string box_of_certificate(std::string_view sha256) { return "certificate:" + std::string(sha256); }

SqlResult<std::int64_t> NumberBlock::next(SqlPool& pool) {
    {
        std::lock_guard lock(mutex_);
        if (next_ < end_) return next_++;
    }
    // Without the lock: while the database is away each call gives up in its own time.
    LINLI_TRY(rows, pool.transact([](SqlConnection& sql) {
        return sql.query("UPDATE counter SET next = next + $1 WHERE name = 'appointment' RETURNING next", {kNumbersAtOnce});
    }));
    std::int64_t end = rows.at(0).integer(0), first = end - kNumbersAtOnce;
    std::lock_guard lock(mutex_);
    next_ = first + 1;
    end_ = end;
    return first;
}

Result<void> SqlBookingStore::prepare() { return to_result(pool_.transact_alone(make_tables)); }

std::string SqlBookingStore::number_of(std::int64_t id, std::chrono::sys_seconds day) const {
    auto date = zone_.date_of(day);
    return base::format("{}{:02}{:02}-{:04}", kNumberPrefix, static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), id);
}

Result<std::unique_ptr<BookingStore>> open_booking_store(const BookingStoreOptions& options) {
    LINLI_TRY(zone, Zone::find(options.zone));
    auto database = is_postgres(options.database) ? open_postgres(options.database) : open_sqlite(options.database);
    if (!database) return base::fail(std::move(database.error().message));
    auto store = std::make_unique<SqlBookingStore>(std::move(*database), options, zone);
    LINLI_CHECK(store->prepare());
    return store;
}

}  // namespace linli::platform
