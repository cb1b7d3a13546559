#include "content/exchange_reader.h"

#include <algorithm>

#include "content/exchange_writer.h"
#include "content/fault.h"
#include "tests/content/sample_items.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::content;
using Strictness = ExchangeReader::Strictness;

namespace {

struct Reading {
    std::vector<Item> items;
    std::vector<std::string> xml;
    std::vector<std::size_t> lines;
    std::string faults;
    bool is_good = false;
};

Reading read(std::string_view document, Strictness strictness, std::size_t piece = 1 << 20) {
    Reading reading;
    ExchangeReader reader(
        strictness,
        [&](const Item& item, std::string_view xml, linli::xml::Place place) {
            reading.items.push_back(item);
            reading.xml.emplace_back(xml);
            reading.lines.push_back(place.line);
        },
        [&](const Fault& fault) { reading.faults += to_text(fault) + "\n"; });
    bool goes_on = true;
    for (; goes_on && !document.empty(); document.remove_prefix(std::min(piece, document.size())))
        goes_on = reader.push(document.substr(0, piece));
    reading.is_good = goes_on && reader.finish();
    return reading;
}

std::string document(std::string_view items) {
    return "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12\">\n" + std::string(items) +
           "\n</exchange>";
}

std::string listing_with(std::string_view children) {
    return document("<listing id=\"a\" category=\"c\" published=\"2026-11-20T10:00:00+08:00\">" +
                    std::string(children) + "</listing>");
}

std::string notice_with(std::string_view body) {
    return document(
        "<notice id=\"a\" category=\"c\" "
        "published=\"2026-11-20T10:00:00+08:00\"><title>t</title><issuer>i</issuer>" +
        std::string(body) + "</notice>");
}

}  // namespace

// clang-format off
TEST_GROUP(ExchangeReader) {};
// clang-format on

TEST(ExchangeReader, HandsOverEachItemWithItsBytesHoweverTheDocumentIsCut) {
    auto items = linli::tests::full_items();
    std::string whole = write_exchange(linli::tests::area("12"), items);
    for (std::size_t piece : {1ul, 2ul, 3ul, 7ul, 64ul, 1000ul, 100000ul}) {
        Reading reading = read(whole, Strictness::FirstFault, piece);
        CHECK_TEXT_EQUAL("", reading.faults);
        CHECK_TRUE(reading.is_good);
        CHECK_TRUE(reading.items == items);
        for (std::size_t i = 0; i < items.size(); ++i) {
            CHECK_TEXT_EQUAL(write_item(items[i]), reading.xml[i]);
            LONGS_EQUAL(i + 3, reading.lines[i]);
        }
    }
}

