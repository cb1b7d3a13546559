#include "content/content_store.h"

#include <filesystem>
#include <fstream>

#include "content/exchange_writer.h"
#include "middleware/base/file.h"
#include "middleware/storage/database.h"
#include "tests/content/sample_items.h"
#include "tests/support/check.h"
#include "tests/support/full_disk.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::content;
using namespace std::chrono;
using linli::tests::area;
using linli::tests::FullDisk;

namespace {

constexpr sys_seconds kNow = sys_days(year(2026) / 11 / 23);

}  // namespace

// clang-format off
TEST_GROUP(ContentStore) {
    tests::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "content.db";
    std::vector<AreaCode> chain = area("12/0101/001/002").chain();

    ContentStore open() {
        auto store = ContentStore::open(file);
        CHECK_GOOD(store);
        return std::move(*store);
    }
    static base::Result<void> fill(ContentStore& store, const AreaCode& where, const std::vector<Item>& items) {
        LINLI_TRY(update, store.replace(where));
        for (const Item& item : items) LINLI_CHECK(update.add(item, write_item(item)));
        return update.commit({7, "hash", kNow});
    }
    static std::string ids(const base::Result<std::vector<ItemRow>>& rows) {
        CHECK_GOOD(rows);
        std::string ids;
        for (const ItemRow& row : *rows) ids += (ids.empty() ? "" : " ") + row.key.str();
        return ids;
    }
    static Item category(const std::string& id, Board board, const std::string& name, int order) {
        return {id, "", {}, Category{board, name, "bus", order}};
    }
};
// clang-format on

TEST(ContentStore, GivesBackEveryKindOfItemAsItWasPublished) {
    ContentStore store = open();
    auto items = tests::full_items();
    CHECK_GOOD(fill(store, area("12"), items));
    for (const Item& item : items) {
        if (item.kind() == Kind::Category) continue;
        auto read = store.item({area("12"), item.id});
        CHECK_GOOD(read);
        CHECK_TRUE_TEXT(read->has_value() && **read == item, item.id.c_str());
    }
    CHECK_FALSE(store.item({area("12"), "nothing"})->has_value());
    CHECK_FALSE(store.item({area("12/0101"), "clinic"})->has_value());
    CHECK_TEXT_EQUAL("杏林里社区", (*store.area(area("12")))->name);
    CHECK_FALSE(store.area(area("12/0101"))->has_value());
}

TEST(ContentStore, NoticesComeByUrgencyThenNewestFirst) {
    ContentStore store = open();
    Item old = tests::make_notice("old", "旧");
    old.published -= days(3);
    Item urgent = tests::make_notice("urgent", "急");
    urgent.published -= days(9);
    std::get<Notice>(urgent.content).urgency = Urgency::Urgent;
    CHECK_GOOD(fill(store, area("12"), {old, tests::make_notice("new", "新")}));
    CHECK_GOOD(fill(store, area("12/0101"), {urgent}));
    CHECK_TEXT_EQUAL("12/0101#urgent 12#new 12#old",
                     ids(store.items(Board::Notices, "", chain, kNow)));
    CHECK_TEXT_EQUAL("12/0101#urgent 12#new 12#old",
                     ids(store.items(Board::Notices, "health", chain, kNow)));
    CHECK_TEXT_EQUAL("", ids(store.items(Board::Notices, "other", chain, kNow)));
}

TEST(ContentStore, ShowsNoticesOnlyWhileTheyAreValidUnlessTheTimeIsUnknown) {
    ContentStore store = open();
    Item over = tests::make_notice("over", "过期");
    std::get<Notice>(over.content).valid_until = kNow - seconds(1);
    Item coming = tests::make_notice("coming", "将来");
    std::get<Notice>(coming.content).valid_from = kNow + seconds(1);
    Item last = tests::make_notice("last", "最后一秒");
    std::get<Notice>(last.content).valid_from = kNow;
    std::get<Notice>(last.content).valid_until = kNow;
    CHECK_GOOD(fill(store, area("12"),
                    {over, coming, last, category("health", Board::Notices, "卫生", 1)}));
    CHECK_TEXT_EQUAL("12#last", ids(store.items(Board::Notices, "", chain, kNow)));
    CHECK_TEXT_EQUAL("12#coming 12#last 12#over",
                     ids(store.items(Board::Notices, "", chain, std::nullopt)));
    LONGS_EQUAL(1, store.categories(Board::Notices, chain, kNow)->at(0).items);
    LONGS_EQUAL(3, store.categories(Board::Notices, chain, std::nullopt)->at(0).items);
}

