#include "middleware/storage/database.h"

#include <sqlite3.h>

#include <system_error>
#include <utility>

#include "middleware/base/format.h"

namespace linli::storage {

using base::Result;

Statement::Statement(sqlite3* database, sqlite3_stmt* statement, std::string error)
    : database_(database), statement_(statement), error_(std::move(error)) {}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      next_parameter_(other.next_parameter_),
      is_at_end_(other.is_at_end_),
      error_(std::move(other.error_)) {}

void Statement::note(int code) {
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE || !error_.empty()) return;
    error_ = base::format("database: {} ({})", sqlite3_errmsg(database_), sqlite3_extended_errcode(database_));
}

Statement& Statement::bind(std::int64_t value) {
    if (statement_) note(sqlite3_bind_int64(statement_, next_parameter_++, value));
    return *this;
}

namespace {

/// A null pointer would bind NULL; an empty text is a text.
const char* never_null(std::string_view bytes) { return bytes.data() ? bytes.data() : ""; }

}  // namespace

Statement& Statement::bind(std::string_view text) {
    if (statement_)
        note(sqlite3_bind_text64(statement_, next_parameter_++, never_null(text), text.size(), SQLITE_TRANSIENT,
                                 SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
    if (statement_)
        note(sqlite3_bind_blob64(statement_, next_parameter_++, never_null(bytes), bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind_borrowed(std::string_view text) {
    if (statement_)
        note(sqlite3_bind_text64(statement_, next_parameter_++, never_null(text), text.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind_borrowed_blob(std::string_view bytes) {
    if (statement_)
        note(sqlite3_bind_blob64(statement_, next_parameter_++, never_null(bytes), bytes.size(), SQLITE_STATIC));
    return *this;
}

Statement& Statement::bind_null() {
    if (statement_) note(sqlite3_bind_null(statement_, next_parameter_++));
    return *this;
}

bool Statement::step() {
    if (!statement_ || !error_.empty() || is_at_end_) return false;
    int code = sqlite3_step(statement_);
    note(code);
    is_at_end_ = code == SQLITE_DONE;
    return code == SQLITE_ROW;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Statement::text(int column) const {
    // Asked as a blob, so that a BLOB column is not converted.
    auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data ? std::string_view(data, size) : std::string_view();
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

int Statement::columns() const { return sqlite3_column_count(statement_); }

Result<void> Statement::finish() {
    while (step()) {
    }
    if (!error_.empty()) return base::fail(error_);
    return {};
}

Result<void> Statement::finish_and_reset() {
    while (step()) {
    }
    return reset();
}

Result<void> Statement::reset() {
    if (!statement_) return base::fail(error_);
    sqlite3_reset(statement_);
    next_parameter_ = 1;
    is_at_end_ = false;
    std::string error = std::exchange(error_, {});
    if (!error.empty()) return base::fail(std::move(error));
    return {};
}

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Result<Health> examine(const std::filesystem::path& path) {
    sqlite3* handle = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite3_stmt* statement = nullptr;
    bool is_good = false;
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(handle, 5000);
        code = sqlite3_prepare_v2(handle, "PRAGMA quick_check(1)", -1, &statement, nullptr);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW) {
            auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
            is_good = text != nullptr && std::string_view(text) == "ok";
        }
    }
    sqlite3_finalize(statement);
    sqlite3_close_v2(handle);
    if (code == SQLITE_ROW) return is_good ? Health::Good : Health::Damaged;
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) return Health::Damaged;
    return base::fail(base::format("cannot examine {}: {}", path.string(), sqlite3_errstr(code)));
}

namespace {

/// The address by which SQLite reads a file without locks and journals. @spec sqlite.org/uri.html, "immutable"
std::string frozen_uri(const std::string& path) {
    std::string uri = "file:";
    for (char c : path) uri += c == '?' || c == '#' || c == '%' ? base::format("%{:02X}", static_cast<int>(c)) : std::string(1, c);
    return uri + "?immutable=1";
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& path, OpenMode mode) {
    if (mode == OpenMode::ReadWrite && path.has_parent_path()) {
        std::error_code ignored;
        std::filesystem::create_directories(path.parent_path(), ignored);
    }
    int flags = mode == OpenMode::ReadWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    std::string name = path.string();
    if (mode == OpenMode::Frozen) {
        flags |= SQLITE_OPEN_URI;
        name = frozen_uri(name);
    }
    sqlite3* handle = nullptr;
    int code = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(handle);
    if (code != SQLITE_OK)
        return base::fail(base::format("cannot open {}: {}", path.string(), sqlite3_errstr(code)));
    sqlite3_busy_timeout(handle, 5000);
    if (mode == OpenMode::ReadWrite) {
        // Only a new file takes this: pages that are not used any more can be given back, a few at a time.
        // WAL with NORMAL: a power cut may lose the last transactions, never the database.
        if (auto set = database.run("PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"); !set)
            return base::fail(base::format("cannot open {}: {}", path.string(), set.error().message));
    }
    return database;
}

Statement Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    std::string error;
    if (code != SQLITE_OK) error = base::format("database: {} in: {}", sqlite3_errmsg(database_.get()), sql);
    return Statement(database_.get(), statement, std::move(error));
}

Result<void> Database::run(std::string_view sql) {
    char* message = nullptr;
    if (sqlite3_exec(database_.get(), std::string(sql).c_str(), nullptr, nullptr, &message) == SQLITE_OK) return {};
    std::string text = base::format("database: {}", message ? message : "unknown error");
    sqlite3_free(message);
    return base::fail(std::move(text));
}

Result<std::int64_t> Database::number(std::string_view sql) {
    Statement statement = prepare(sql);
    if (!statement.step()) {
        LINLI_CHECK(statement.finish());
        return base::fail(base::format("database: no row from: {}", sql));
    }
    return statement.integer(0);
}

Result<std::string> Database::image() {
    sqlite3_int64 length = 0;
    std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(sqlite3_serialize(database_.get(), "main", &length, 0),
                                                                  &sqlite3_free);
    if (!bytes) return base::fail(base::format("database: {}", sqlite3_errmsg(database_.get())));
    return std::string(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(length));
}

Result<void> Database::checkpoint() {
    LINLI_TRY(is_busy, number("PRAGMA wal_checkpoint(TRUNCATE)"));
    if (is_busy != 0) return base::fail("database: the journal is in use");
    return {};
}

bool Database::is_in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }

bool Database::is_busy() const {
    int code = sqlite3_errcode(database_.get());
    return code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

Result<Transaction> Transaction::begin(Database& database) {
    LINLI_CHECK(database.run("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Result<Transaction> Transaction::begin_reading(Database& database) {
    LINLI_CHECK(database.run("BEGIN DEFERRED"));
    return Transaction(database);
}

Transaction::~Transaction() {
    if (database_) (void)database_->run("ROLLBACK");
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Result<void> Transaction::commit() {
    LINLI_CHECK(database_->run("COMMIT"));
    database_ = nullptr;
    return {};
}

}  // namespace linli::storage
