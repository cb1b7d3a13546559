#include "platform/server/sql/sqlite_database.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>

#include "middleware/base/format.h"
#include "middleware/storage/database.h"

namespace linli::platform {

namespace {

/// Whose turn it is to write: among the threads of this process by a mutex, among processes by a lock on a file.
class WriterQueue {
  public:
    explicit WriterQueue(int file) : file_(file) {}
    ~WriterQueue() { ::close(file_); }
    WriterQueue(const WriterQueue&) = delete;
    WriterQueue& operator=(const WriterQueue&) = delete;

    void enter() {
        mutex_.lock();
        while (::flock(file_, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    void leave() {
        ::flock(file_, LOCK_UN);
        mutex_.unlock();
    }

  private:
    int file_;
    std::mutex mutex_;
};

/// SQLite takes "$2" as a name and counts parameters as it meets them: the numbers in that order.
std::vector<std::size_t> order_of_parameters(std::string_view sql) {
    std::vector<std::size_t> order;
    for (auto at = sql.find('$'); at != std::string_view::npos; at = sql.find('$', at + 1)) {
        std::size_t number = 0;
        std::from_chars(sql.data() + at + 1, sql.data() + sql.size(), number);
        if (number > 0 && std::ranges::find(order, number) == order.end()) order.push_back(number);
    }
    return order;
}

class SqliteConnection final : public SqlConnection {
  public:
    SqliteConnection(storage::Database database, std::shared_ptr<WriterQueue> queue)
        : database_(std::move(database)), queue_(std::move(queue)) {}
    ~SqliteConnection() override { rollback(); }

    SqlResult<void> run(std::string_view sql) override { return checked(database_.run(sql)); }

    SqlResult<SqlRows> query(std::string_view sql, std::initializer_list<SqlValue> values) override {
        Prepared& prepared = prepare(sql);
        for (std::size_t number : prepared.order) bind(prepared.statement, values.begin()[number - 1]);
        SqlRows rows;
        while (prepared.statement.step()) rows.push_back(read_row(prepared.statement));
        auto done = checked(prepared.statement.finish_and_reset());
        if (!done) prepared_.erase(prepared_.find(sql));
        LINLI_CHECK(done);
        return rows;
    }

    SqlResult<void> begin() override {
        queue_->enter();
        is_writing_ = true;
        auto begun = run("BEGIN IMMEDIATE");
        if (!begun) leave();
        return begun;
    }
    SqlResult<void> begin_alone() override { return begin(); }

    SqlResult<void> commit() override {
        auto committed = run("COMMIT");
        if (!committed) (void)database_.run("ROLLBACK");
        leave();
        return committed;
    }

    void rollback() override {
        if (!is_writing_) return;
        (void)database_.run("ROLLBACK");
        leave();
    }

    std::string_view for_update() const override { return ""; }
    std::string_view row_number_type() const override { return "INTEGER PRIMARY KEY"; }
    bool is_lost() const override { return false; }

  private:
    struct Prepared {
        storage::Statement statement;
        std::vector<std::size_t> order;
    };

    Prepared& prepare(std::string_view sql) {
        auto found = prepared_.find(sql);
        if (found == prepared_.end())
            found = prepared_.emplace(sql, Prepared{database_.prepare(sql), order_of_parameters(sql)}).first;
        return found->second;
    }

    static void bind(storage::Statement& statement, const SqlValue& value) {
        if (auto* number = std::get_if<std::int64_t>(&value.get()))
            statement.bind(*number);
        else if (auto* text = std::get_if<std::string>(&value.get()))
            statement.bind(std::string_view(*text));
        else
            statement.bind_null();
    }

    static SqlRow read_row(const storage::Statement& statement) {
        SqlRow row;
        for (int column = 0; column < statement.columns(); ++column) {
            std::optional<std::string> value;
            if (!statement.is_null(column)) value = statement.text(column);
            row.add(std::move(value));
        }
        return row;
    }

    SqlResult<void> checked(base::Result<void> result) const {
        if (result) return {};
        auto kind = database_.is_busy() ? SqlError::Kind::Retry : SqlError::Kind::Fault;
        return std::unexpected(SqlError{kind, result.error().message});
    }

    void leave() {
        is_writing_ = false;
        queue_->leave();
    }

    storage::Database database_;
    std::shared_ptr<WriterQueue> queue_;
    std::map<std::string, Prepared, std::less<>> prepared_;
    bool is_writing_ = false;
};

class SqliteDatabase final : public SqlDatabase {
  public:
    SqliteDatabase(std::filesystem::path file, std::shared_ptr<WriterQueue> queue)
        : file_(std::move(file)), queue_(std::move(queue)) {}

    SqlResult<std::unique_ptr<SqlConnection>> connect() override {
        auto database = storage::Database::open(file_, storage::OpenMode::ReadWrite);
        if (!database) return std::unexpected(SqlError{SqlError::Kind::Fault, database.error().message});
        auto connection = std::make_unique<SqliteConnection>(std::move(*database), queue_);
        LINLI_CHECK(connection->run("PRAGMA synchronous=FULL"));
        return connection;
    }

  private:
    std::filesystem::path file_;
    std::shared_ptr<WriterQueue> queue_;
};

}  // namespace

SqlResult<std::unique_ptr<SqlDatabase>> open_sqlite(const std::filesystem::path& file) {
    std::error_code ignored;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
    std::string turn = file.string() + "-turn";
    int descriptor = ::open(turn.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return std::unexpected(SqlError{SqlError::Kind::Fault, base::format("cannot open {}", turn)});
    return std::make_unique<SqliteDatabase>(file, std::make_shared<WriterQueue>(descriptor));
}

}  // namespace linli::platform
