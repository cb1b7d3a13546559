#include "content/checker.h"

#include <filesystem>

#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::content;

namespace {

const std::string kPng("\x89PNG\r\n\x1A\n and so on");

std::string exchange(std::string_view area, std::string_view items) {
    return "<exchange xmlns=\"urn:linli:exchange:1\" area=\"" + std::string(area) + "\">\n" +
           std::string(items) + "\n</exchange>\n";
}

std::string area_item(std::string_view name) {
    return "<area id=\"area\"><name>" + std::string(name) + "</name></area>\n";
}

std::string category(std::string_view board, std::string_view id) {
    return "<category id=\"" + std::string(id) + "\" board=\"" + std::string(board) +
           "\" icon=\"bus\" order=\"1\"><name>n</name></category>\n";
}

std::string notice(std::string_view id, std::string_view category,
                   std::string_view body = "<p>t</p>", std::string_view attachments = "") {
    return "<notice id=\"" + std::string(id) + "\" category=\"" + std::string(category) +
           "\" published=\"2026-11-20T10:00:00Z\"><title>t</title><issuer>i</issuer><body>" +
           std::string(body) + "</body>" + std::string(attachments) + "</notice>\n";
}

std::string guide(std::string_view id, std::string_view service) {
    return "<guide id=\"" + std::string(id) +
           "\" category=\"c\" published=\"2026-11-20T10:00:00Z\" service=\"" +
           std::string(service) +
           "\"><title>t</title><issuer>i</issuer><step>s</step><where><name>n</name></"
           "where><duration>d</duration></guide>\n";
}

std::string service(std::string_view id, std::string_view guide) {
    return "<service id=\"" + std::string(id) +
           "\" category=\"c\" published=\"2026-11-20T10:00:00Z\" guide=\"" + std::string(guide) +
           "\"><name>n</name><provider>p</provider><address>a</address><telephone>110</telephone></"
           "service>\n";
}

}  // namespace

// clang-format off
TEST_GROUP(Checker) {
    tests::TemporaryFolder folder;

    void setup() override {
        folder.write("12/area.xml", exchange("12", area_item("城") + category("notices", "c") + category("services", "c") +
                                                       category("guides", "c")));
    }
    void write(std::string_view file, std::string_view area, std::string_view items) {
        folder.write(file, exchange(area, items));
    }
    std::string faults() {
        std::string text;
        for (const Fault& fault : check_folder(folder.path()).faults) text += to_text(fault) + "\n";
        return text;
    }
};
// clang-format on

TEST(Checker, AGoodFolderHasNoFaults) {
    folder.write("12/pictures/a.png", kPng);
    folder.write("12/files/a.pdf", "a file");
    write("12/notices.xml", "12",
          notice("a", "c", "<picture src=\"pictures/a.png\" alt=\"x\"/>",
                 "<attachment src=\"files/a.pdf\">t</attachment>"));
    write("12/0101/area.xml", "12/0101", area_item("区") + guide("g", "12#s") + service("s", "g"));
    write("12/services.xml", "12", service("s", "g") + guide("g", "s"));
    CHECK_TEXT_EQUAL("", faults());
    CheckReport report = check_folder(folder.path());
    LONGS_EQUAL(10, report.items);
    LONGS_EQUAL(2, report.areas);
}

TEST(Checker, ReportsEveryFaultOfEveryFileSortedByPlace) {
    write("12/b.xml", "12", notice("Bad", "c") + notice("b", "nothing"));
    write("12/a.xml", "12", notice("a", "c", "<p/>"));
    CHECK_TEXT_EQUAL(
        "12/a.xml:2:102: <p> is empty, expected a text that is not empty\n"
        "12/b.xml:2:1: id=\"Bad\" is wrong in <notice>, expected at most 64 small letters, digits, "
        "dots and hyphens, with "
        "a letter or digit at both ends\n"
        "12/b.xml:3:1: the board notices has no category nothing, expected a <category> with this "
        "id in 12 or an area "
        "above it\n",
        faults());
}

