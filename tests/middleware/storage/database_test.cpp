#include "middleware/storage/database.h"

#include <fstream>

#include "middleware/base/file.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::storage;

// clang-format off
TEST_GROUP(Database) {
    tests::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "new/test.db";

    Database open() {
        auto database = Database::open(file, OpenMode::ReadWrite);
        CHECK_GOOD(database);
        return std::move(*database);
    }
    Database open_with_table() {
        Database database = open();
        CHECK_GOOD(database.run("CREATE TABLE t (a INTEGER, b TEXT, c BLOB)"));
        return database;
    }
    static std::int64_t count(Database& database) { return *database.number("SELECT count(*) FROM t"); }
    static base::Result<void> insert(Database& database, std::string_view text) {
        return database.prepare("INSERT INTO t VALUES (1, ?, NULL)").bind(text).finish();
    }
};
// clang-format on

TEST(Database, GivesBackTheValuesThatWereBound) {
    Database database = open_with_table();
    CHECK_GOOD(database.prepare("INSERT INTO t VALUES (?, ?, ?)")
                   .bind(-1)
                   .bind("中\0文")
                   .bind_blob(std::string_view("\0\xFF", 2))
                   .finish());
    CHECK_GOOD(database.prepare("INSERT INTO t VALUES (?, ?, ?)")
                   .bind_null()
                   .bind(std::string_view())
                   .bind_blob({})
                   .finish());
    Statement rows = database.prepare("SELECT a, b, c FROM t ORDER BY rowid");
    CHECK_TRUE(rows.step());
    LONGS_EQUAL(-1, rows.integer(0));
    CHECK_TEXT_EQUAL("中", rows.text(1));
    CHECK_TRUE(rows.text(2) == std::string_view("\0\xFF", 2));
    CHECK_TRUE(rows.step());
    CHECK_TRUE(rows.is_null(0));
    CHECK_FALSE(rows.is_null(1));
    CHECK_FALSE(rows.is_null(2));
    CHECK_TEXT_EQUAL("", rows.text(1));
    CHECK_FALSE(rows.step());
    CHECK_GOOD(rows.finish());
}

TEST(Database, AStatementCanBeRunAgain) {
    Database database = open_with_table();
    Statement insert = database.prepare("INSERT INTO t VALUES (?, ?, NULL)");
    for (int i = 0; i < 3; ++i)
        CHECK_GOOD(insert.bind(i).bind("x").finish_and_reset());
    LONGS_EQUAL(3, count(database));
}

TEST(Database, AStatementThatHasEndedDoesNotBeginAnew) {
    Database database = open_with_table();
    Statement insert = database.prepare("INSERT INTO t VALUES (1, 'once', NULL) RETURNING a");
    while (insert.step()) {
    }
    CHECK_GOOD(insert.finish());
    LONGS_EQUAL(1, count(database));
}

TEST(Database, AMistakeSticksUntilTheStatementIsReset) {
    Database database = open_with_table();
    CHECK_GOOD(database.run("CREATE UNIQUE INDEX i ON t (a)"));
    Statement insert = database.prepare("INSERT INTO t VALUES (?, NULL, NULL)");
    CHECK_GOOD(insert.bind(1).finish_and_reset());
    insert.bind(1);
    CHECK_FALSE(insert.step());
    CHECK_FALSE(insert.step());
    auto failed = insert.finish_and_reset();
    CHECK_FALSE(failed.has_value());
    STRCMP_CONTAINS("UNIQUE", failed.error().message.c_str());
    CHECK_GOOD(insert.bind(2).finish_and_reset());
}

TEST(Database, AWrongStatementNamesItself) {
    Database database = open();
    for (auto failed : {database.prepare("SELECT nonsense").bind(1).bind("x").finish(),
                        database.run("SELECT nonsense")}) {
        CHECK_FALSE(failed.has_value());
        STRCMP_CONTAINS("nonsense", failed.error().message.c_str());
    }
    CHECK_FALSE(database.number("SELECT 1 WHERE 0").has_value());
}

TEST(Database, WhatIsNotCommittedIsRolledBack) {
    Database database = open_with_table();
    {
        auto transaction = Transaction::begin(database);
        CHECK_GOOD(transaction);
        CHECK_GOOD(insert(database, "lost"));
    }
    LONGS_EQUAL(0, count(database));
    auto transaction = Transaction::begin(database);
    CHECK_GOOD(insert(database, "kept"));
    CHECK_GOOD(transaction->commit());
    LONGS_EQUAL(1, count(database));
}

TEST(Database, AFullDiskIsAnErrorAndLosesNothing) {
    Database database = open_with_table();
    CHECK_GOOD(insert(database, "old"));
    CHECK_GOOD(database.number("PRAGMA max_page_count = 10"));
    {
        auto transaction = Transaction::begin(database);
        auto failed = insert(database, std::string(100000, 'x'));
        CHECK_FALSE(failed.has_value());
        STRCMP_CONTAINS("full", failed.error().message.c_str());
    }
    LONGS_EQUAL(1, count(database));
    CHECK_GOOD(insert(database, "small"));
    LONGS_EQUAL(2, count(database));
}

TEST(Database, AReaderSeesTheStateBeforeAnOpenTransaction) {
    Database writer = open_with_table();
    auto reader = Database::open(file, OpenMode::ReadOnly);
    CHECK_GOOD(reader);
    auto transaction = Transaction::begin(writer);
    CHECK_GOOD(insert(writer, "new"));
    LONGS_EQUAL(0, count(*reader));
    CHECK_GOOD(transaction->commit());
    LONGS_EQUAL(1, count(*reader));
    CHECK_FALSE(insert(*reader, "x").has_value());
}

TEST(Database, DoesNotMakeAFileToReadIt) {
    CHECK_FALSE(Database::open(file, OpenMode::ReadOnly).has_value());
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST(Database, ExamineTellsADamagedFileFromAGoodOne) {
    {
        Database database = open_with_table();
        for (int i = 0; i < 100; ++i)
            CHECK_GOOD(insert(database, std::string(500, 'x')));
    }
    CHECK_TRUE(*examine(file) == Health::Good);
    std::string bytes = *base::read_file(file);
    struct Row {
        const char* what;
        std::string bytes;
    };
    std::string broken_page = bytes;
    broken_page.replace(3 * 4096, 4096, 4096, '\xA5');
    for (const Row& row :
         {Row{"a page of rubbish", broken_page}, Row{"no database", std::string(5000, 'x')},
          Row{"zeros", std::string(8192, '\0')},
          Row{"half of it", bytes.substr(0, bytes.size() / 2)}}) {
        std::ofstream(file, std::ios::binary) << row.bytes;
        auto health = examine(file);
        CHECK_GOOD(health);
        CHECK_TRUE_TEXT(*health == Health::Damaged, row.what);
    }
    CHECK_FALSE(examine(folder.path() / "none.db").has_value());
}

TEST(Database, GoodIsAlsoATableWhoseKeyIsInAnotherOrder) {
    {
        auto database = Database::open(file, OpenMode::ReadWrite);
        CHECK_GOOD(database);
        CHECK_GOOD(database->run("CREATE TABLE used(area TEXT, part INTEGER, path TEXT, PRIMARY KEY(path, area)) WITHOUT ROWID;"
                                 "INSERT INTO used VALUES('12', 0, 'x')"));
    }
    auto health = examine(file);
    CHECK_GOOD(health);
    CHECK_TRUE(*health == Health::Good);
}
