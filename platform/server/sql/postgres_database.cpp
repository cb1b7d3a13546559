// Retry is told from Fault by PostgreSQL's codes.
// @spec PostgreSQL 15, Appendix A "PostgreSQL Error Codes": class 08 (connection), 40 (rollback), 53 (resources), 57P
// (operator intervention), 55P03 (lock not available)

#include "platform/server/sql/postgres_database.h"

#include <libpq-fe.h>

#include <algorithm>
#include <map>

#include "middleware/base/format.h"
#include "middleware/base/result.h"

namespace linli::platform {

namespace {

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, Finish>;
using Answer = std::unique_ptr<PGresult, Clear>;

/// Any number, the same in every instance: who makes tables holds this lock.
constexpr std::string_view kAlone = "SELECT pg_advisory_xact_lock(5210163)";

/// A server that hangs must not hang the platform: times in milliseconds.
constexpr const char* kSettings = "SET lock_timeout = 5000; SET statement_timeout = 15000; SET client_min_messages = error";

bool is_worth_another_try(std::string_view code) {
    return code.empty() || code.starts_with("08") || code.starts_with("40") || code.starts_with("53") ||
           code.starts_with("57P") || code == "55P03";
}

std::string first_line(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

class PostgresConnection final : public SqlConnection {
  public:
    explicit PostgresConnection(Connection connection) : connection_(std::move(connection)) {}

    SqlResult<void> run(std::string_view sql) override {
        return check(Answer(PQexec(connection_.get(), std::string(sql).c_str())));
    }

    SqlResult<SqlRows> query(std::string_view sql, std::initializer_list<SqlValue> values) override {
        LINLI_TRY(name, prepare(sql));
        std::vector<std::string> texts(values.size());
        std::vector<const char*> pointers(values.size(), nullptr);
        for (std::size_t index = 0; index < values.size(); ++index) {
            const auto& value = values.begin()[index].get();
            if (std::holds_alternative<std::monostate>(value)) continue;
            auto* number = std::get_if<std::int64_t>(&value);
            texts[index] = number ? std::to_string(*number) : std::get<std::string>(value);
            pointers[index] = texts[index].c_str();
        }
        Answer answer(PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(values.size()), pointers.data(),
                                     nullptr, nullptr, 0));
        SqlRows rows = read_rows(answer.get());
        LINLI_CHECK(check(std::move(answer)));
        return rows;
    }

    SqlResult<void> begin() override { return run("BEGIN"); }
    SqlResult<void> begin_alone() override {
        LINLI_CHECK(begin());
        return run(kAlone);
    }
    SqlResult<void> commit() override { return run("COMMIT"); }
    void rollback() override { (void)run("ROLLBACK"); }

    std::string_view for_update() const override { return " FOR UPDATE"; }
    std::string_view row_number_type() const override { return "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"; }
    bool is_lost() const override {
        // One that is still in a transaction, because not even its end could be said, is of no use either.
        return PQstatus(connection_.get()) != CONNECTION_OK || PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
    }

  private:
    SqlResult<std::string> prepare(std::string_view sql) {
        auto found = prepared_.find(sql);
        if (found != prepared_.end()) return found->second;
        std::string name = base::format("q{}", prepared_.size());
        LINLI_CHECK(check(Answer(PQprepare(connection_.get(), name.c_str(), std::string(sql).c_str(), 0, nullptr))));
        prepared_.emplace(sql, name);
        return name;
    }

    static SqlRows read_rows(const PGresult* answer) {
        SqlRows rows(static_cast<std::size_t>(PQntuples(answer)));
        for (int row = 0; row < PQntuples(answer); ++row) {
            for (int column = 0; column < PQnfields(answer); ++column) {
                std::optional<std::string> value;
                if (!PQgetisnull(answer, row, column)) value = PQgetvalue(answer, row, column);
                rows[static_cast<std::size_t>(row)].add(std::move(value));
            }
        }
        return rows;
    }

    SqlResult<void> check(Answer answer) const {
        ExecStatusType status = PQresultStatus(answer.get());
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
        const char* code = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
        // The primary message alone: the detail may quote values.
        const char* message = PQresultErrorField(answer.get(), PG_DIAG_MESSAGE_PRIMARY);
        auto kind = is_worth_another_try(code ? code : "") ? SqlError::Kind::Retry : SqlError::Kind::Fault;
        return std::unexpected(SqlError{
            kind, base::format("database: {} ({})", message ? message : first_line(PQerrorMessage(connection_.get())),
                               code ? code : "connection")});
    }

    Connection connection_;
    std::map<std::string, std::string, std::less<>> prepared_;
};

class PostgresDatabase final : public SqlDatabase {
  public:
    explicit PostgresDatabase(std::string address) : address_(std::move(address)) {}

    SqlResult<std::unique_ptr<SqlConnection>> connect() override {
        // What the address says goes before these.
        const char* names[] = {"application_name", "connect_timeout", "tcp_user_timeout", "dbname", nullptr};
        const char* values[] = {"linli-platform", "5", "10000", address_.c_str(), nullptr};
        Connection connection(PQconnectdbParams(names, values, 1));
        if (PQstatus(connection.get()) != CONNECTION_OK)
            return std::unexpected(
                SqlError{SqlError::Kind::Retry,
                         base::format("cannot connect to the database: {}", first_line(PQerrorMessage(connection.get())))});
        PQsetNoticeProcessor(connection.get(), [](void*, const char*) {}, nullptr);
        auto made = std::make_unique<PostgresConnection>(std::move(connection));
        LINLI_CHECK(made->run(kSettings));
        return made;
    }

  private:
    std::string address_;
};

}  // namespace

SqlResult<std::unique_ptr<SqlDatabase>> open_postgres(const std::string& address) {
    char* message = nullptr;
    PQconninfoOption* options = PQconninfoParse(address.c_str(), &message);
    if (options == nullptr) {
        SqlError error{SqlError::Kind::Fault,
                       base::format("the address of the database: {}", first_line(message ? message : "not understood"))};
        PQfreemem(message);
        return std::unexpected(std::move(error));
    }
    PQconninfoFree(options);
    return std::make_unique<PostgresDatabase>(address);
}

}  // namespace linli::platform