TEST(Checker, DanglingReferences) {
    write("12/0101/area.xml", "12/0101",
          area_item("区") + category("notices", "own") + service("below", "g"));
    write("12/0102/area.xml", "12/0102", area_item("另一区") + notice("a", "own"));
    write("12/x.xml", "12",
          guide("g", "12/0101#below") + guide("h", "nothing") + service("s", "s") +
              notice("own", "own") +
              "<portal id=\"home\"><tile board=\"appointments\" category=\"c\" "
              "icon=\"bus\"><label>a</label></tile>\n"
              "<tile board=\"services\" category=\"none\" icon=\"bus\"><label>b</label></tile>\n"
              "<tile board=\"live\" category=\"c\" icon=\"bus\"><label>c</label></tile></portal>");
    CHECK_TEXT_EQUAL(
        "12/0101/area.xml:4:1: there is no <guide> g, expected the id of one of 12/0101, or "
        "AREA#ID of one in an area above "
        "it\n"
        "12/0102/area.xml:3:1: the board notices has no category own, expected a <category> with "
        "this id in 12/0102 or an "
        "area above it\n"
        "12/x.xml:2:1: there is no <service> 12/0101#below, expected the id of one of 12, or "
        "AREA#ID of one in an area above "
        "it\n"
        "12/x.xml:3:1: there is no <service> nothing, expected the id of one of 12, or AREA#ID of "
        "one in an area above it\n"
        "12/x.xml:4:1: there is no <guide> s, expected the id of one of 12, or AREA#ID of one in "
        "an area above it\n"
        "12/x.xml:5:1: the board notices has no category own, expected a <category> with this id "
        "in 12 or an area above it\n"
        "12/x.xml:7:1: the board services has no category none, expected a <category> with this id "
        "in 12 or an area above "
        "it\n"
        "12/x.xml:8:1: the board live has no categories, expected no category=\"...\" here\n",
        faults());
}

TEST(Checker, IdsThatAreUsedTwice) {
    const std::string kPortal =
        "<tile board=\"live\" icon=\"bus\"><label>l</label></tile></portal>\n";
    write("12/x.xml", "12",
          notice("a", "c") + guide("a", "s") + service("s", "g") + guide("g", "s") +
              category("notices", "c") + area_item("again") + "<portal id=\"one\">" + kPortal +
              "<portal id=\"two\">" + kPortal);
    CHECK_TEXT_EQUAL(
        "12/x.xml:3:1: the id a is already used at 12/x.xml:2, expected an id of its own\n"
        "12/x.xml:6:1: the category c is already defined at 12/area.xml:3, expected an id of its "
        "own\n"
        "12/x.xml:7:1: 12 has an <area> already, at 12/area.xml:2, expected one <area> in an area\n"
        "12/x.xml:9:1: 12 has a portal already, at 12/x.xml:8, expected one <portal> in an area\n",
        faults());
}

TEST(Checker, FilesThatAClassPlays) {
    folder.write("12/good.mp4", "x");
    write("12/x.xml", "12",
          "<category id=\"c\" board=\"classes\" icon=\"run\" order=\"1\"><name>n</name></category>"
          "<course id=\"k\" category=\"c\" published=\"2026-11-20T10:00:00Z\"><title>t</title><provider>p</provider>\n"
          "<media src=\"good.mp4\" length=\"5\"/>\n<subtitles url=\"https://a.example/a.srt\" language=\"en\"/>\n"
          "<subtitles src=\"none.srt\" language=\"zh\"/></course>");
    std::string found = faults();
    STRCMP_CONTAINS(":1: length and media-type can only stand in a publication", found.c_str());
    STRCMP_CONTAINS(":1: the file none.srt is missing", found.c_str());
    CHECK_FALSE(found.contains("has no category"));
}

TEST(Checker, PicturesAndAttachments) {
    folder.write("12/word.png", "PK\x03\x04 not a picture");
    folder.write("12/large.jpg", "\xFF\xD8\xFF" + std::string((4 << 20) + 1, 'x'));
    folder.write("outside.png", kPng);
    folder.write("12/good.png", kPng);
    tests::TemporaryFolder elsewhere;
    elsewhere.write("secret.png", kPng);
    std::filesystem::create_symlink(elsewhere.path() / "secret.png", folder.path() / "12/link.png");
    std::filesystem::create_directories(folder.path() / "12/folder.png");
    write(
        "12/x.xml", "12",
        notice("a", "c",
               "\n<picture src=\"good.png\" alt=\"x\"/>\n<picture src=\"missing.png\" alt=\"x\"/>\n"
               "<picture src=\"word.png\" alt=\"x\"/>\n<picture src=\"large.jpg\" alt=\"x\"/>\n"
               "<picture src=\"link.png\" alt=\"x\"/>\n<picture src=\"folder.png\" alt=\"x\"/>\n"
               "<picture src=\"../outside.png\" alt=\"x\"/>\n<picture src=\"sha256:" +
                   std::string(64, 'a') + "\" alt=\"x\"/>\n",
               "<attachment src=\"none.pdf\">t</attachment>\n"
               "<attachment src=\"good.png\" length=\"5\" prefetch=\"true\">t</attachment>"));
    const std::string kInFolder = ", expected a file in the folder of this file, or below it\n";
    CHECK_TEXT_EQUAL("12/x.xml:4:1: the file missing.png is missing" + kInFolder +
                         "12/x.xml:5:1: word.png is not a picture of a kind that the television "
                         "shows, expected a PNG or JPEG file\n"
                         "12/x.xml:6:1: large.jpg is too large: 4096 KB, expected at most 4096 KB\n"
                         "12/x.xml:7:1: link.png leads out of the folder" +
                         kInFolder + "12/x.xml:8:1: the file folder.png is missing" + kInFolder +
                         "12/x.xml:9:1: src=\"../outside.png\" is wrong in <picture>, expected the "
                         "name of a file in this folder or "
                         "below: letters A to Z, digits, _, - and ., with / between folders\n"
                         "12/x.xml:10:1: sha256:" +
                         std::string(64, 'a') + " can only stand in a publication" + kInFolder +
                         "12/x.xml:11:8: the file none.pdf is missing" + kInFolder +
                         "12/x.xml:12:1: length and media-type can only stand in a publication, "
                         "expected neither: the publisher looks into the file\n",
                     faults());
}

