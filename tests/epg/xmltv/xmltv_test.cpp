#include "epg/xmltv/xmltv_import.h"

#include <malloc.h>
#include <zlib.h>

#include <cstdlib>
#include <random>

#include "epg/xmltv/xmltv_genre.h"
#include "middleware/base/file.h"
#include "tests/epg/guide/guide_samples.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;

namespace {

/// Bytes that are in use on the heap.
std::size_t heap() { return ::mallinfo2().uordblks; }

}  // namespace

// clang-format off
TEST_GROUP(Xmltv) {
    base::SettableClock clock{kEvening};
    Guide guide{clock};
    std::vector<Channel> channels{channel(kNews, 1, "新闻 频道"), channel(kFilms, 2, "Films HD")};
    ChannelFile file;
    XmltvOptions options{.window = TimeWindow::around(kEvening)};
    XmltvCounts counts;

    /// The error; empty when the file is good.
    std::string import(std::string_view xml, std::size_t piece = 1 << 20) {
        XmltvImport import(XmltvMapping(channels, file), options, [this](GuideUpdate update) { guide.apply(update); });
        for (; !xml.empty(); xml.remove_prefix(std::min(piece, xml.size())))
            if (auto pushed = import.push(xml.substr(0, piece)); !pushed) return pushed.error().message;
        auto done = import.finish();
        if (done) counts = *done;
        return done ? "" : done.error().message;
    }
    static std::string tv(const std::string& inside) { return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tv SYSTEM \"xmltv.dtd\">\n<tv>" + inside + "</tv>"; }
    static std::string programme(const std::string& start, const std::string& stop, const std::string& inside, const std::string& id = "news") {
        return "<programme start=\"" + start + "\"" + (stop.empty() ? "" : " stop=\"" + stop + "\"") + " channel=\"" + id + "\">" + inside + "</programme>\n";
    }
    const std::string kChannel = "<channel id=\"news\"><display-name lang=\"zh\">新闻频道</display-name></channel>\n";
    const std::string kAt20 = "20261123200000 +0000", kAt21 = "20261123210000 +0000", kAt22 = "20261123220000 +0000";
};
// clang-format on

TEST(Xmltv, ProgrammesComeIntoTheGuideHoweverTheFileIsCut) {
    std::string xml = tv(kChannel +
        programme(kAt20, kAt21, "<title lang=\"en\">News</title><title lang=\"zh_CN\">新闻联播</title><sub-title>Evening</sub-title><desc>What &amp; when</desc>"
                                "<credits><actor>Nobody</actor></credits><category>News</category><rating system=\"x\"><value>12+</value></rating>") +
        programme(kAt21, kAt22, "<title>Weather</title>"));
    for (std::size_t piece : {1ul, 2ul, 100ul, 1'000'000ul}) {
        CHECK_TEXT_EQUAL("", import(xml, piece));
        CHECK_TEXT_EQUAL("0-60 新闻联播 | 60-120 Weather", shown(guide));
    }
    auto event = guide.event({kNews, kEvening});
    CHECK_TEXT_EQUAL("Evening", event->summary);
    CHECK_TEXT_EQUAL("What & when", event->description);
    CHECK_TRUE(event->genre == Genre::News);
    LONGS_EQUAL(12, event->minimum_age);
    LONGS_EQUAL(2, counts.programmes);
    LONGS_EQUAL(1, counts.channels);
}

TEST(Xmltv, AProgrammeWithoutStopLastsUntilTheNext) {
    CHECK_TEXT_EQUAL("", import(tv(kChannel + programme(kAt20, "", "<title>A</title>") + programme(kAt21, "", "<title>B</title>"))));
    CHECK_TEXT_EQUAL("0-60 A | 60-120 B", shown(guide));
}

