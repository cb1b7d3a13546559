#include "content/item_check.h"

#include <algorithm>

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::content;

namespace {

/// The faults of one item that stands from line 2 on.
std::string check(std::string_view item) {
    std::string document = "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12\">\n" +
                           std::string(item) + "</exchange>";
    std::string faults;
    auto note = [&](const Fault& fault) { faults += to_text(fault) + "\n"; };
    ExchangeReader* self = nullptr;
    ExchangeReader reader(
        ExchangeReader::Strictness::AllFaults,
        [&](const Item& item, std::string_view, linli::xml::Place) {
            check_item(item, self->places(), note);
        },
        note);
    self = &reader;
    reader.push(document);
    reader.finish();
    return faults;
}

std::string notice(std::string_view title, std::string_view parts,
                   std::string_view body = "<p>t</p>") {
    return "<notice id=\"a\" category=\"c\" published=\"2026-11-20T10:00:00Z\"><title>" +
           std::string(title) + "</title><issuer>i</issuer>\n" + std::string(parts) + "<body>\n" +
           std::string(body) + "</body></notice>";
}

std::string listing(std::string_view hours, std::string_view telephones) {
    return "<listing id=\"a\" category=\"c\" "
           "published=\"2026-11-20T10:00:00Z\"><name>n</name><provider>p</provider>"
           "<offer>o</offer>\n<hours>" +
           std::string(hours) + "</hours>\n" + std::string(telephones) + "</listing>";
}

void check_faults(const std::string& item, std::string_view expected) {
    std::string faults = check(item);
    if (expected.empty()) {
        CHECK_TEXT_EQUAL("", faults);
    } else {
        STRCMP_CONTAINS(std::string(expected).c_str(), faults.c_str());
        LONGS_EQUAL_TEXT(1, std::count(faults.begin(), faults.end(), '\n'), faults.c_str());
    }
}

std::string repeat(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

struct Row {
    std::string item;
    const char* fault;
};

}  // namespace

// clang-format off
TEST_GROUP(ItemCheck) {};
// clang-format on

TEST(ItemCheck, AClassIsPlayedFromOnePlace) {
    auto one = [](std::string_view media, std::string_view subtitles) {
        return "<course id=\"a\" category=\"c\" published=\"2026-11-20T10:00:00Z\"><title>t</title><provider>p</provider>\n" +
               std::string(media) + "\n" + std::string(subtitles) + "</course>";
    };
    check_faults(one("<media src=\"a.mp4\"/>", ""), "");
    check_faults(one("<media url=\"https://a.example/a.mp4\"/>", "<subtitles src=\"a.srt\" language=\"zh\"/>"), "");
    check_faults(one("<media seconds=\"9\"/>", ""), "it is not said what is played, expected src for a file in this folder");
    check_faults(one("<media src=\"a.mp4\" url=\"https://a.example/a\"/>", ""), "both src and url are given");
    check_faults(one("<media src=\"a.mp4\"/>", "<subtitles language=\"en\"/>"), "it is not said what is played");
}

TEST(ItemCheck, TimesInTheWrongOrder) {
    const std::string kTelephone = "<telephone>110</telephone>";
    const Row kRows[] = {
        {notice("t", "<valid from=\"2026-11-21T00:00:00Z\" until=\"2026-11-22T00:00:00Z\"/>"), ""},
        {notice("t", "<valid from=\"2026-11-22T00:00:00Z\" until=\"2026-11-22T08:00:00+08:00\"/>"),
         "3:1: the notice ends before it begins, expected until later than from"},
        {notice("t", "<valid until=\"2026-11-20T10:00:00Z\"/>"),
         "3:1: the notice ends before it is published"},
        {listing("<open days=\"mon\" from=\"00:00\" until=\"24:00\"/>", kTelephone), ""},
        {listing("<open days=\"mon\" from=\"17:30\" until=\"08:30\"/>", kTelephone),
         "3:8: the opening hours end before they begin"},
        {listing("<open days=\"mon\" from=\"08:30\" until=\"08:30\"/>", kTelephone),
         "3:8: the opening hours end"},
        {listing("<open days=\"\" from=\"08:30\" until=\"17:30\"/>", kTelephone),
         "3:8: opening hours without a day"},
        {listing("<exception date=\"2027-02-05\" until-date=\"2027-02-11\">x</exception>",
                 kTelephone),
         ""},
        {listing("<exception date=\"2027-02-11\" until-date=\"2027-02-05\">x</exception>",
                 kTelephone),
         "3:8: the last day is before the first"},
        {listing("<exception date=\"2027-02-29\">x</exception>", kTelephone),
         "date=\"2027-02-29\" is wrong"},
        {listing("<exception date=\"2027-02-11\" from=\"09:00\">x</exception>", kTelephone),
         "3:8: one of from and until is missing"},
        {listing("<exception date=\"2027-02-11\" from=\"12:00\" until=\"09:00\">x</exception>",
                 kTelephone),
         "3:8: the opening hours end before they begin"},
    };
    for (const Row& row : kRows)
        check_faults(row.item, row.fault);
}

TEST(ItemCheck, ImplausibleTelephoneNumbers) {
    for (const char* good : {"110", "12345", "8800 1001", "022-8800-1001", "+86 22 8800 1001",
                             "13800001111", "000-8800-1041"})
        check_faults(listing("", "<telephone>" + std::string(good) + "</telephone>"), "");
    for (const char* bad : {"1-1", "1 1", "10800001111", "+86 22 8800 1001 23456"})
        check_faults(listing("", "<telephone>" + std::string(bad) + "</telephone>"), "4:1: \"");
}

TEST(ItemCheck, CharactersNoFontShows) {
    struct Character {
        const char* text;
        const char* named;
    };
    const Character kBad[] = {
        {"\xEE\x80\x80", "U+E000"}, {"\xF0\x9F\x98\x80", "U+1F600"}, {"\xE2\x80\x8B", "U+200B"},
        {"\xEF\xBF\xBD", "U+FFFD"}, {"\xC2\x85", "U+0085"},          {"&#x7F;", "U+007F"},
    };
    for (const Character& bad : kBad) {
        std::string expected =
            "3:1: a character that the television cannot show: " + std::string(bad.named);
        check_faults(
            notice("t", "<telephone label=\"a" + std::string(bad.text) + "\">110</telephone>"),
            expected);
    }
    check_faults(notice("“你好”——Ａ1、𠮷①㎡℃", ""), "");
}

TEST(ItemCheck, TextsTooLongForTheScreen) {
    check_faults(notice(repeat("停", 40), ""), "");
    check_faults(notice(repeat("停", 40) + "x", ""),
                 "is too long for the screen: 40.5 Han characters wide, expected at most 40");
    const std::string kTile = "<portal id=\"home\"><tile board=\"live\" icon=\"bus\"><label>";
    const std::string kTileEnd = "</label></tile></portal>";
    check_faults(kTile + "收看直播" + kTileEnd, "");
    check_faults(kTile + "Settings" + kTileEnd, "");
    check_faults(kTile + "看电视直播" + kTileEnd,
                 "2:49: \"看电视直播\" is too long for the screen");
    const std::string kCell = repeat("停", 24);
    check_faults(
        notice("t", "", "<table><row><cell/></row><row><cell>" + kCell + "</cell></row></table>"),
        "");
    check_faults(
        notice("t", "", "<table><row><cell/></row><row><cell>" + kCell + "停</cell></row></table>"),
        "4:31: \"停");
}

TEST(ItemCheck, RowsOfUnequalLength) {
    check_faults(
        notice("t", "", "<table><row><cell/><cell/></row><row><cell/><cell/></row></table>"), "");
    check_faults(notice("t", "", "<table><row><cell/><cell/></row>\n<row><cell/></row></table>"),
                 "5:1: this row has 1 cells, expected 2 as in the first row");
}

TEST(ItemCheck, InitialsThatDoNotGoWithTheTitle) {
    struct Row {
        const char* title;
        const char* initials;
        const char* fault;
    };
    const Row kRows[] = {
        {"重庆火锅（3号楼）", "cqhg3hl", ""},
        {"Ａ座 café・ＫＴＶ２", "azcafektv2", ""},
        {"𠮷野家〇", "jyjl", ""},
        {"重庆火锅", "cqh", "initials=\"cqh\" has 3 characters, expected 4: one for each"},
        {"重庆", "cqh", "has 3 characters"},
    };
    for (const Row& row : kRows) {
        std::string item = notice(row.title, "");
        item.insert(item.find("><title>"), std::string(" initials=\"") + row.initials + "\"");
        check_faults(item, row.fault);
    }
}