TEST(ExchangeReader, ReportsFaultsWithPlaceAndExpectation) {
    struct Row {
        std::string document;
        const char* faults;
    };
    const std::string kGood =
        "<name>n</name><provider>p</provider><offer>o</offer><telephone>000-1</telephone>";
    const Row kRows[] = {
        {listing_with(kGood), ""},
        {listing_with("<name>n</name><offer>o</offer><telephone>000-1</telephone>"),
         "2:1: <listing> has no <provider>, expected this order: <name>, <provider>, <summary>, "
         "<offer>, <address>, <hours>, "
         "<telephone>, <price>, <eligibility>, <body>\n"},
        {listing_with(
             "<provider>p</provider><name>n</name><offer>o</offer><telephone>000-1</telephone>"),
         "2:90: <name> stands after <provider>, expected this order: <name>, <provider>, "
         "<summary>, <offer>, <address>, "
         "<hours>, <telephone>, <price>, <eligibility>, <body>\n"},
        {listing_with("<name>n</name>" + kGood),
         "2:82: <name> is given twice in <listing>, expected one <name>\n"},
        {listing_with(kGood + "<colour>red</colour>"),
         "2:148: <colour> is not known in <listing>, expected one of <name>, <provider>, "
         "<summary>, <offer>, <address>, "
         "<hours>, <telephone>, <price>, <eligibility>, <body>\n"},
        {listing_with("<name><b>n</b></name><provider>p</provider><offer>o</"
                      "offer><telephone>000-1</telephone>"),
         "2:74: <b> cannot stand in <name>, expected text only\n"
         "2:68: <name> is empty, expected a text that is not empty\n"},
        {listing_with("words" + kGood),
         "2:68: there is text directly in <listing>, expected text only within <name>, <provider>, "
         "<summary>, <offer>, "
         "<address>, <hours>, <telephone>, <price>, <eligibility>, <body>\n"},
        {listing_with(
             "<name>n</name><provider>p</provider><offer>o</offer><telephone>call me</telephone>"),
         "2:120: \"call me\" is wrong in <telephone>, expected a telephone number of digits, "
         "spaces and hyphens\n"},
        {document("<listing id=\"A\" category=\"c\" published=\"2026-11-31T10:00:00+08:00\" "
                  "colour=\"red\">" +
                  kGood + "</listing>"),
         "2:1: id=\"A\" is wrong in <listing>, expected at most 64 small letters, digits, dots and "
         "hyphens, with a letter or "
         "digit at both ends\n"
         "2:1: published=\"2026-11-31T10:00:00+08:00\" is wrong in <listing>, expected a date and "
         "time with its offset such "
         "as 2026-11-23T09:00:00+08:00, and a day that exists\n"
         "2:1: <listing> has no attribute colour, expected one of id, category, published, initials\n"},
        {document("<listing category=\"c\" published=\"2026-11-20T10:00:00Z\">" + kGood +
                  "</listing>"),
         "2:1: <listing> has no id=\"…\", expected at most 64 small letters, digits, dots and "
         "hyphens, with a letter or "
         "digit at both ends\n"},
        {document("<category id=\"a\" board=\"live\" icon=\"pill\" "
                  "order=\"1\"><name>n</name></category>"),
         "2:1: board=\"live\" is wrong in <category>, expected one of notices, services, guides, classes\n"},
        {document("<category id=\"a\" board=\"guides\" icon=\"pill\" "
                  "order=\"65536\"><name>n</name></category>"),
         "2:1: order=\"65536\" is wrong in <category>, expected a number from 0 to 65535\n"},
        {document("<alert id=\"a\"/>"),
         "2:1: <alert> is not known in <exchange>, expected one of <listing>, <notice>, <service>, "
         "<guide>, <course>, <category>, "
         "<area>, <portal>\n"},
        {notice_with("<body></body>"),
         "2:101: <body> is empty, expected one of <p>, <heading>, <list>, <table>, <picture>\n"},
        {notice_with("<body><table><row><cell>a</cell></row></table></body>"),
         "2:107: <table> has too few <row>, expected at least 2\n"},
        {notice_with("<body><table><row><cell/></row><row><cell/><cell/><cell/><cell/><cell/></"
                     "row></table></body>"),
         "2:165: too many <cell> in <row>, expected at most 4\n"},
        {notice_with("<body><picture src=\"../../etc/passwd\" alt=\"x\"/></body>"),
         "2:107: src=\"../../etc/passwd\" is wrong in <picture>, expected the name of a file in "
         "this folder or below: letters A "
         "to Z, digits, _, - and ., with / between folders\n"},
        {notice_with("<valid from=\"tomorrow\">x</valid><body><p>t</p></body>"),
         "2:101: from=\"tomorrow\" is wrong in <valid>, expected a date and time with its offset "
         "such as "
         "2026-11-23T09:00:00+08:00, and a day that exists\n"
         "2:124: there is text directly in <valid>, expected nothing between its tags\n"},
        {"<exchange area=\"12\"/>",
         "1:1: this is not a file of the exchange interface, expected <exchange "
         "xmlns=\"urn:linli:exchange:1\"> around "
         "everything\n"},
        {"<exchange xmlns=\"urn:linli:exchange:1\" area=\"12/1\"/>",
         "1:1: area=\"12/1\" is wrong in <exchange>, expected an area code such as 12, 12/0101, "
         "12/0101/001 or "
         "12/0101/001/002\n"},
        {"<exchange xmlns=\"urn:linli:exchange:1\" area=\"12\"><a></b></exchange>",
         "1:50: <a> is not known in <exchange>, expected one of <listing>, <notice>, <service>, "
         "<guide>, <course>, <category>, <area>, "
         "<portal>\n"
         "1:55: this end tag does not belong to the element that is open, expected each <name> is "
         "closed by </name>, the "
         "inner one first\n"},
        {"",
         "1:1: the file ends too early, expected each <name> is closed by </name>, the inner one "
         "first\n"},
        {"<!DOCTYPE exchange []><exchange/>",
         "1:20: this is not well-formed XML: a document type declaration is not allowed\n"},
    };
    for (const Row& row : kRows)
        CHECK_TEXT_EQUAL(row.faults, read(row.document, Strictness::AllFaults).faults);
}