TEST(Xmltv, ChannelsAreFoundByTheOperatorsIdThenIdThenNameThenNumber) {
    file = *ChannelFile::read("<channels xmlns='urn:linli:channels:1'><channel service='1.16.102' xmltv='film.example'/></channels>");
    auto at = [&](const std::string& id) { return programme(kAt20, kAt21, "<title>" + id + "</title>", id); };
    CHECK_TEXT_EQUAL("", import(tv(at("film.example") + at("1.16.101"))));
    CHECK_TEXT_EQUAL("0-60 1.16.101", shown(guide));
    CHECK_TEXT_EQUAL("0-60 film.example", shown(guide, kFilms));
    file = {};
    CHECK_TEXT_EQUAL("", import(tv("<channel id='a'><display-name>2</display-name></channel><channel id='b'><display-name>x</display-name>"
                                   "<display-name>ｆｉｌｍｓ hd</display-name></channel><channel id='c'><display-name>1</display-name></channel>" + at("b") + at("c") + at("d"))));
    CHECK_TEXT_EQUAL("0-60 c", shown(guide));
    CHECK_TEXT_EQUAL("0-60 b", shown(guide, kFilms));
    LONGS_EQUAL(1, counts.of_others);
}

TEST(Xmltv, BadTimesAreCountedAndOldOnesPassedOver) {
    CHECK_TEXT_EQUAL("", import(tv(kChannel + programme("nonsense", "", "<title>A</title>") + programme("20200101000000", "20200101010000", "<title>Old</title>") +
                                   programme("20990101000000", "", "<title>Far</title>") + programme(kAt21, kAt20, "<title>Backwards</title>"))));
    CHECK_TEXT_EQUAL("60-120 Backwards", shown(guide));
    LONGS_EQUAL(1, counts.bad_times);
    LONGS_EQUAL(2, counts.out_of_time);
}

TEST(Xmltv, AFileThatIsNoXmltvOrBreaksOffIsAnError) {
    CHECK_TEXT_EQUAL("the document is no <tv>: it is not XMLTV", import("<html><body/></html>"));
    CHECK_TEXT_EQUAL("line 1, column 1: no element found", import(""));
    std::string xml = tv(kChannel + programme(kAt20, kAt21, "<title>A</title>"));
    STRCMP_CONTAINS("line ", import(xml.substr(0, xml.size() - 3)).c_str());
    STRCMP_CONTAINS("line 4, column ", import(tv(kChannel + "</programme>")).c_str());
}

TEST(Xmltv, HostileEntitiesAreRefused) {
    STRCMP_CONTAINS("a document type declaration with declarations of its own", import("<!DOCTYPE tv [<!ENTITY a 'aaaa'>]><tv>&a;</tv>").c_str());
    const char* folder = std::getenv("LINLI_REAL_FILES");
    if (folder == nullptr) return;
    for (const char* name : {"dtd.xml", "external.xml", "xmlbomb.xml"})
        CHECK_TRUE(!import(*base::read_file(std::filesystem::path(folder) / "xml" / name)).empty());
}

TEST(Xmltv, IsReadPackedWithGzip) {
    TemporaryFolder folder;
    std::string xml = tv(kChannel + programme(kAt20, kAt21, "<title>A</title>"));
    auto path = (folder.path() / "guide.xml.gz").string();
    gzFile packed = gzopen(path.c_str(), "wb");
    gzwrite(packed, xml.data(), static_cast<unsigned>(xml.size()));
    gzclose(packed);
    std::string bytes = *base::read_file(path);
    for (std::size_t piece : {1ul, 1000ul}) CHECK_TEXT_EQUAL("", import(bytes, piece));
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
    CHECK_TEXT_EQUAL("gzip: the packed bytes end in the middle", import(bytes.substr(0, bytes.size() - 9)));
    XmltvImport one(XmltvMapping(channels, file), options, [](GuideUpdate) {});
    CHECK_GOOD(import_xmltv_file(path, one));
    XmltvImport other(XmltvMapping(channels, file), options, [](GuideUpdate) {});
    CHECK_FALSE(import_xmltv_file(folder.path() / "none", other).has_value());
}

TEST(Xmltv, TextsAreBounded) {
    CHECK_TEXT_EQUAL("", import(tv(kChannel + programme(kAt20, kAt21, "<title>" + std::string(3'000'000, 'a') + "</title>"))));
    LONGS_EQUAL(512, guide.event({kNews, kEvening})->title.size());
}