TEST(Checker, AreasThatDoNotHangTogether) {
    write("12/0101/001/002/n.xml", "12/0101/001/002", notice("a", "c"));
    write("12/0102/n.xml", "12/0103", area_item("区"));
    CHECK_TEXT_EQUAL(
        "12/0101/001/002/n.xml:1:1: the area 12/0101 above 12/0101/001/002 is missing, expected a "
        "file with "
        "area=\"12/0101\" and an <area> item in it\n"
        "12/0101/001/002/n.xml:1:1: the area 12/0101/001 above 12/0101/001/002 is missing, "
        "expected a file with "
        "area=\"12/0101/001\" and an <area> item in it\n"
        "12/0101/001/002/n.xml:1:1: the area 12/0101/001/002 has no name, expected an <area> item "
        "in one of its files\n"
        "12/0102/n.xml:1:1: the file says area=\"12/0103\" but lies in the folder of 12/0102, "
        "expected the area of its "
        "folder\n",
        faults());
}

TEST(Checker, SaysInPlainWordsWhichEncodingAFileHas) {
    folder.write("12/gbk.xml",
                 "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12\">\n<!-- \xBD\xF1\xCC\xEC "
                 "--></exchange>");
    folder.write("12/utf16.xml", std::string_view("\xFF\xFE<\0e\0", 6));
    folder.write("12/damaged.xml", "<a>\n\xE5\xFF</a>");
    folder.write("12/says.xml",
                 "<?xml version=\"1.0\" encoding=\"GB2312\"?>\n" + exchange("12", ""));
    folder.write("12/mark.xml",
                 "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>\n" + exchange("12", ""));
    const std::string kSaveAgain = ", expected the file saved again with the encoding UTF-8\n";
    CHECK_TEXT_EQUAL(
        "12/damaged.xml:2:1: a byte that is not UTF-8: the file is damaged, or written in another "
        "encoding" +
            kSaveAgain + "12/gbk.xml:2:6: this file is written in GBK (Windows calls it ANSI)" +
            kSaveAgain +
            "12/says.xml:1:1: the first line says encoding=\"GB2312\", expected "
            "encoding=\"UTF-8\"\n"
            "12/utf16.xml:1:1: this file is written in UTF-16 (Windows calls it Unicode)" +
            kSaveAgain,
        faults());
}

TEST(Checker, AFolderWithoutFilesIsAFault) {
    tests::TemporaryFolder empty;
    for (const auto& path : {empty.path(), empty.path() / "none"}) {
        CheckReport report = check_folder(path);
        LONGS_EQUAL(1, report.faults.size());
        CHECK_TEXT_EQUAL(path.string() +
                             ": there is no file to read here, expected a folder with files whose "
                             "names end in .xml",
                         to_text(report.faults[0]));
    }
}

TEST(Checker, DoesNotBlameItemsForAFileThatCannotBeRead) {
    folder.write("12/area.xml", "<exchange");
    write("12/x.xml", "12", notice("a", "c"));
    CHECK_TEXT_EQUAL(
        "12/area.xml:1:1: the file ends too early, expected each <name> is closed by </name>, the "
        "inner one first\n",
        faults());
}

TEST(Checker, OneFaultAPlaceIsEnough) {
    write("12/x.xml", "12", notice("a", "c", "<table><row><cell/></row><row/></table>"));
    CHECK_TEXT_EQUAL("12/x.xml:2:127: <row> has no <cell>, expected this order: <cell>\n",
                     faults());
}

TEST(Checker, LoadsTheItemsOfEachAreaInTheOrderOfFilesAndPlaces) {
    write("12/b.xml", "12", notice("b1", "c") + notice("b2", "c"));
    write("12/a.XML", "12", notice("a", "c"));
    write("12/.hidden/a.xml", "12", "<wrong/>");
    LoadedFolder loaded = load_folder(folder.path());
    CHECK_TRUE(loaded.report.is_good());
    auto& items = loaded.areas.at(*AreaCode::parse("12"));
    LONGS_EQUAL(7, items.size());
    CHECK_TEXT_EQUAL("a", items[0].item.id);
    CHECK_TEXT_EQUAL("area", items[1].item.id);
    CHECK_TEXT_EQUAL("b2", items[6].item.id);
    CHECK_TRUE(items[6].file == folder.path() / "12/b.xml");
    LONGS_EQUAL(3, items[6].place.line);
}
