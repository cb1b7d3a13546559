#include <set>

#include "content/content_store.h"
#include "content/exchange_writer.h"
#include "tests/content/sample_items.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::content;
using linli::tests::area;

// clang-format off
TEST_GROUP(StoreUpdate) {
    tests::TemporaryFolder folder;
    ContentStore store = std::move(*ContentStore::open(folder.path() / "content.db"));
    AreaCode home = area("12");
    enum class How { Replace, Amend };

    /// Notices by id; "board:id" is a category, "-id" takes away.
    std::uint64_t update(How how, Part part, const std::vector<std::string>& changes) {
        auto update = how == How::Replace ? store.replace(home, part) : store.amend(home, part);
        CHECK_GOOD(update);
        for (const std::string& change : changes) {
            if (change == "-c") CHECK_GOOD(update->remove({Kind::Category, Board::Guides, "c"}));
            else if (change.starts_with('-')) CHECK_GOOD(update->remove({.id = change.substr(1)}));
            else if (change == "c") CHECK_GOOD(update->add({"c", "", {}, Category{Board::Guides, "甲", "bus", 1}}, ""));
            else add(*update, tests::make_notice(change, change));
        }
        std::uint64_t items = update->items();
        CHECK_GOOD(update->commit({.sequence = 1}));
        return items;
    }
    static void add(ContentStore::Update& update, const Item& item) { CHECK_GOOD(update.add(item, write_item(item))); }
    std::string shown() {
        std::string ids;
        auto rows = store.items(Board::Notices, "", {home}, std::nullopt);
        CHECK_GOOD(rows);
        for (const ItemRow& row : *rows) ids += (ids.empty() ? "" : " ") + row.key.id;
        return ids;
    }
    static Item with_picture(const std::string& id, char hash, std::uint64_t length, bool is_prefetched = false) {
        Item item = tests::make_notice(id, id);
        Object object{"sha256:" + std::string(64, hash), length, "image/png", is_prefetched};
        std::get<Notice>(item.content).body = {Picture{object, "x", ""}};
        return item;
    }
};
// clang-format on

TEST(StoreUpdate, AnAmendmentChangesWhatItNamesAndNothingElse) {
    LONGS_EQUAL(4, update(How::Replace, Part::Content, {"a", "b", "d", "c"}));
    LONGS_EQUAL(3, update(How::Amend, Part::Content, {"-a", "-c", "-nothing", "b", "e"}));
    CHECK_TEXT_EQUAL("b d e", shown());
    LONGS_EQUAL(0, store.all_categories(Board::Guides, {home})->size());
    LONGS_EQUAL(4, update(How::Amend, Part::Content, {"c"}));
    LONGS_EQUAL(4, update(How::Amend, Part::Content, {"c"}));
    LONGS_EQUAL(0, update(How::Replace, Part::Content, {}));
    CHECK_TEXT_EQUAL("", shown());
}

TEST(StoreUpdate, APartIsReplacedWithoutTheOther) {
    update(How::Replace, Part::Content, {"a", "b"});
    LONGS_EQUAL(1, update(How::Replace, Part::Alerts, {"x"}));
    LONGS_EQUAL(1, update(How::Replace, Part::Content, {"d"}));
    CHECK_TEXT_EQUAL("d x", shown());
    update(How::Replace, Part::Alerts, {});
    CHECK_TEXT_EQUAL("d", shown());
    CHECK_TRUE((*store.version(home, Part::Alerts)).has_value());
}

TEST(StoreUpdate, AnItemIsInOnePartOnly) {
    for (How how : {How::Replace, How::Amend}) {
        update(How::Replace, Part::Content, {"a", "b"});
        update(how, Part::Alerts, {"a"});
        CHECK_TEXT_EQUAL("a b", shown());
        // The delta that goes with it: what has moved is not there any more, and its count is right.
        LONGS_EQUAL(1, update(How::Amend, Part::Content, {"-a"}));
        CHECK_TEXT_EQUAL("a b", shown());
        LONGS_EQUAL(2, update(how, Part::Content, how == How::Replace ? std::vector<std::string>{"a", "b"} : std::vector<std::string>{"a"}));
        CHECK_TEXT_EQUAL("a b", shown());
        LONGS_EQUAL(0, update(How::Amend, Part::Alerts, {}));
        CHECK_GOOD(store.withdraw(home));
    }
}

