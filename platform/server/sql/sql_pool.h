#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>

#include "platform/server/sql/sql_connection.h"

namespace linli::platform {

/// A few connections for many threads, and the rule of when to try again. Safe from every thread.
class SqlPool {
  public:
    /// A call waits when as many connections are in use. `patience`: how long a transaction that met an error of kind
    /// Retry is tried anew.
    SqlPool(std::unique_ptr<SqlDatabase> database, int connections,
            std::chrono::milliseconds patience = std::chrono::seconds(8));

    /// Runs the work in a transaction, as often as it takes: all of it must be in the database, and what was committed
    /// just as the connection broke is found there again. It is rolled back where the work gives an error.
    template <typename Work>
    auto transact(Work work) -> std::invoke_result_t<Work, SqlConnection&> {
        return keep_value(Mode::Transaction, work);
    }
    /// The same without a transaction: for questions.
    template <typename Work>
    auto ask(Work work) -> std::invoke_result_t<Work, SqlConnection&> {
        return keep_value(Mode::Question, work);
    }
    /// The same, beside no other such transaction of any program.
    template <typename Work>
    auto transact_alone(Work work) -> std::invoke_result_t<Work, SqlConnection&> {
        return keep_value(Mode::Alone, work);
    }

  private:
    enum class Mode { Question, Transaction, Alone };
    using AnyWork = std::function<SqlResult<void>(SqlConnection&)>;

    template <typename Work>
    auto keep_value(Mode mode, Work& work) -> std::invoke_result_t<Work, SqlConnection&> {
        std::optional<std::invoke_result_t<Work, SqlConnection&>> value;
        auto done = try_until_done(mode, [&](SqlConnection& sql) -> SqlResult<void> {
            value.emplace(work(sql));
            if (!*value) return std::unexpected(value->error());
            return {};
        });
        if (!done) return std::unexpected(done.error());
        return std::move(*value);
    }
    SqlResult<void> try_until_done(Mode mode, const AnyWork& work);
    SqlResult<void> try_once(Mode mode, const AnyWork& work);
    SqlResult<std::unique_ptr<SqlConnection>> take();
    void give_back(std::unique_ptr<SqlConnection> connection);

    std::unique_ptr<SqlDatabase> database_;
    std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::condition_variable is_free_;
    int free_;                                          // guarded by mutex_
    std::vector<std::unique_ptr<SqlConnection>> idle_;  // guarded by mutex_
};

}  // namespace linli::platform
