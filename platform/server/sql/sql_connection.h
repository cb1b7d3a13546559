#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <expected>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// One way to talk to SQLite and to PostgreSQL: the same SQL, with $1, $2… for values on both.
namespace linli::platform {

struct SqlError {
    /// `Retry`: nothing is wrong with the question. The database was busy, took another's side in a conflict, or went away;
    /// the whole transaction may be tried again.
    enum class Kind { Retry, Fault };
    Kind kind = Kind::Fault;
    /// Names tables and columns, never values.
    std::string message;
};

template <typename T>
using SqlResult = std::expected<T, SqlError>;

/// A whole number, a text or nothing. Points of time are whole seconds since 1970.
class SqlValue {
  public:
    SqlValue(std::nullopt_t) {}
    SqlValue(std::integral auto number) : value_(static_cast<std::int64_t>(number)) {}
    SqlValue(const char* text) : value_(std::string(text)) {}
    SqlValue(std::string_view text) : value_(std::string(text)) {}
    SqlValue(std::string text) : value_(std::move(text)) {}
    SqlValue(std::chrono::sys_seconds time) : SqlValue(time.time_since_epoch().count()) {}
    template <typename T>
    SqlValue(const std::optional<T>& value) : SqlValue(value ? SqlValue(*value) : SqlValue(std::nullopt)) {}

    const std::variant<std::monostate, std::int64_t, std::string>& get() const { return value_; }

  private:
    std::variant<std::monostate, std::int64_t, std::string> value_;
};

/// Columns count from 0. What is NULL reads as 0 and as the empty text.
class SqlRow {
  public:
    void add(std::optional<std::string> value) { values_.push_back(std::move(value)); }
    bool is_null(std::size_t column) const { return !values_[column]; }
    const std::string& text(std::size_t column) const;
    std::int64_t integer(std::size_t column) const;
    std::chrono::sys_seconds time(std::size_t column) const;
    std::optional<std::chrono::sys_seconds> time_or_null(std::size_t column) const;

  private:
    std::vector<std::optional<std::string>> values_;
};
using SqlRows = std::vector<SqlRow>;

/// One connection, for one thread at a time. An error within a transaction leaves nothing to do but `rollback`.
class SqlConnection {
  public:
    virtual ~SqlConnection() = default;

    /// One or more statements without values.
    virtual SqlResult<void> run(std::string_view sql) = 0;
    /// One statement. It is prepared once, so the text should be a constant.
    virtual SqlResult<SqlRows> query(std::string_view sql, std::initializer_list<SqlValue> values) = 0;

    /// Begins a transaction, with SQLite as its only writer.
    virtual SqlResult<void> begin() = 0;
    /// Begins one that no other of this kind runs beside: for making tables.
    virtual SqlResult<void> begin_alone() = 0;
    /// After an error of kind Retry the transaction has been committed or not.
    virtual SqlResult<void> commit() = 0;
    virtual void rollback() = 0;

    /// Behind a SELECT: its rows stay as they are until the end of the transaction. Nothing where all of it does anyway.
    virtual std::string_view for_update() const = 0;
    /// The type of a number that the database gives to each new row.
    virtual std::string_view row_number_type() const = 0;
    /// Whether it is of no more use.
    virtual bool is_lost() const = 0;
};

/// Opens connections to one database.
class SqlDatabase {
  public:
    virtual ~SqlDatabase() = default;
    virtual SqlResult<std::unique_ptr<SqlConnection>> connect() = 0;
};

}  // namespace linli::platform