TEST(Xmltv, MemoryIsTheSameWhateverTheSizeOfTheFile) {
    // 60 MB of channels of ours and of others, pushed in as they are made.
    XmltvImport import(XmltvMapping(channels, file), options, [](GuideUpdate) {});
    CHECK_GOOD(import.push("<tv>" + kChannel));
    std::string others;
    std::size_t before = heap(), most = 0, size = 0;
    for (int i = 0; size < 60'000'000; ++i) {
        std::string piece;
        for (int j = 0; j < 100; ++j) {
            piece += "<channel id=\"id" + std::to_string(i * 100 + j) + "\"><display-name>Name " + std::to_string(j) + "</display-name></channel>\n";
            piece += programme(kAt20, kAt21, "<title>News</title><desc>" + std::string(400, 'd') + "</desc>");
            piece += programme(kAt20, kAt21, "<title>News</title><desc>" + std::string(400, 'd') + "</desc>", "other" + std::to_string(j));
        }
        size += piece.size();
        CHECK_GOOD(import.push(piece));
        most = std::max(most, heap() - std::min(heap(), before));
    }
    CHECK_GOOD(import.push("</tv>"));
    CHECK_GOOD(import.finish());
    CHECK_TRUE(most < 2'000'000);
}

TEST(Xmltv, AGigabyteIsReadInBoundedMemory) {
    // Made as it is read: a channel of ours whose programmes come again and again, and what nobody here receives.
    std::string piece;
    for (int i = 0; i < 40; ++i) piece += programme(kAt20, kAt21, "<title>News " + std::to_string(i) + "</title><desc>" + std::string(300, 'd') + "</desc>");
    while (piece.size() < 1'000'000) piece += programme(kAt20, kAt21, "<title>Other</title><desc>" + std::string(2000, 'd') + "</desc>", "other");
    XmltvImport import(XmltvMapping(channels, file), options, [this](GuideUpdate update) { guide.apply(update); });
    CHECK_GOOD(import.push("<tv>" + kChannel));
    std::size_t before = heap(), most = 0;
    std::uint64_t size = 0;
    for (; size < 1'000'000'000; size += piece.size()) {
        CHECK_GOOD(import.push(piece));
        most = std::max(most, heap() - std::min(heap(), before));
    }
    CHECK_GOOD(import.push("</tv>"));
    CHECK_GOOD(import.finish());
    CHECK_TRUE(most < 8'000'000);
    LONGS_EQUAL(1, guide.events(kNews, kEvening, kEvening + hours(1)).size());
}

TEST(Xmltv, DamagedFilesAreWithoutHarm) {
    const std::string good = tv(kChannel + programme(kAt20, kAt21, "<title lang=\"zh\">新闻</title><desc>d</desc><rating><value>12</value></rating>") +
                                programme(kAt21, "", "<title>B</title><category>体育</category>"));
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string xml = good;
        for (unsigned changes = random() % 8 + 1; changes > 0; --changes) {
            std::size_t at = random() % xml.size();
            switch (random() % 4) {
                case 0: xml[at] = static_cast<char>(random()); break;
                case 1: xml.erase(at, random() % 30); break;
                case 2: xml.insert(at, xml.substr(random() % xml.size(), random() % 60)); break;
                default: xml[at] = "<>&\"'/=0123456789 "[random() % 18];
            }
            if (xml.empty()) xml = good;
        }
        import(xml, random() % 200 + 1);
        for (const Event& event : guide.events(kNews, kEvening - hours(24), kEvening + hours(24 * 80))) CHECK_TRUE(event.duration > seconds(0) && !event.title.empty());
    }
}

TEST(Xmltv, CategoriesBecomeGenres) {
    struct Row {
        const char* category;
        Genre genre;
    };
    const Row kRows[] = {{"News and current affairs", Genre::News}, {"电视剧", Genre::Film}, {"SPORTS", Genre::Sports}, {"少儿动画", Genre::Children},
                         {"戏曲", Genre::Music},                     {"Nature documentary", Genre::Education}, {"养生", Genre::Leisure},
                         {"综艺", Genre::Show},                      {"", Genre::Unknown}, {"???", Genre::Unknown}};
    for (const Row& row : kRows) CHECK_TRUE_TEXT(genre_of_category(row.category) == row.genre, row.category);
}
