// Whether the bare booking is still what the platform does: both work on a connection that writes down what it is asked.

#include "middleware/base/format.h"
#include "middleware/base/result.h"
#include "middleware/base/secret.h"
#include "platform/server/store/sql_booking_store.h"
#include "tests/bench/bare_booking.h"
#include "tests/bench/booking_town.h"

namespace linli::bench {

using platform::SqlConnection;
using platform::SqlDatabase;
using platform::SqlError;
using platform::SqlResult;
using platform::SqlRows;
using platform::SqlValue;

namespace {

using Statements = std::vector<std::string>;

class WrittenConnection final : public SqlConnection {
  public:
    WrittenConnection(std::unique_ptr<SqlConnection> real, Statements& statements)
        : real_(std::move(real)), statements_(statements) {}

    SqlResult<void> run(std::string_view sql) override {
        statements_.emplace_back(sql);
        return real_->run(sql);
    }
    SqlResult<SqlRows> query(std::string_view sql, std::initializer_list<SqlValue> values) override {
        statements_.emplace_back(sql);
        return real_->query(sql, values);
    }
    SqlResult<void> begin() override {
        statements_.emplace_back("begin");
        return real_->begin();
    }
    SqlResult<void> begin_alone() override { return real_->begin_alone(); }
    SqlResult<void> commit() override {
        statements_.emplace_back("commit");
        return real_->commit();
    }
    void rollback() override {
        statements_.emplace_back("rollback");
        real_->rollback();
    }
    std::string_view for_update() const override { return real_->for_update(); }
    std::string_view row_number_type() const override { return real_->row_number_type(); }
    bool is_lost() const override { return real_->is_lost(); }

  private:
    std::unique_ptr<SqlConnection> real_;
    Statements& statements_;
};

class WrittenDatabase final : public SqlDatabase {
  public:
    WrittenDatabase(std::unique_ptr<SqlDatabase> real, Statements& statements)
        : real_(std::move(real)), statements_(statements) {}
    SqlResult<std::unique_ptr<SqlConnection>> connect() override {
        LINLI_TRY(connection, real_->connect());
        return std::make_unique<WrittenConnection>(std::move(connection), statements_);
    }

  private:
    std::unique_ptr<SqlDatabase> real_;
    Statements& statements_;
};

std::unexpected<SqlError> fault(std::string message) {
    return std::unexpected(SqlError{SqlError::Kind::Fault, std::move(message)});
}

/// A booking as the platform makes it; true where the slot had a place.
base::Result<bool> book(platform::BookingStore& store, int resident, std::int64_t slot, std::chrono::sys_seconds now) {
    std::string box = platform::box_of_token(token_of(resident)), session = session_of(resident);
    platform::BookingStore::Caller caller{box, session};
    LINLI_TRY(held, store.hold(caller, base::random_hex(32), base::format("s{}", slot), now));
    auto* appointment = std::get_if<platform::Appointment>(&held);
    if (appointment == nullptr) return false;
    LINLI_TRY(confirmed, store.confirm(caller, base::random_hex(32), appointment->number, now));
    return std::holds_alternative<platform::Appointment>(confirmed);
}

SqlResult<void> compare(const Statements& platforms, const Statements& bare, std::string_view what) {
    for (std::size_t at = 0; at < std::max(platforms.size(), bare.size()); ++at) {
        std::string theirs = at < platforms.size() ? platforms[at] : "nothing", ours = at < bare.size() ? bare[at] : "nothing";
        if (theirs != ours)
            return fault(base::format("the bare booking ({}) is not the platform's any more: statement {} is\n  {}\nand not\n  {}",
                                      what, at + 1, theirs, ours));
    }
    return {};
}

}  // namespace

SqlResult<void> check_bare_booking(const std::string& database, std::chrono::sys_seconds now) {
    // Three slots with a place each. The first resident's booking fetches a block of numbers, the second's does not.
    if (auto filled = fill_town(database, {"check", 4, 1, 4}, now); !filled) return fault(filled.error().message);
    auto slots = slots_of(database);
    if (!slots) return fault(slots.error().message);
    Statements platforms, bare;
    LINLI_TRY(for_store, open_database(database));
    auto zone = platform::Zone::find("Asia/Shanghai");
    if (!zone) return fault(zone.error().message);
    platform::SqlBookingStore store(std::make_unique<WrittenDatabase>(std::move(for_store), platforms), {.database = database},
                                    *zone);
    LINLI_TRY(for_bare, open_database(database));
    LINLI_TRY(real, for_bare->connect());
    WrittenConnection connection(std::move(real), bare);
    BareBooking bare_booking(connection, 1'000'000);

    if (auto first = book(store, 0, slots->at(0), now); !first || !*first) return fault("the first resident got no place");
    platforms.clear();
    if (auto second = book(store, 1, slots->at(1), now); !second || !*second) return fault("the second resident got no place");
    LINLI_TRY(third, bare_booking.book(2, slots->at(2), now));
    if (!third) return fault("the third resident got no place");
    LINLI_CHECK(compare(platforms, bare, "a booking"));
    platforms.clear();
    bare.clear();
    if (auto full = book(store, 3, slots->at(0), now); !full || *full) return fault("a full slot was given again");
    LINLI_TRY(bare_full, bare_booking.book(3, slots->at(0), now));
    if (bare_full) return fault("a full slot was given again");
    return compare(platforms, bare, "a full slot");
}

}  // namespace linli::bench