TEST(StoreUpdate, AnItemThatComesTwiceIsAFault) {
    for (How how : {How::Replace, How::Amend}) {
        auto update = how == How::Replace ? store.replace(home) : store.amend(home);
        add(*update, tests::make_notice("a", "a"));
        auto again = update->add(tests::make_notice("a", "a"), "<notice/>");
        auto committed = update->commit({});
        CHECK_FALSE(committed.has_value());
        STRCMP_CONTAINS("12#a", (again ? committed : again).error().message.c_str());
    }
    CHECK_TEXT_EQUAL("", shown());
}

TEST(StoreUpdate, WithdrawingTakesAwayBothPartsOfOneArea) {
    update(How::Replace, Part::Content, {"a", "c"});
    update(How::Replace, Part::Alerts, {"b"});
    home = area("12/0101");
    update(How::Replace, Part::Content, {"other"});
    LONGS_EQUAL(2, store.areas()->size());
    CHECK_GOOD(store.withdraw(area("12")));
    LONGS_EQUAL(1, store.areas()->size());
    CHECK_TEXT_EQUAL("other", shown());
    home = area("12");
    CHECK_TEXT_EQUAL("", shown());
    CHECK_FALSE(store.version(home)->has_value());
    CHECK_FALSE(store.version(home, Part::Alerts)->has_value());
    CHECK_FALSE(store.item({home, "a"})->has_value());
    LONGS_EQUAL(0, store.all_categories(Board::Guides, {home})->size());
    CHECK_GOOD(store.withdraw(home));
}

TEST(StoreUpdate, TellsTheObjectsThatItemsName) {
    auto update = store.replace(home);
    add(*update, with_picture("one", 'a', 100));
    add(*update, with_picture("two", 'a', 100, true));
    add(*update, with_picture("three", 'b', 7));
    CHECK_GOOD(update->commit({}));
    CHECK_TRUE(*store.object(std::string(64, 'a')) == (ObjectRow{std::string(64, 'a'), 100, true}));
    CHECK_TRUE(*store.object(std::string(64, 'b')) == (ObjectRow{std::string(64, 'b'), 7, false}));
    CHECK_FALSE(store.object(std::string(64, 'c'))->has_value());
    LONGS_EQUAL(1, store.prefetched_objects({home})->size());
    LONGS_EQUAL(0, store.prefetched_objects({area("13")})->size());
    CHECK_TRUE(*store.named_objects() == (std::set<std::string>{std::string(64, 'a'), std::string(64, 'b')}));

    auto amend = store.amend(home);
    CHECK_GOOD(amend->remove({.id = "two"}));
    add(*amend, with_picture("three", 'c', 8));
    CHECK_GOOD(amend->commit({}));
    CHECK_TRUE(*store.object(std::string(64, 'a')) == (ObjectRow{std::string(64, 'a'), 100, false}));
    CHECK_FALSE(store.object(std::string(64, 'b'))->has_value());
    CHECK_TRUE(*store.named_objects() == (std::set<std::string>{std::string(64, 'a'), std::string(64, 'c')}));
}

TEST(StoreUpdate, ManyItemsHaveOneOfEachObject) {
    auto update = store.replace(home);
    Item item = with_picture("one", 'a', 100);
    auto& body = std::get<Notice>(item.content).body;
    body.push_back(body.front());
    add(*update, item);
    Item local = tests::make_notice("local", "x");
    std::get<Notice>(local.content).body = {Picture{{"pictures/a.png", 0, "", true}, "x", ""}};
    add(*update, local);
    CHECK_GOOD(update->commit({}));
    LONGS_EQUAL(1, store.named_objects()->size());
}