TEST(ContentStore, ListingsComeNearestFirstThenByName) {
    ContentStore store = open();
    CHECK_GOOD(
        fill(store, area("12"), {tests::make_listing("c", "丙"), tests::make_listing("a", "甲")}));
    CHECK_GOOD(fill(store, area("12/0101/001/002"), {tests::make_listing("b", "乙")}));
    CHECK_TEXT_EQUAL("12/0101/001/002#b 12#c 12#a",
                     ids(store.items(Board::Services, "shops", chain, kNow)));
}

TEST(ContentStore, DoesNotShowAreasOutsideTheChain) {
    ContentStore store = open();
    CHECK_GOOD(fill(store, area("12/0101/001/001"), {tests::make_listing("neighbour", "邻居")}));
    CHECK_GOOD(fill(store, area("12/0101/001"), {tests::make_listing("ours", "街道")}));
    CHECK_TEXT_EQUAL("12/0101/001#ours", ids(store.items(Board::Services, "", chain, kNow)));
    CHECK_TEXT_EQUAL("", ids(store.items(Board::Services, "", area("12").chain(), kNow)));
}

TEST(ContentStore, EachBoardShowsItsKinds) {
    ContentStore store = open();
    CHECK_GOOD(fill(store, area("12"), tests::full_items()));
    CHECK_TEXT_EQUAL("12#water-cut", ids(store.items(Board::Notices, "", chain, std::nullopt)));
    CHECK_TEXT_EQUAL("12#check-up 12#clinic", ids(store.items(Board::Services, "", chain, kNow)));
    CHECK_TEXT_EQUAL("12#check-up", ids(store.items(Board::Appointments, "", chain, kNow)));
    CHECK_TEXT_EQUAL("12#check-up-guide", ids(store.items(Board::Guides, "", chain, kNow)));
    CHECK_TEXT_EQUAL("", ids(store.items(Board::Settings, "", chain, kNow)));
}

TEST(ContentStore, CategoriesComeByOrderAndTheNearestDefinitionHolds) {
    ContentStore store = open();
    Item medical = tests::make_listing("clinic", "诊所");
    medical.category = "medical";
    CHECK_GOOD(fill(store, area("12"),
                    {category("shops", Board::Services, "商店", 5),
                     category("medical", Board::Services, "医疗", 1),
                     category("shops", Board::Notices, "商店通知", 2),
                     category("empty", Board::Services, "空", 3), tests::make_listing("a", "甲"),
                     tests::make_listing("b", "乙"), medical}));
    CHECK_GOOD(fill(store, area("12/0101"), {category("medical", Board::Services, "看病", 9)}));
    auto rows = store.categories(Board::Services, chain, kNow);
    CHECK_GOOD(rows);
    LONGS_EQUAL(2, rows->size());
    CHECK_TEXT_EQUAL("商店", rows->at(0).name);
    LONGS_EQUAL(2, rows->at(0).items);
    CHECK_TEXT_EQUAL("看病", rows->at(1).name);
    LONGS_EQUAL(0, store.categories(Board::Appointments, chain, kNow)->size());
}

TEST(ContentStore, ThePortalOfTheNearestAreaIsShown) {
    ContentStore store = open();
    CHECK_FALSE(store.portal(chain)->has_value());
    Item city{"home", "", {}, Portal{{{Board::Live, "", "bus", "城"}}}};
    Item street{"home", "", {}, Portal{{{Board::Live, "", "bus", "街"}}}};
    CHECK_GOOD(fill(store, area("12"), {city}));
    CHECK_GOOD(fill(store, area("12/0101/001"), {street}));
    CHECK_TEXT_EQUAL("街", (*store.portal(chain))->tiles.at(0).label);
    CHECK_TEXT_EQUAL("城", (*store.portal(area("12/0101").chain()))->tiles.at(0).label);
}

