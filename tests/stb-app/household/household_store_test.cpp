#include "stb-app/household/household_store.h"

#include "middleware/base/file.h"
#include "middleware/storage/database.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using app::HouseholdStore;
using app::Settings;
using app::TextSize;

namespace {

const content::ItemKey kNotice{*content::AreaCode::parse("12/0101"), "heating"};

}  // namespace

// clang-format off
TEST_GROUP(HouseholdStore) {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "household.db";

    HouseholdStore open() {
        auto store = HouseholdStore::open(file);
        CHECK_GOOD(store);
        return std::move(*store);
    }
};
// clang-format on

TEST(HouseholdStore, BeginsWithLargeTextInChinese) {
    CHECK_TRUE(open().settings() == (Settings{TextSize::Large, text::Language::Chinese}));
}

TEST(HouseholdStore, KeepsWhatWasChosen) {
    Settings chosen{TextSize::ExtraLarge, text::Language::English};
    {
        HouseholdStore store = open();
        CHECK_GOOD(store.save(chosen));
        CHECK_GOOD(store.mark_read(kNotice));
        CHECK_GOOD(store.mark_read(kNotice));
    }
    HouseholdStore store = open();
    CHECK_TRUE(chosen == store.settings());
    CHECK_TRUE(store.is_read(kNotice));
    CHECK_FALSE(store.is_read({kNotice.area, "other"}));
}

TEST(HouseholdStore, KeepsThePlacesOfTheLast200Videos) {
    auto video = [](int number) { return content::ItemKey{kNotice.area, "v" + std::to_string(number)}; };
    {
        HouseholdStore store = open();
        for (int i = 0; i < 201; ++i) CHECK_GOOD(store.save_place(video(i), std::chrono::seconds(i + 10)));
        CHECK_GOOD(store.save_place(video(7), 99s));
        CHECK_GOOD(store.forget_place(video(9)));
    }
    HouseholdStore store = open();
    CHECK_FALSE(store.place(video(0)).has_value());
    CHECK_TRUE(store.place(video(2)) == 12s);
    CHECK_TRUE(store.place(video(7)) == 99s);
    CHECK_FALSE(store.place(video(9)).has_value());
    CHECK_TRUE(store.place(video(200)) == 210s);
}

TEST(HouseholdStore, AFileOfVersion1KeepsWhatItHoldsAndTakesReminders) {
    {
        auto old = storage::Database::open(file, storage::OpenMode::ReadWrite);
        CHECK_GOOD(old);
        CHECK_GOOD(old->run("CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
                            "CREATE TABLE read_notice(item TEXT PRIMARY KEY) WITHOUT ROWID;"
                            "INSERT INTO setting VALUES ('text-size', 'extra-large'), ('language', 'en');"
                            "INSERT INTO read_notice VALUES ('12/0101#heating');"
                            "PRAGMA user_version = 1"));
    }
    HouseholdStore store = open();
    CHECK_TEXT_EQUAL("", store.trouble());
    CHECK_TRUE(store.settings() == (Settings{TextSize::ExtraLarge, text::Language::English}));
    CHECK_TRUE(store.is_read(kNotice));
    CHECK_GOOD(store.acknowledge("a", std::chrono::sys_days()));
    CHECK_TRUE(store.is_acknowledged("a"));
}

TEST(HouseholdStore, AFileOfVersion1HasTheTablesOfANewOneAfterwards) {
    auto tables = [](const std::filesystem::path& of) {
        auto database = storage::Database::open(of, storage::OpenMode::ReadOnly);
        CHECK_GOOD(database);
        std::string out;
        storage::Statement select = database->prepare("SELECT sql FROM sqlite_schema ORDER BY name");
        while (select.step()) out += std::string(select.text(0)) + "\n";
        return out;
    };
    auto old_file = folder.path() / "old.db";
    {
        auto old = storage::Database::open(old_file, storage::OpenMode::ReadWrite);
        CHECK_GOOD(old);
        CHECK_GOOD(old->run("CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
                            "CREATE TABLE read_notice(item TEXT PRIMARY KEY) WITHOUT ROWID;"
                            "PRAGMA user_version = 1"));
    }
    (void)open();
    CHECK_GOOD(HouseholdStore::open(old_file));
    CHECK_TEXT_EQUAL(tables(file), tables(old_file));
}

