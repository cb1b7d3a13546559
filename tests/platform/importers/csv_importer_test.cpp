#include "middleware/base/local_time.h"
#include "platform/importers/csv_mapping.h"
#include "platform/importers/csv_table.h"
#include "tests/platform/importers/imported_text.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using tests::listing;
using tests::remarks_of;

// clang-format off
TEST_GROUP(CsvTable) {
    static std::string rows(std::string_view text) {
        auto table = read_csv(text);
        if (!table) return table.error().message;
        std::string out;
        for (const CsvTable::Row& row : table->rows) {
            out += std::to_string(row.line) + ":";
            for (const std::string& cell : row.cells) out += "[" + cell + "]";
        }
        return out;
    }
};
TEST_GROUP(CsvMapping) {};
TEST_GROUP(CsvImporter) {
    tests::TemporaryFolder folder;
    ImportOptions options = tests::import_options();

    base::Result<Imported> try_import(std::string_view table, std::string_view mapping) {
        return import_csv(folder.write("shops.csv", table), folder.write("shops.map", mapping), options);
    }
    Imported import(std::string_view table, std::string_view mapping) {
        auto imported = try_import(table, mapping);
        CHECK_GOOD(imported);
        CHECK_TEXT_EQUAL("", tests::faults_of(*imported));
        return std::move(*imported);
    }
    std::string error(std::string_view table, std::string_view mapping) {
        auto imported = try_import(table, mapping);
        std::string message = imported ? "" : imported.error().message;
        return message.substr(std::min(message.rfind("/shops.") + 1, message.size()));
    }
};
// clang-format on

TEST(CsvTable, ReadsWhatSpreadsheetsWrite) {
    const struct {
        const char* text;
        const char* rows;
    } kCases[] = {
        {"a,b\n1,2\n", "2:[1][2]"},
        {"a,b\r\n1,2\r\n3,4", "2:[1][2]3:[3][4]"},
        {"a,b\n\"x, y\",\"say \"\"hi\"\"\"\n", "2:[x, y][say \"hi\"]"},
        {"a,b\n\"two\nlines\",1\n3,4\n", "2:[two\nlines][1]4:[3][4]"},
        {"a;b\n1,5;2\n", "2:[1,5][2]"},
        {"a\tb\n1\t\n\t2\n", "2:[1][]3:[][2]"},
        {"a,b\n\n,\n1,2\n", "4:[1][2]"},
        {"a,b\n1\n1,2,3\n", "2:[1]3:[1][2][3]"},
        {"a,b\n\"\n\n\",2\n3,4\n", "2:[\n\n][2]5:[3][4]"},
        {"a,b\n1,\"never closed\n2,3\n",
         "line 2: a cell begins with a quotation mark that is never closed"},
        {"", "the table has no first row that names its columns"},
        {"\n\n", "the table has no first row that names its columns"},
    };
    for (const auto& [text, expected] : kCases)
        CHECK_TEXT_EQUAL(expected, rows(text));
}

TEST(CsvMapping, FaultsNameTheirLine) {
    const struct {
        const char* text;
        const char* error;
    } kCases[] = {
        {"name = A\nnonsense", "line 2: expected FIELD = VALUE"},
        {"colour = A",
         "line 1: \"colour\" is no field, expected one of id, name, provider, summary, offer, "
         "address, hours, telephone, price, "
         "eligibility, text, category, published"},
        {"name =", "line 1: nothing stands after ="},
        {"name Long = A", "line 1: nothing may stand between name and ="},
        {"# nothing\n", "it does not say which column is the name"},
    };
    for (const auto& [text, error] : kCases)
        CHECK_TEXT_EQUAL(error, CsvMapping::parse(text).error().message);
}