TEST(ContentStore, ReplacesTheContentOfOneAreaOnly) {
    ContentStore store = open();
    CHECK_GOOD(fill(store, area("12"),
                    {tests::make_listing("a", "甲"), category("shops", Board::Services, "店", 1)}));
    CHECK_GOOD(fill(store, area("12/0101"), {tests::make_listing("b", "乙")}));
    CHECK_GOOD(fill(store, area("12"), {tests::make_listing("c", "丙")}));
    CHECK_TEXT_EQUAL("12/0101#b 12#c", ids(store.items(Board::Services, "", chain, kNow)));
    LONGS_EQUAL(0, store.categories(Board::Services, chain, kNow)->size());
}

TEST(ContentStore, DropsAnUpdateThatIsNotCommitted) {
    ContentStore store = open();
    CHECK_GOOD(fill(store, area("12"), {tests::make_listing("old", "旧")}));
    {
        auto update = store.replace(area("12"));
        Item item = tests::make_listing("new", "新");
        CHECK_GOOD(update->add(item, write_item(item)));
    }
    CHECK_TEXT_EQUAL("12#old", ids(store.items(Board::Services, "", chain, kNow)));
}

TEST(ContentStore, AnotherReaderSeesOldContentUntilTheCommit) {
    ContentStore store = open();
    ContentStore screens = open();
    CHECK_GOOD(fill(store, area("12"), {tests::make_listing("old", "旧")}));
    auto update = store.replace(area("12"));
    Item item = tests::make_listing("new", "新");
    CHECK_GOOD(update->add(item, write_item(item)));
    CHECK_TEXT_EQUAL("12#old", ids(screens.items(Board::Services, "", chain, kNow)));
    CHECK_GOOD(update->commit({}));
    CHECK_TEXT_EQUAL("12#new", ids(screens.items(Board::Services, "", chain, kNow)));
}

TEST(ContentStore, RefusesTheSameIdTwiceAndKeepsTheOldContent) {
    ContentStore store = open();
    CHECK_GOOD(fill(store, area("12"), {tests::make_listing("old", "旧")}));
    auto refused =
        fill(store, area("12"), {tests::make_listing("a", "甲"), tests::make_notice("a", "甲")});
    CHECK_FALSE(refused.has_value());
    STRCMP_CONTAINS("12#a", refused.error().message.c_str());
    CHECK_TEXT_EQUAL("12#old", ids(store.items(Board::Services, "", chain, kNow)));
}

TEST(ContentStore, DoesNotCommitAfterAFailedAdd) {
    ContentStore store = open();
    auto update = store.amend(area("12"));
    Item item = tests::make_listing("a", "甲");
    CHECK_GOOD(update->add(item, write_item(item)));
    CHECK_FALSE(update->add(item, write_item(item)).has_value());
    CHECK_FALSE(update->commit({}).has_value());
}

TEST(ContentStore, KeepsTheVersionOfAnArea) {
    ContentStore store = open();
    CHECK_FALSE(store.version(area("12"))->has_value());
    CHECK_GOOD(fill(store, area("12"), {}));
    auto version = **store.version(area("12"));
    LONGS_EQUAL(7, version.sequence);
    CHECK_TEXT_EQUAL("hash", version.content_hash);
    CHECK_TRUE(version.published == kNow);
    CHECK_FALSE(store.version(area("12"), Part::Alerts)->has_value());
}

TEST(ContentStore, KeepsContentFromOneOpeningToTheNext) {
    {
        ContentStore store = open();
        CHECK_GOOD(fill(store, area("12"), {tests::make_listing("a", "甲")}));
        CHECK_TEXT_EQUAL("", store.notice());
    }
    ContentStore store = open();
    CHECK_TEXT_EQUAL("", store.notice());
    CHECK_TEXT_EQUAL("12#a", ids(store.items(Board::Services, "", chain, kNow)));
}