TEST(ExchangeReader, StopsAtTheFirstFaultOnABox) {
    std::string good = write_item(linli::tests::make_notice("good", "t"));
    Reading reading = read(document(good + "<listing/>" + good), Strictness::FirstFault);
    CHECK_FALSE(reading.is_good);
    LONGS_EQUAL(1, reading.items.size());
    LONGS_EQUAL(1, std::ranges::count(reading.faults, '\n'));
}

TEST(ExchangeReader, PassesOverOnABoxWhatANewerVersionAdded) {
    Reading reading = read(
        document("<alert id=\"x\"><level>red</level></alert>\n"
                 "<notice id=\"a\" category=\"c\" published=\"2026-11-20T10:00:00Z\" "
                 "urgency=\"extreme\" colour=\"red\">"
                 "<title>t<ruby>x</ruby></title><mood>good</mood><issuer>i</issuer><body><p>p</"
                 "p><video src=\"x\"/></body></notice>"
                 "<category id=\"c\" board=\"guides\" icon=\"unicorn\" "
                 "order=\"1\"><name>n</name></category>"
                 "<category id=\"d\" board=\"karaoke\" icon=\"bus\" "
                 "order=\"1\"><name>n</name></category>"
                 "<portal id=\"home\"><tile board=\"karaoke\" icon=\"bus\"><label>k</label></tile>"
                 "<tile board=\"live\" icon=\"bus\"><label>l</label></tile></portal>"),
        Strictness::FirstFault);
    CHECK_TEXT_EQUAL("", reading.faults);
    LONGS_EQUAL(3, reading.items.size());
    CHECK_TRUE(std::get<Notice>(reading.items[0].content).urgency == Urgency::Normal);
    CHECK_TEXT_EQUAL("t", reading.items[0].title());
    CHECK_TEXT_EQUAL("information", std::get<Category>(reading.items[1].content).icon);
    LONGS_EQUAL(1, std::get<Portal>(reading.items[2].content).tiles.size());
}

TEST(ExchangeReader, TidiesWhiteSpace) {
    struct Row {
        const char* given;
        const char* shown;
    };
    const Row kRows[] = {
        {"停水", "停水"},
        {"\n    明天\n    停水。\n  ", "明天停水。"},
        {"call\n  110", "call 110"},
        {"拨打\n  110", "拨打 110"},
        {"a  b", "a  b"},
        {" a ", "a"},
    };
    for (const Row& row : kRows) {
        Reading reading = read(notice_with("<body><p>" + std::string(row.given) + "</p></body>"),
                               Strictness::AllFaults);
        auto& body = std::get<Notice>(reading.items.at(0).content).body;
        CHECK_TEXT_EQUAL(row.shown, std::get<Paragraph>(body.at(0)).text);
    }
}

TEST(ExchangeReader, WritesAnItemAnewThatUsesPrefixes) {
    std::string prefixed =
        "<x:exchange xmlns:x=\"urn:linli:exchange:1\" area=\"12\"><x:area "
        "id=\"area\"><x:name>城</x:name></x:area></x:exchange>";
    Reading reading = read(prefixed, Strictness::FirstFault);
    CHECK_TEXT_EQUAL("<area id=\"area\"><name>城</name></area>", reading.xml.at(0));
    CHECK_GOOD(read_item(reading.xml.at(0)));
}

