#include "platform/server/sql/sql_pool.h"

#include <algorithm>
#include <random>
#include <thread>

#include "middleware/base/result.h"

namespace linli::platform {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

/// Between two tries; longer each time, and by chance, so that two who met do not meet again.
class Pause {
  public:
    void sleep() {
        std::uniform_int_distribution<std::int64_t> distribution(longest_.count() / 2, longest_.count());
        std::this_thread::sleep_for(std::chrono::microseconds(distribution(random_)));
        longest_ = std::min<std::chrono::microseconds>(longest_ * 2, 200ms);
    }

  private:
    std::chrono::microseconds longest_ = 2ms;
    std::minstd_rand random_{std::random_device{}()};
};

}  // namespace

SqlPool::SqlPool(std::unique_ptr<SqlDatabase> database, int connections, std::chrono::milliseconds patience)
    : database_(std::move(database)), patience_(patience), free_(std::max(connections, 1)) {}

SqlResult<void> SqlPool::try_until_done(Mode mode, const AnyWork& work) {
    auto give_up = steady_clock::now() + patience_;
    for (Pause pause;; pause.sleep()) {
        auto done = try_once(mode, work);
        if (done || done.error().kind == SqlError::Kind::Fault || steady_clock::now() > give_up) return done;
    }
}

SqlResult<void> SqlPool::try_once(Mode mode, const AnyWork& work) {
    LINLI_TRY(connection, take());
    SqlResult<void> done;
    if (mode != Mode::Question) done = mode == Mode::Alone ? connection->begin_alone() : connection->begin();
    if (done) {
        done = work(*connection);
        if (mode != Mode::Question) {
            if (done)
                done = connection->commit();
            else
                connection->rollback();
        }
    }
    give_back(std::move(connection));
    return done;
}

SqlResult<std::unique_ptr<SqlConnection>> SqlPool::take() {
    {
        std::unique_lock lock(mutex_);
        is_free_.wait(lock, [this] { return free_ > 0; });
        --free_;
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
    }
    auto connection = database_->connect();
    if (!connection) give_back(nullptr);
    return connection;
}

void SqlPool::give_back(std::unique_ptr<SqlConnection> connection) {
    // One that is lost is closed here, outside the lock.
    if (connection && connection->is_lost()) connection.reset();
    {
        std::lock_guard lock(mutex_);
        ++free_;
        if (connection) idle_.push_back(std::move(connection));
    }
    is_free_.notify_one();
}

}  // namespace linli::platform