TEST(ContentStore, SetsADamagedFileAside) {
    const std::string kDamaged[] = {std::string(8192, 'x'), std::string(8192, '\0'),
                                    "SQLite format 3" + std::string(8192, '\0')};
    for (const std::string& bytes : kDamaged) {
        std::filesystem::remove(file);
        folder.write("content.db", bytes);
        ContentStore store = open();
        STRCMP_CONTAINS("damaged", store.notice().c_str());
        CHECK_TRUE(std::filesystem::exists(folder.path() / "content.db.damaged"));
        CHECK_GOOD(fill(store, area("12"), {tests::make_listing("a", "甲")}));
    }
}

TEST(ContentStore, SetsAFileWithADamagedPageAside) {
    {
        ContentStore store = open();
        std::vector<Item> items;
        for (int i = 0; i < 200; ++i)
            items.push_back(tests::make_listing("a" + std::to_string(i), "甲"));
        CHECK_GOOD(fill(store, area("12"), items));
    }
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(5 * 4096);
    bytes << std::string(4096, '\xA5');
    bytes.close();
    ContentStore store = open();
    STRCMP_CONTAINS("damaged", store.notice().c_str());
    CHECK_TEXT_EQUAL("", ids(store.items(Board::Services, "", chain, kNow)));
}

TEST(ContentStore, SetsANewerFileAside) {
    {
        ContentStore store = open();
        auto database = storage::Database::open(file, storage::OpenMode::ReadWrite);
        CHECK_GOOD(database->run("PRAGMA user_version = 99"));
    }
    ContentStore store = open();
    STRCMP_CONTAINS("newer version (99)", store.notice().c_str());
    CHECK_TRUE(std::filesystem::exists(folder.path() / "content.db.newer"));
    CHECK_GOOD(fill(store, area("12"), {tests::make_listing("a", "甲")}));
}

TEST(ContentStore, AnEmptyFileIsAnEmptyStore) {
    folder.write("content.db", "");
    ContentStore store = open();
    CHECK_TEXT_EQUAL("", store.notice());
    CHECK_GOOD(fill(store, area("12"), {tests::make_listing("a", "甲")}));
}

TEST(ContentStore, KeepsOldContentWhenTheDiskIsFull) {
    ContentStore store = open();
    CHECK_GOOD(fill(store, area("12"), {tests::make_listing("old", "旧")}));
    {
        FullDisk full(1 << 20);
        std::vector<Item> items;
        for (int i = 0; i < 20000; ++i)
            items.push_back(tests::make_listing("a" + std::to_string(i), "甲"));
        CHECK_FALSE(fill(store, area("12"), items).has_value());
    }
    CHECK_TEXT_EQUAL("12#old", ids(store.items(Board::Services, "", chain, kNow)));
    CHECK_GOOD(fill(store, area("12"), {tests::make_listing("new", "新")}));
    CHECK_TEXT_EQUAL("12#new", ids(store.items(Board::Services, "", chain, kNow)));
}

TEST(ContentStore, IsStillReadWhereNothingCanBeWritten) {
    {
        ContentStore store = open();
        CHECK_GOOD(fill(store, area("12"), {tests::make_listing("old", "旧")}));
    }
    FullDisk full(0);
    CHECK_FALSE(ContentStore::open(file, ContentStore::Examination::Brief).has_value());
    auto frozen = ContentStore::open(file, ContentStore::Examination::Frozen);
    CHECK_GOOD(frozen);
    CHECK_TEXT_EQUAL("12#old", ids(frozen->items(Board::Services, "", chain, kNow)));
    CHECK_FALSE(fill(*frozen, area("12"), {tests::make_listing("new", "新")}).has_value());
}

TEST(ContentStore, CannotBeOpenedWhereAFileIsAFolder) {
    std::filesystem::create_directories(file);
    CHECK_FALSE(ContentStore::open(file).has_value());
}
