#include "content/model.h"

#include "tests/content/sample_items.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::content;
using linli::tests::area;

// clang-format off
TEST_GROUP(AreaCode) {};
TEST_GROUP(ItemKey) {};
TEST_GROUP(Item) {};
// clang-format on

TEST(AreaCode, AcceptsTheFourLevelsAndNothingElse) {
    for (const char* good : {"12", "12/0101", "12/0101/001", "12/0101/001/002"})
        CHECK_TRUE_TEXT(AreaCode::parse(good).has_value(), good);
    for (const char* bad :
         {"", "1", "123", "12/", "12/010", "12/0101/", "12/0101/1", "12/0101/001/002/", "a2",
          "12/0101/001/002/003", "12//001", " 12", "12 ", "/12", "12-0101", "12/01o1"})
        CHECK_FALSE_TEXT(AreaCode::parse(bad).has_value(), bad);
}

TEST(AreaCode, ChainGoesFromTheCityDown) {
    auto chain = area("12/0101/001/002").chain();
    LONGS_EQUAL(4, chain.size());
    CHECK_TEXT_EQUAL("12", chain[0].str());
    CHECK_TEXT_EQUAL("12/0101", chain[1].str());
    CHECK_TEXT_EQUAL("12/0101/001", chain[2].str());
    CHECK_TEXT_EQUAL("12/0101/001/002", chain[3].str());
    LONGS_EQUAL(1, area("12").chain().size());
}

TEST(ItemKey, ReadsAnIdOfHomeOrOfANamedArea) {
    auto home = area("12/0101");
    CHECK_TEXT_EQUAL("12/0101#heating", ItemKey::parse("heating", home)->str());
    CHECK_TEXT_EQUAL("12#heating", ItemKey::parse("12#heating", home)->str());
    for (const char* bad : {"", "#", "12#", "1#x", "12/#x"})
        CHECK_FALSE_TEXT(ItemKey::parse(bad, home).has_value(), bad);
}

TEST(Item, DetailIsTheSummaryOrWhoIsBehindIt) {
    Item listing = linli::tests::make_listing("a", "店");
    CHECK_TEXT_EQUAL("店", listing.title());
    CHECK_TEXT_EQUAL("某店", listing.detail());
    Item notice = linli::tests::make_notice("a", "题");
    CHECK_TEXT_EQUAL("居委会", notice.detail());
    std::get<Notice>(notice.content).summary = "简介";
    CHECK_TEXT_EQUAL("简介", notice.detail());
}

TEST(Item, NamesTheFilesThatItPlays) {
    Item item = linli::tests::full_items().back();
    auto objects = objects_of(item);
    LONGS_EQUAL(4, objects.size());
    CHECK_TEXT_EQUAL("classes/breathing.mp4", objects[2]->src);
    CHECK_TEXT_EQUAL("classes/breathing.srt", objects[3]->src);
    std::get<Course>(item.content).media.url = "https://class.example/b.mp4";
    LONGS_EQUAL(3, objects_of(item).size());
}

TEST(Item, NamesItsObjectsInDocumentOrder) {
    for (const Item& item : linli::tests::full_items()) {
        if (item.kind() != Kind::Notice) continue;
        auto objects = objects_of(item);
        LONGS_EQUAL(3, objects.size());
        CHECK_TEXT_EQUAL("pictures/map.png", objects[0]->src);
        CHECK_TEXT_EQUAL("pictures/a.jpg", objects[1]->src);
        CHECK_TEXT_EQUAL("files/list.pdf", objects[2]->src);
    }
}
