// One way to talk to both databases.

#include <functional>
#include <thread>

#include "middleware/base/result.h"
#include "platform/server/sql/postgres_database.h"
#include "platform/server/sql/sql_pool.h"
#include "platform/server/sql/sqlite_database.h"
#include "tests/platform/booking/postgres_server.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono_literals;
using linli::tests::PostgresServer;

// clang-format off
TEST_GROUP(Sql) {
    tests::TemporaryFolder folder;
    std::string schema = PostgresServer::instance().make_database();

    void teardown() override { PostgresServer::instance().drop_database(schema); }

    void on_both(const std::function<void(SqlPool&)>& prove, std::chrono::milliseconds patience = 20s) {
        for (bool is_postgres : {false, true}) {
            auto database = is_postgres ? open_postgres(schema) : open_sqlite(folder.path() / "test.db");
            CHECK_TRUE(database.has_value());
            SqlPool pool(std::move(*database), 2, patience);
            auto made = pool.transact([](SqlConnection& sql) {
                return sql.run("CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT UNIQUE, size BIGINT)");
            });
            CHECK_TRUE_TEXT(made.has_value(), made ? "" : made.error().message.c_str());
            prove(pool);
        }
    }
    static std::int64_t count(SqlPool& pool) {
        auto rows = pool.ask([](SqlConnection& sql) { return sql.query("SELECT COUNT(*) FROM thing", {}); });
        return rows->at(0).integer(0);
    }
    static SqlResult<void> insert(SqlConnection& sql, std::int64_t id, const SqlValue& name) {
        LINLI_CHECK(sql.query("INSERT INTO thing (size, name, id) VALUES ($3, $2, $1)", {id, name, std::nullopt}));
        return {};
    }
};
// clang-format on

TEST(Sql, ValuesComeBackAsTheyWere) {
    on_both([](SqlPool& pool) {
        std::int64_t large = 9'000'000'000'000'000'000;
        CHECK_TRUE(pool.transact([&](SqlConnection& sql) -> SqlResult<void> {
            LINLI_CHECK(insert(sql, -1, "中文 'quoted' $1"));
            LINLI_CHECK(insert(sql, large, ""));
            return insert(sql, 3, std::nullopt);
        }).has_value());
        auto rows = pool.ask([](SqlConnection& sql) { return sql.query("SELECT id, name, size FROM thing ORDER BY id", {}); });
        LONGS_EQUAL(3, rows->size());
        LONGS_EQUAL(-1, rows->at(0).integer(0));
        CHECK_TEXT_EQUAL("中文 'quoted' $1", rows->at(0).text(1));
        CHECK_TRUE(rows->at(0).is_null(2) && rows->at(1).is_null(1) && !rows->at(2).is_null(1));
        CHECK_FALSE(rows->at(0).time_or_null(2).has_value());
        CHECK_TRUE(rows->at(2).integer(0) == large);
    });
}

TEST(Sql, AFaultRollsBackAndNamesNoValue) {
    on_both([](SqlPool& pool) {
        int tries = 0;
        auto done = pool.transact([&](SqlConnection& sql) -> SqlResult<void> {
            ++tries;
            LINLI_CHECK(insert(sql, 1, "张三"));
            return insert(sql, 2, "张三");
        });
        CHECK_FALSE(done.has_value());
        CHECK_TRUE(done.error().kind == SqlError::Kind::Fault);
        CHECK_FALSE(done.error().message.contains("张三"));
        LONGS_EQUAL(1, tries);
        LONGS_EQUAL(0, count(pool));
        // The connection is as good as new.
        CHECK_TRUE(pool.transact([&](SqlConnection& sql) { return insert(sql, 1, "张三"); }).has_value());
        LONGS_EQUAL(1, count(pool));
    });
}

TEST(Sql, AWrongStatementIsAFaultEachTime) {
    on_both([](SqlPool& pool) {
        for (int i = 0; i < 2; ++i) {
            auto done = pool.ask([](SqlConnection& sql) { return sql.query("SELECT nothing FROM nowhere", {}); });
            CHECK_FALSE(done.has_value());
            CHECK_TRUE(done.error().kind == SqlError::Kind::Fault);
        }
    });
}

TEST(Sql, WhatIsWorthAnotherTryIsTriedAnewAsAWhole) {
    on_both([](SqlPool& pool) {
        int tries = 0;
        auto done = pool.transact([&](SqlConnection& sql) -> SqlResult<void> {
            LINLI_CHECK(insert(sql, 1, "a"));
            if (++tries < 3) return std::unexpected(SqlError{SqlError::Kind::Retry, "met another"});
            return {};
        });
        CHECK_TRUE(done.has_value());
        LONGS_EQUAL(3, tries);
        LONGS_EQUAL(1, count(pool));
    });
}

TEST(Sql, PatienceEnds) {
    on_both(
        [](SqlPool& pool) {
            int tries = 0;
            auto done = pool.transact([&](SqlConnection&) -> SqlResult<void> {
                ++tries;
                return std::unexpected(SqlError{SqlError::Kind::Retry, "met another"});
            });
            CHECK_FALSE(done.has_value());
            CHECK_TRUE(tries > 1);
            CHECK_TEXT_EQUAL("met another", done.error().message);
        },
        30ms);
}

TEST(Sql, ThoseWhoWaitForEachOtherAreBothServed) {
    // Each locks one row and then the other's: PostgreSQL ends one of them, who comes again; with SQLite they queue.
    on_both([](SqlPool& pool) {
        CHECK_TRUE(pool.transact([](SqlConnection& sql) -> SqlResult<void> {
            LINLI_CHECK(insert(sql, 1, "a"));
            return insert(sql, 2, "b");
        }).has_value());
        auto add = [&](std::int64_t first, std::int64_t second) {
            return pool.transact([&](SqlConnection& sql) -> SqlResult<void> {
                LINLI_CHECK(sql.query("UPDATE thing SET size = COALESCE(size, 0) + 1 WHERE id = $1", {first}));
                std::this_thread::sleep_for(50ms);
                LINLI_CHECK(sql.query("UPDATE thing SET size = COALESCE(size, 0) + 1 WHERE id = $1", {second}));
                return {};
            }).has_value();
        };
        bool other_is_good = false;
        std::jthread other([&] { other_is_good = add(2, 1); });
        bool is_good = add(1, 2);
        other.join();
        CHECK_TRUE(is_good && other_is_good);
        auto rows = pool.ask([](SqlConnection& sql) { return sql.query("SELECT SUM(size) FROM thing", {}); });
        LONGS_EQUAL(4, rows->at(0).integer(0));
    });
}
