#include "content/store_schema.h"

#include <sys/stat.h>

#include <map>

#include "content/content_store.h"
#include "content/exchange_writer.h"
#include "middleware/storage/database.h"
#include "tests/content/sample_items.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::content;
using storage::Database;
using linli::tests::area;

namespace {

/// As version 1 made it, word for word.
constexpr std::string_view kVersion1 = R"sql(
    CREATE TABLE items (
        area TEXT NOT NULL, kind INTEGER NOT NULL, category TEXT NOT NULL, id TEXT NOT NULL,
        urgency INTEGER NOT NULL, published INTEGER NOT NULL, valid_from INTEGER, valid_until INTEGER,
        title TEXT NOT NULL, detail TEXT NOT NULL);
    CREATE TABLE texts (item INTEGER PRIMARY KEY, xml BLOB NOT NULL);
    CREATE UNIQUE INDEX item_names ON items (area, id);
    CREATE INDEX item_lists ON items (area, kind, category, valid_from, valid_until);
    CREATE TABLE categories (
        area TEXT NOT NULL, board INTEGER NOT NULL, id TEXT NOT NULL,
        name TEXT NOT NULL, icon TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (area, board, id)) WITHOUT ROWID;
    CREATE TABLE areas (
        area TEXT PRIMARY KEY, sequence INTEGER NOT NULL, content_hash TEXT NOT NULL, head_etag TEXT NOT NULL,
        published INTEGER NOT NULL, checked INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO categories VALUES ('12', 0, 'health', '卫生', 'bus', 1);
    INSERT INTO areas VALUES ('12', 7, 'hash', 'etag', 1795395600, 1795395600);
    PRAGMA user_version = 1;
)sql";

}  // namespace

// clang-format off
TEST_GROUP(StoreSchema) {
    tests::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "content.db";

    ContentStore open() {
        auto store = ContentStore::open(file);
        CHECK_GOOD(store);
        CHECK_TEXT_EQUAL("", store->notice());
        return std::move(*store);
    }
    static Database open_database(const std::filesystem::path& path) {
        auto database = Database::open(path, storage::OpenMode::ReadWrite);
        CHECK_GOOD(database);
        return std::move(*database);
    }
    void make_version_1() {
        Database database = open_database(file);
        CHECK_GOOD(database.run("PRAGMA auto_vacuum = NONE; VACUUM"));
        CHECK_GOOD(database.run(kVersion1));
        for (int i = 0; i < 100; ++i) {
            Item item = tests::make_notice("n" + std::to_string(i), "停水");
            auto insert = database.prepare("INSERT INTO items VALUES ('12', 3, 'health', ?, 0, ?, NULL, NULL, '停水', '')");
            CHECK_GOOD(insert.bind(item.id).bind(i).finish());
            CHECK_GOOD(database.prepare("INSERT INTO texts VALUES (last_insert_rowid(), ?)").bind_blob(write_item(item)).finish());
        }
    }
    static std::map<std::string, std::string> schema(Database& database) {
        std::map<std::string, std::string> schema;
        auto rows = database.prepare("SELECT name, sql FROM sqlite_schema");
        while (rows.step()) schema.emplace(rows.text(0), rows.text(1));
        return schema;
    }
    void replace(ContentStore& store, int items, int round) {
        auto update = store.replace(area("12"));
        CHECK_GOOD(update);
        for (int i = 0; i < items; ++i) {
            Item item = tests::make_notice("n" + std::to_string(i), "第" + std::to_string(round) + "次");
            CHECK_GOOD(update->add(item, write_item(item)));
        }
        CHECK_GOOD(update->commit({.sequence = 1, .content_hash = "hash"}));
        store.settle();
    }
};
// clang-format on

TEST(StoreSchema, AFileOfVersion1IsShownAndFetchedAgain) {
    make_version_1();
    ContentStore store = open();
    std::vector<AreaCode> chain = {area("12")};
    LONGS_EQUAL(100, store.items(Board::Notices, "health", chain, std::nullopt)->size());
    CHECK_TRUE(**store.item({area("12"), "n7"}) == tests::make_notice("n7", "停水"));
    LONGS_EQUAL(1, store.all_categories(Board::Notices, chain)->size());
    // No delta leads on from it.
    CHECK_TEXT_EQUAL("", (*store.version(area("12")))->content_hash);
    LONGS_EQUAL(7, (*store.version(area("12")))->sequence);
    replace(store, 3, 1);
    LONGS_EQUAL(3, store.items(Board::Notices, "health", chain, std::nullopt)->size());
    LONGS_EQUAL(3, store.search("第1次", chain, std::nullopt)->size());
}

TEST(StoreSchema, AFileOfVersion1HasTheTablesOfANewOneAfterwards) {
    make_version_1();
    open();
    Database old = open_database(file);
    file = folder.path() / "new.db";
    open();
    Database fresh = open_database(file);
    CHECK_TRUE(schema(old) == schema(fresh));
    for (const char* pragma : {"PRAGMA user_version", "PRAGMA auto_vacuum"})
        LONGS_EQUAL(*fresh.number(pragma), *old.number(pragma));
    LONGS_EQUAL(kStoreVersion, *fresh.number("PRAGMA user_version"));
}

TEST(StoreSchema, TheFileDoesNotGrowForEver) {
    ContentStore store = open();
    replace(store, 3000, 0);
    replace(store, 3000, 1);
    auto size = std::filesystem::file_size(file);
    for (int round = 2; round < 50; ++round) replace(store, 3000, round);
    CHECK_TRUE(std::filesystem::file_size(file) <= size * 11 / 10);
}

TEST(StoreSchema, TheFileBecomesSmallerStepByStep) {
    ContentStore store = open();
    replace(store, 10000, 0);
    auto size = std::filesystem::file_size(file);
    replace(store, 10, 1);
    auto after_one_step = std::filesystem::file_size(file);
    CHECK_TRUE(after_one_step < size);
    CHECK_TRUE(size - after_one_step <= 5 << 20);
    for (int step = 0; step < 10; ++step) store.settle();
    CHECK_TRUE(std::filesystem::file_size(file) < 200'000);
}

TEST(StoreSchema, SettlingWithoutAnUpdateWritesNothing) {
    ContentStore store = open();
    replace(store, 1000, 0);
    store.settle();
    auto journal = file;
    journal += "-wal";
    struct stat before {}, after {};
    ::stat(file.c_str(), &before);
    store.settle();
    ::stat(file.c_str(), &after);
    LONGS_EQUAL(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    LONGS_EQUAL(0, std::filesystem::file_size(journal));
}