TEST(HouseholdStore, ForgetsWhichRemindersWerePutAwayAfterTwoWeeks) {
    std::chrono::sys_days today{std::chrono::days(20'000)};
    {
        HouseholdStore store = open();
        CHECK_FALSE(store.is_acknowledged("a"));
        CHECK_GOOD(store.acknowledge("a", today));
        CHECK_GOOD(store.acknowledge("a", today));
    }
    HouseholdStore store = open();
    CHECK_TRUE(store.is_acknowledged("a"));
    CHECK_FALSE(store.is_acknowledged("b"));
    CHECK_GOOD(store.acknowledge("b", today + std::chrono::days(14)));
    CHECK_TRUE(store.is_acknowledged("a"));
    CHECK_GOOD(store.acknowledge("b", today + std::chrono::days(15)));
    CHECK_FALSE(store.is_acknowledged("a"));
}

TEST(HouseholdStore, KeepsWhenToBeReminded) {
    Settings chosen;
    chosen.remind_day_before_at = 0;
    chosen.remind_hours_before = 3;
    {
        HouseholdStore store = open();
        CHECK_GOOD(store.save(chosen));
    }
    CHECK_TRUE(open().settings() == chosen);
}

TEST(HouseholdStore, ATimeOfRemindersThatCannotBeIsNotTaken) {
    (void)open();
    for (const char* value : {"99", "-1", "soon", "", "2x"}) {
        {
            auto database = storage::Database::open(file, storage::OpenMode::ReadWrite);
            CHECK_GOOD(database);
            CHECK_GOOD(database->prepare("INSERT OR REPLACE INTO setting VALUES ('remind-hours-before', ?)").bind(std::string(value)).finish());
        }
        LONGS_EQUAL(Settings().remind_hours_before, open().settings().remind_hours_before);
    }
}

TEST(HouseholdStore, BeginsAnewWhenTheFileIsDamaged) {
    for (std::string bytes :
         {std::string(4096, '\0'), std::string("not a database, whatever it was"),
          "SQLite format 3" + std::string(1, '\0') + std::string(2000, 'x')}) {
        std::filesystem::remove(folder.path() / "household.db.damaged");
        folder.write("household.db", bytes);
        HouseholdStore store = open();
        CHECK_TRUE(store.settings() == Settings{});
        CHECK_GOOD(store.save({TextSize::Standard, text::Language::English}));
        CHECK_TRUE(std::filesystem::exists(folder.path() / "household.db.damaged"));
    }
}

TEST(HouseholdStore, ComesBackFromItsBackupWhenTheFileIsDamaged) {
    Settings chosen{TextSize::ExtraLarge, text::Language::English};
    {
        HouseholdStore store = open();
        CHECK_GOOD(store.save(chosen));
        CHECK_GOOD(store.mark_read(kNotice));
        CHECK_GOOD(store.back_up_when_due());
        CHECK_GOOD(store.save({TextSize::Standard, text::Language::Chinese}));
    }
    folder.write("household.db", "flash that lost a page");
    for (int opening = 0; opening < 2; ++opening) {
        HouseholdStore store = open();
        CHECK_TEXT_EQUAL("", store.trouble());
        CHECK_TRUE(store.settings() == chosen);
        CHECK_TRUE(store.is_read(kNotice));
    }
    CHECK_TRUE(std::filesystem::exists(folder.path() / "household.db.damaged"));
}

TEST(HouseholdStore, BeginsAnewWhenTheBackupIsDamagedToo) {
    folder.write("household.db", "damaged");
    folder.write("household.db.backup", "damaged as well");
    HouseholdStore store = open();
    CHECK_TEXT_EQUAL("", store.trouble());
    CHECK_TRUE(store.settings() == Settings{});
    CHECK_GOOD(store.save({TextSize::Standard, text::Language::English}));
}

TEST(HouseholdStore, IsBackedUpDailyAndOnlyWhenItHasChanged) {
    auto backup = folder.path() / "household.db.backup";
    HouseholdStore store = open();
    CHECK_GOOD(store.save({TextSize::Standard, text::Language::English}));
    CHECK_GOOD(store.back_up_when_due());
    // The box makes its backup long after the change.
    auto made = std::chrono::file_clock::now() + 1h;
    std::filesystem::last_write_time(backup, made);
    auto expect = [&](bool is_made_again, std::chrono::hours later) {
        CHECK_GOOD(store.back_up_when_due(made + later));
        CHECK_TRUE((std::filesystem::last_write_time(backup) != made) == is_made_again);
    };
    expect(false, 48h);
    for (const char* file : {"household.db", "household.db-wal"}) std::filesystem::last_write_time(folder.path() / file, made + 1h);
    expect(false, 23h);
    expect(true, 24h);
    // A clock that was ahead does not keep the box from its backup.
    made = std::chrono::file_clock::now() - 1000h;
    std::filesystem::last_write_time(backup, made);
    expect(true, -1h);
}

TEST(HouseholdStore, LeavesTheFileOfANewerVersionAloneAndKeepsSettingsInMemory) {
    {
        auto newer = storage::Database::open(file, storage::OpenMode::ReadWrite);
        CHECK_GOOD(newer);
        CHECK_GOOD(newer->run("CREATE TABLE setting(other TEXT); PRAGMA user_version = 99"));
    }
    {
        HouseholdStore store = open();
        CHECK_TRUE(store.trouble().find("newer version") != std::string::npos);
        Settings settings{TextSize::Standard, text::Language::English};
        CHECK_GOOD(store.save(settings));
        CHECK_TRUE(store.settings() == settings);
    }
    CHECK_FALSE(std::filesystem::exists(folder.path() / "household.db.damaged"));
    auto again = storage::Database::open(file, storage::OpenMode::ReadOnly);
    CHECK_GOOD(again);
    LONGS_EQUAL(99, *again->number("PRAGMA user_version"));
}

TEST(HouseholdStore, IsApartFromTheContent) {
    Television tv;
    tv.press("1 1 RED HOME");
    tv.close();
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(tv.content_file().string() + suffix);
    tv.restart();
    CHECK_TRUE(tv.application->settings().text_size == TextSize::ExtraLarge);
    tv.press("1");
    CHECK_TRUE(tv.shows("这里暂时没有内容"));
    tv.close();
    SampleCity::shared().copy_store_to(tv.content_file());
    tv.restart();
    tv.press("1");
    CHECK_TRUE(std::get<app::RowElement>(tv.page().elements[0]).is_done);
}

TEST(HouseholdStore, LosesNothingButItselfWhenItIsDamaged) {
    Television tv;
    tv.press("1 1 RED");
    tv.close();
    for (const char* suffix : {"-wal", "-shm"})
        std::filesystem::remove(tv.household_file().string() + suffix);
    tv.folder.write("household.db", "damaged by a flash that lost a page");
    tv.restart();
    CHECK_TRUE(tv.application->settings() == Settings{});
    tv.press("1");
    CHECK_TRUE(tv.shows("水管爆裂"));
}
