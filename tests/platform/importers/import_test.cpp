#include "platform/importers/import.h"

#include "content/exchange_reader.h"
#include "content/value_type.h"
#include "platform/importers/collector.h"
#include "platform/importers/editor_file.h"
#include "tests/platform/importers/imported_text.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace linli::content;

// clang-format off
TEST_GROUP(ItemIds) {};
TEST_GROUP(Collector) {
    ImportOptions options = tests::import_options();
    Collector collector{"folder/news.xml", options};

    static Item item(std::string id, std::string title, int day = 1) {
        Notice notice{.title = std::move(title), .issuer = "i", .body = {Paragraph{"text"}}};
        return {std::move(id), "c", std::chrono::sys_days(std::chrono::year(2026) / 11 / day), notice, {}};
    }
    std::string titles(const Imported& imported) {
        std::string text;
        for (const Item& item : imported.items) text += item.title() + "\n";
        return text;
    }
};
TEST_GROUP(EditorFile) {};
// clang-format on

TEST(ItemIds, AreStableAndGood) {
    CHECK_TEXT_EQUAL("ac148810-d857-441c-9679-408f346de14b",
                     to_item_id("ac148810-d857-441c-9679-408f346de14b"));
    for (const char* source :
         {"tag:example.org,2003:3.2397", "AC148810", "http://a.example/?p=7", "中", "", "-a",
          "id-a", "a123456789012345678901234567890123456789012345678901234567890123456789"}) {
        std::string id = to_item_id(source);
        std::string_view text = id;
        CHECK_TRUE_TEXT(accept_value(ValueType::ItemId, text), source);
        CHECK_TEXT_EQUAL(id, to_item_id(source));
        CHECK_TRUE(id != source);
    }
    CHECK_TRUE(to_item_id("A") != to_item_id("a"));
    // What looks like an id made from a hash cannot take its place.
    CHECK_TRUE(to_item_id(to_item_id("A")) != to_item_id("A"));
}

TEST(Collector, OfTwoOfOneIdTheNewerStays) {
    collector.accept(item("a", "old", 1));
    collector.accept(item("b", "other", 1));
    collector.accept(item("a", "new", 2), {.line = 9});
    collector.accept(item("a", "older", 1));
    Imported imported = collector.finish();
    CHECK_TEXT_EQUAL("new\nother\n", titles(imported));
    LONGS_EQUAL(2, imported.dropped());
    CHECK_TEXT_EQUAL(
        "news.xml:9: \"old\" left out: another entry of the same id is newer, or as new and before "
        "it: \"new\"\n"
        "news.xml: \"older\" left out: another entry of the same id is newer, or as new and before "
        "it: \"new\"\n",
        tests::remarks_of(imported));
}

TEST(Collector, KeepsOnlyWhatTheCheckAccepts) {
    Item implausible = item("a", "a");
    std::get<Notice>(implausible.content).telephones = {{"1", ""}};
    collector.accept(implausible, {.line = 3});
    collector.accept(item("b", ""), {.line = 4});
    Item without_issuer = item("c", "c");
    std::get<Notice>(without_issuer.content).issuer.clear();
    collector.accept(without_issuer);
    Item without_text = item("d", "d");
    std::get<Notice>(without_text.content).body.clear();
    collector.accept(without_text);
    collector.accept(item("Not an id", "e"));
    Imported imported = collector.finish();
    LONGS_EQUAL(0, imported.items.size());
    CHECK_TEXT_EQUAL("news.xml:3: \"a\" left out: \"1\" is wrong in <telephone>, "
                         "expected a telephone number of digits, spaces and hyphens\n"
                         "news.xml:4: \"b\" left out: it has no title\n"
                         "news.xml: \"c\" left out: it does not say who issues it; --issuer does\n"
                         "news.xml: \"d\" left out: it has no text\n"
                         "news.xml: \"e\" left out: id=\"Not an id\" is wrong in <notice>, "
                         "expected at most 64 small "
                         "letters, digits, dots and hyphens, "
                         "with a letter or digit at both ends\n",
                     tests::remarks_of(imported));
}

TEST(Collector, TellsOnceWhatIsMissing) {
    collector.accept(item("a", "t"), {.line = 2},
                     {{"a picture: {}", {"x.png"}}, {"a picture: {}", {"x.png"}}});
    CHECK_TEXT_EQUAL("news.xml:2: missing from \"t\": a picture: x.png\n",
                     tests::remarks_of(collector.finish()));
}

TEST(EditorFile, HoldsTheSameItemsAnElementALine) {
    Notice notice{.title = "a < b > \"c\"",
                  .issuer = "i",
                  .body = {List{ListStyle::Bullets, {"x", "y"}}, Table{{{"h", ""}, {"1", "2"}}}}};
    Item item{"n", "c", {}, notice, {}};
    std::string xml = write_editor_file(*AreaCode::parse("12/0101"), {&item, 1});
    CHECK_TRUE(xml.find("\n    <title>a &lt; b") != xml.npos);
    CHECK_TRUE(
        xml.find("\n      <list>\n        <li>x</li>\n        <li>y</li>\n      </list>\n") !=
        xml.npos);
    int read = 0;
    ExchangeReader reader(
        ExchangeReader::Strictness::AllFaults,
        [&](const Item& again, std::string_view, xml::Place) {
            CHECK_TRUE(again == item);
            ++read;
        },
        [](const Fault& fault) { FAIL(to_text(fault).c_str()); });
    reader.push(xml);
    reader.finish();
    LONGS_EQUAL(1, read);
}