TEST(ExchangeReader, RefusesAnItemWithoutEnd) {
    std::string start =
        "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12\"><area id=\"area\"><name>";
    Reading reading =
        read(start + std::string(3 * kMostItemBytes, 'x'), Strictness::FirstFault, 65536);
    CHECK_FALSE(reading.is_good);
    STRCMP_CONTAINS("longer than", reading.faults.c_str());
}

TEST(ExchangeReader, GivesUpAfterAThousandFaults) {
    std::string wrong;
    for (int i = 0; i < 5000; ++i)
        wrong += "<x/>";
    Reading reading = read(document(wrong), Strictness::AllFaults);
    CHECK_FALSE(reading.is_good);
    LONGS_EQUAL(1000, std::ranges::count(reading.faults, '\n'));
}

TEST(ExchangeReader, NamesThePlacesOfAllElements) {
    std::vector<std::string> names;
    std::string document =
        notice_with("<body>\n<p>t</p>\n<picture src=\"a.png\" alt=\"x\"/></body>");
    std::size_t line = 0;
    ExchangeReader* self = nullptr;
    ExchangeReader reader(
        Strictness::AllFaults,
        [&](const Item&, std::string_view, linli::xml::Place) {
            for (const ElementPlace& element : self->places()) {
                names.emplace_back(element.name);
                line = element.place.line;
            }
        },
        [](const Fault&) {});
    self = &reader;
    reader.push(document);
    CHECK_TRUE(names ==
               (std::vector<std::string>{"notice", "title", "issuer", "body", "p", "picture"}));
    LONGS_EQUAL(4, line);
}

namespace {

std::string read_delta(std::string_view lines, std::vector<Removal>& removals, std::size_t& items) {
    std::string faults;
    ExchangeReader reader(
        Strictness::FirstFault, [&](const Item&, std::string_view, linli::xml::Place) { ++items; },
        [&](const Fault& fault) { faults += to_text(fault); },
        [&](const Removal& removal) { removals.push_back(removal); });
    if (reader.push(document(lines))) (void)reader.finish();
    return faults;
}

const std::string kNotice = write_item(linli::tests::make_notice("new", "t"));

}  // namespace

TEST(ExchangeReader, HandsOverWhatADeltaRemoves) {
    std::vector<Removal> removals;
    std::size_t items = 0;
    const Removal kRemovals[] = {{Kind::Notice, Board::Notices, "old"}, {Kind::Category, Board::Guides, "shops"}};
    std::string lines = write_removal(kRemovals[0]) + write_removal(kRemovals[1]) + kNotice;
    CHECK_TEXT_EQUAL("", read_delta(lines, removals, items));
    CHECK_TRUE(std::ranges::equal(removals, kRemovals));
    LONGS_EQUAL(1, items);
}

TEST(ExchangeReader, PassesOverRemovalsOfKindsOfALaterVersion) {
    std::vector<Removal> removals;
    std::size_t items = 0;
    CHECK_TEXT_EQUAL("", read_delta("<removed kind=\"recipe\" id=\"a\"/>" + kNotice, removals, items));
    CHECK_TRUE(removals.empty());
}

TEST(ExchangeReader, RefusesRemovalsThatAreWrong) {
    struct Row {
        std::string lines;
        const char* fault;
    };
    const Row kRows[] = {
        {kNotice + "<removed kind=\"notice\" id=\"a\"/>", "<removed> stands after an item"},
        {"<removed kind=\"category\" id=\"a\"/>", "<removed> of kind category is wrong"},
        {"<removed kind=\"notice\" board=\"notices\" id=\"a\"/>", "<removed> of kind notice is wrong"},
        {"<removed kind=\"notice\"/>", "<removed> has no id"},
    };
    for (const Row& row : kRows) {
        std::vector<Removal> removals;
        std::size_t items = 0;
        STRCMP_CONTAINS(row.fault, read_delta(row.lines, removals, items).c_str());
        CHECK_TRUE(removals.empty());
    }
}

TEST(ExchangeReader, RefusesRemovalsOutsideOfADelta) {
    Reading reading = read(document("<removed kind=\"notice\" id=\"a\"/>"), Strictness::FirstFault);
    STRCMP_CONTAINS("<removed> can only stand in a delta", reading.faults.c_str());
}