TEST(CsvImporter, ARowBecomesAListing) {
    Imported imported = import(
        "No,Shop,Owner,Goods,Street,House,Open,Phone,Night,Bus,Trade,Since\n"
        "7,Corner Bakery,Li Hua,\"Bread, cakes\",Bay Road,12,Mon-Fri "
        "8:30-17:30,0571-88001234,110,Line 7,Baker,2026-11-07\n",
        "# the shops of the district\n"
        "id = No\nname = Shop\nprovider = Owner\noffer = Goods\naddress = {House} {Street}\nhours "
        "= Open\ntelephone = Phone\n"
        "telephone At night = Night\ntext Getting there = Take {Bus}.\nprice = \"as "
        "marked\"\ncategory = Trade\ncategory Baker = c\n"
        "published = Since\n");
    LONGS_EQUAL(1, imported.items.size());
    const content::Listing& shop = listing(imported);
    CHECK_TEXT_EQUAL("7", imported.items[0].id);
    CHECK_TEXT_EQUAL("c", imported.items[0].category);
    CHECK_TEXT_EQUAL("2026-11-06T16:00:00Z", base::format_instant(imported.items[0].published));
    CHECK_TEXT_EQUAL("Corner Bakery", shop.name);
    CHECK_TEXT_EQUAL("Li Hua", shop.provider);
    LONGS_EQUAL(2, shop.offers.size());
    CHECK_TEXT_EQUAL("cakes", shop.offers[1]);
    CHECK_TEXT_EQUAL("12 Bay Road", shop.address);
    LONGS_EQUAL(1, shop.hours.open.size());
    LONGS_EQUAL(2, shop.telephones.size());
    CHECK_TEXT_EQUAL("At night", shop.telephones[1].label);
    CHECK_TEXT_EQUAL("as marked", shop.price);
    CHECK_TEXT_EQUAL("# Getting there\nTake Line 7.\n", tests::to_text(shop.body));
    CHECK_TEXT_EQUAL("", remarks_of(imported));
}

TEST(CsvImporter, ATableInGbkIsRead) {
    // 名称,电话 / 面包店,0571-88001234
    Imported imported =
        import("\xC3\xFB\xB3\xC6,\xB5\xE7\xBB\xB0\r\n\xC3\xE6\xB0\xFC\xB5\xEA,0571-88001234\r\n",
               "name = 名称\ntelephone = 电话\n");
    CHECK_TEXT_EQUAL("面包店", listing(imported).name);
}

TEST(CsvImporter, HoursThatAreNotUnderstoodBecomeText) {
    Imported imported =
        import("N,T,H\na,110,by appointment\n", "name = N\ntelephone = T\nhours = H\n");
    CHECK_TRUE(listing(imported).hours.empty());
    CHECK_TEXT_EQUAL("Opening hours: by appointment\n", tests::to_text(listing(imported).body));
}

TEST(CsvImporter, RowsWithoutATelephoneNumberAreDroppedUnlessOneIsGiven) {
    const char* kTable = "N,T\na,none\nb,110\n";
    const char* kMapping = "name = N\ntelephone = T\n";
    Imported imported = import(kTable, kMapping);
    LONGS_EQUAL(1, imported.items.size());
    CHECK_TEXT_EQUAL(
        "shops.csv:2: \"a\" left out: it has no telephone number; --telephone gives one\n",
        remarks_of(imported));
    options.telephone = "12345";
    CHECK_TEXT_EQUAL("12345", listing(import(kTable, kMapping)).telephones.at(0).number);
}

TEST(CsvImporter, WithoutAnIdNameProviderAndAddressAreIt) {
    const char* kTable = "N,A,T\na,x,110\na,y,110\na,x,119\n";
    const char* kMapping = "name = N\naddress = A\ntelephone = T\n";
    Imported imported = import(kTable, kMapping);
    LONGS_EQUAL(2, imported.items.size());
    LONGS_EQUAL(1, imported.dropped());
    CHECK_TEXT_EQUAL(imported.items[1].id, import(kTable, kMapping).items[1].id);
}

TEST(CsvImporter, AColumnThatIsNotThereIsNamed) {
    CHECK_TEXT_EQUAL("shops.map: line 1: the table has no column \"Nmae\", only \"Name\", \"T\"",
                     error("Name,T\n", "name = Nmae\n"));
    CHECK_TEXT_EQUAL("shops.map: line 2: the table has no column \"X\", only \"Name\", \"T\"",
                     error("Name,T\n", "name = Name\naddress = at {X}\n"));
}

TEST(CsvImporter, MistakesOfTheTableNameItsFile) {
    CHECK_TEXT_EQUAL("shops.csv: line 2: a cell begins with a quotation mark that is never closed",
                     error("N\n\"x\n", "name = N\n"));
}
