#include "middleware/storage/migration.h"

#include <vector>

#include "middleware/storage/space_reserve.h"
#include "tests/support/check.h"
#include "tests/support/full_disk.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::storage;

// clang-format off
TEST_GROUP(Migration) {
    tests::TemporaryFolder folder;
    Database database = std::move(*Database::open(folder.path() / "test.db", OpenMode::ReadWrite));

    std::int64_t version() { return *database.number("PRAGMA user_version"); }
};
// clang-format on

TEST(Migration, TakesEveryStepThatIsLeft) {
    const std::vector<Migration> kSteps = {{0, 1, "CREATE TABLE a (x)"},
                                           {1, 2, "ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES (1, 2)"},
                                           {2, 3, "DELETE FROM a", Migration::Then::Vacuum}};
    CHECK_GOOD(migrate(database, std::span(kSteps).first(1)));
    LONGS_EQUAL(1, version());
    CHECK_GOOD(migrate(database, kSteps));
    LONGS_EQUAL(3, version());
    LONGS_EQUAL(0, *database.number("SELECT count(y) FROM a"));
    CHECK_GOOD(migrate(database, kSteps));
    LONGS_EQUAL(3, version());
}

TEST(Migration, TakesTheLongestStep) {
    const std::vector<Migration> kSteps = {{0, 1, "nonsense"}, {0, 3, "CREATE TABLE a (x)"}, {1, 2, "nonsense"}};
    CHECK_GOOD(migrate(database, kSteps));
    LONGS_EQUAL(3, version());
}

TEST(Migration, LeavesTheVersionBeforeAStepThatFails) {
    const std::vector<Migration> kSteps = {{0, 1, "CREATE TABLE a (x)"}, {1, 2, "INSERT INTO a VALUES (1); nonsense"}};
    auto migrated = migrate(database, kSteps);
    CHECK_FALSE(migrated.has_value());
    STRCMP_CONTAINS("nonsense", migrated.error().message.c_str());
    LONGS_EQUAL(1, version());
    LONGS_EQUAL(0, *database.number("SELECT count(*) FROM a"));
    CHECK_FALSE(database.is_in_transaction());
}

TEST(Migration, LeavesAnUnknownVersionAlone) {
    CHECK_GOOD(database.run("PRAGMA user_version = 9"));
    const std::vector<Migration> kSteps = {{0, 1, "nonsense"}};
    CHECK_GOOD(migrate(database, kSteps));
    LONGS_EQUAL(9, version());
}

TEST_GROUP(SpaceReserve){};

TEST(SpaceReserve, IsMadeLetGoAndMadeAgain) {
    tests::TemporaryFolder folder;
    auto file = folder.path() / "reserve";
    SpaceReserve reserve(file, 100'000);
    reserve.keep();
    CHECK_TRUE(std::filesystem::file_size(file) >= 100'000);
    auto made = std::filesystem::last_write_time(file);
    reserve.keep();
    CHECK_TRUE(made == std::filesystem::last_write_time(file));
    reserve.let_go();
    CHECK_FALSE(std::filesystem::exists(file));
    {
        tests::FullDisk full(10'000);
        reserve.keep();
    }
    CHECK_TRUE(std::filesystem::file_size(file) <= 10'000);
    reserve.keep();
    CHECK_TRUE(std::filesystem::file_size(file) >= 100'000);
}
