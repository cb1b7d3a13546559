#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "middleware/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace linli::storage {

/// `Frozen` reads a file on a disk that cannot be written: nothing beside the file is looked at or made, so that what
/// was only in the journal is not seen.
enum class OpenMode { ReadOnly, ReadWrite, Frozen };

/// Whether the pages of a database file hang together.
enum class Health { Good, Damaged };

/// Looks through the whole file, which must exist. An error when that was not possible (no permission, in use).
base::Result<Health> examine(const std::filesystem::path& path);

/// One run of a prepared statement: bind from left to right, then `step` row by row.
/// A mistake (a full disk, a damaged page) sticks and is asked for once, with `finish`.
/// It borrows its Database, which must outlive it.
class Statement {
  public:
    Statement(sqlite3* database, sqlite3_stmt* statement, std::string error);
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(std::int64_t value);
    Statement& bind(std::string_view text);
    Statement& bind_blob(std::string_view bytes);
    /// The same without a copy: the bytes must stay as they are until the statement has been reset.
    Statement& bind_borrowed(std::string_view text);
    Statement& bind_borrowed_blob(std::string_view bytes);
    Statement& bind_null();

    /// The next row; false at the end or after a mistake.
    bool step();
    /// Columns count from 0. The view holds until the next step.
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    bool is_null(int column) const;
    int columns() const;

    /// Runs to the end and tells what went wrong, if anything did.
    base::Result<void> finish();
    /// Ready for the next set of values; cheaper than a new statement.
    base::Result<void> finish_and_reset();
    /// The same without looking at the rows that are left.
    base::Result<void> reset();

  private:
    void note(int code);

    sqlite3* database_;
    sqlite3_stmt* statement_;
    int next_parameter_ = 1;
    /// SQLite would begin anew.
    bool is_at_end_ = false;
    std::string error_;
};

/// A SQLite database file. One thread at a time; give each thread its own.
class Database {
  public:
    /// Opens, or with ReadWrite makes, the file: WAL, foreign keys off, a busy time-out of 5 s.
    static base::Result<Database> open(const std::filesystem::path& path, OpenMode mode);

    Statement prepare(std::string_view sql);
    /// Runs one or more statements that take no values and return no rows.
    base::Result<void> run(std::string_view sql);
    /// The one number that a query returns, for example of a PRAGMA.
    base::Result<std::int64_t> number(std::string_view sql);
    /// The bytes of a file with all that the database holds now, what is in the journal too. For small ones: it is all in
    /// memory.
    base::Result<std::string> image();
    /// Moves what is in the journal to its place and empties the journal. An error where a reader is in the way for more
    /// than the busy time-out, or the disk is full; the journal serves as well until the next time.
    base::Result<void> checkpoint();
    /// A grave mistake (a full disk) ends a transaction at once: what is run after it would stand for itself.
    bool is_in_transaction() const;
    /// Whether the last call failed because another connection kept the file for longer than the time-out.
    bool is_busy() const;

  private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    explicit Database(sqlite3* database) : database_(database) {}
    std::unique_ptr<sqlite3, Close> database_;
};

/// Begins a transaction that is rolled back unless it is committed.
class Transaction {
  public:
    static base::Result<Transaction> begin(Database& database);
    /// To read one state throughout, whatever others write meanwhile. Writes nothing.
    static base::Result<Transaction> begin_reading(Database& database);
    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    base::Result<void> commit();

  private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace linli::storage
