#include "middleware/base/local_time.h"
#include "tests/platform/importers/imported_text.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using tests::notice;
using tests::remarks_of;

// clang-format off
TEST_GROUP(FeedImporter) {
    tests::TemporaryFolder folder;
    ImportOptions options = tests::import_options();

    Imported import(std::string_view xml) {
        auto imported = import_feed(folder.write("feed.xml", xml), options);
        CHECK_GOOD(imported);
        CHECK_TEXT_EQUAL("", tests::faults_of(*imported));
        return std::move(*imported);
    }
    Imported atom(const std::string& entries) {
        return import("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The town</title><updated>2026-11-01T00:00:00Z</updated>" +
                      entries + "</feed>");
    }
    Imported rss(const std::string& items, const std::string& link = "http://a.example/") {
        return import("<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>The town</title><link>" +
                      link + "</link>" + items + "</channel></rss>");
    }
};
// clang-format on

TEST(FeedImporter, AnEntryOfAtomBecomesANotice) {
    Imported imported = atom(
        "<entry><id>tag:a,1</id><title>New "
        "<![CDATA[bus]]></title><published>2026-11-07T09:00:00+08:00</published>"
        "<updated>2026-11-08T09:00:00Z</updated><summary>Every ten minutes.</summary>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><h1>Line 7</h1><p>It "
        "<em>runs</em>.</p>"
        "<script>x()</script></div></content></entry>");
    LONGS_EQUAL(1, imported.items.size());
    CHECK_TEXT_EQUAL("2026-11-07T01:00:00Z", base::format_instant(imported.items[0].published));
    CHECK_TEXT_EQUAL("c", imported.items[0].category);
    CHECK_TEXT_EQUAL("New bus", notice(imported).title);
    CHECK_TEXT_EQUAL("The town", notice(imported).issuer);
    CHECK_TEXT_EQUAL("Every ten minutes.", notice(imported).summary);
    CHECK_TEXT_EQUAL("# Line 7\nIt runs.\n", tests::to_text(notice(imported).body));
    CHECK_TEXT_EQUAL("", remarks_of(imported));
}

TEST(FeedImporter, AnItemOfRssBecomesANotice) {
    Imported imported =
        rss("<item><title>Q&amp;amp;A</title><link>http://a.example/1?utm_source=rss</"
            "link><guid>http://a.example/1</guid>"
            "<pubDate>Sat, 07 Nov 2026 09:00:00 +0800</pubDate><description>Questions</description>"
            "<content:encoded><![CDATA[<p>Questions<br>and answers</p><img src='a.png' alt='A "
            "hall'>]]></content:encoded></item>");
    CHECK_TEXT_EQUAL("Q&A", notice(imported).title);
    CHECK_TEXT_EQUAL("Questions\nand answers\n", tests::to_text(notice(imported).body));
    CHECK_TEXT_EQUAL("", notice(imported).summary);
    CHECK_TEXT_EQUAL("2026-11-07T01:00:00Z", base::format_instant(imported.items[0].published));
    CHECK_TEXT_EQUAL("feed.xml:1: missing from \"Q&A\": a picture: a.png (A hall)\n",
                     remarks_of(imported));
}

TEST(FeedImporter, TheIssuerThatIsGivenGoesBeforeTheFeed) {
    options.issuer = "Town hall";
    CHECK_TEXT_EQUAL(
        "Town hall",
        notice(rss("<item><title>t</title><description>d</description></item>")).issuer);
}

TEST(FeedImporter, AFeedWithoutATitleIsIssuedByTheAuthor) {
    Imported imported = import(
        "<feed "
        "xmlns='http://www.w3.org/2005/Atom'><entry><id>a:1</id><updated>2026-11-01T00:00:00Z</"
        "updated>"
        "<title>t</title><author><name>Li</name></author><summary>s</summary></entry></feed>");
    CHECK_TEXT_EQUAL("Li", notice(imported).issuer);
}

TEST(FeedImporter, TheSameEntryAlwaysHasTheSameId) {
    const char* kEntry =
        "<entry><id>tag:a,1</id><title>%</title><updated>2026-11-01T00:00:00Z</updated><summary>s</"
        "summary></entry>";
    std::string first = kEntry, changed = kEntry;
    first.replace(first.find('%'), 1, "one");
    changed.replace(changed.find('%'), 1, "two");
    CHECK_TEXT_EQUAL(atom(first).items.at(0).id, atom(changed).items.at(0).id);
}

TEST(FeedImporter, TheSameGuidInTwoFeedsGivesTwoIds) {
    const char* kItem =
        "<item><guid "
        "isPermaLink='false'>7</guid><title>t</title><description>d</description></item>";
    std::string here = rss(kItem).items.at(0).id;
    CHECK_TRUE(here != rss(kItem, "http://b.example/").items.at(0).id);
    CHECK_TEXT_EQUAL(here, rss(kItem).items.at(0).id);
}

TEST(FeedImporter, WithoutAnIdTheLinkIsIt) {
    Imported imported = rss(
        "<item><link>http://a.example/1</link><title>t</title><description>d</description></item>"
        "<item><link>http://a.example/2</link><title>t</title><description>d</description></item>");
    LONGS_EQUAL(2, imported.items.size());
}

TEST(FeedImporter, AnUnreadableDateFallsBackToTheUpdate) {
    Imported imported = atom(
        "<entry><id>a:1</id><title>t</title><published>2026-02-30T00:00:00Z</published>"
        "<updated>2026-11-08T09:00:00Z</updated><summary>s</summary></entry>");
    CHECK_TEXT_EQUAL("2026-11-08T09:00:00Z", base::format_instant(imported.items.at(0).published));
    CHECK_TEXT_EQUAL(
        "feed.xml:1: missing from \"t\": the date \"2026-02-30T00:00:00Z\", which is none\n",
        remarks_of(imported));
}

TEST(FeedImporter, DatesInOtherForms) {
    Imported imported =
        rss("<item><title>t</title><description>d</description><dc:date>2026-11-07 "
            "09:00:00</dc:date></item>");
    CHECK_TEXT_EQUAL("2026-11-07T01:00:00Z", base::format_instant(imported.items.at(0).published));
}

TEST(FeedImporter, WithoutADateItIsThatOfTheFile) {
    Imported imported = rss("<item><title>t</title><description>d</description></item>");
    CHECK_TRUE(imported.items.at(0).published == options.undated);
    CHECK_TEXT_EQUAL(
        "feed.xml:1: missing from \"t\": the date when it was published; that of the file stands "
        "for it\n",
        remarks_of(imported));
}

TEST(FeedImporter, MarkupInPlainTextIsRead) {
    Imported imported = atom(
        "<entry><id>a:1</id><title>t</title><updated>2026-11-08T09:00:00Z</updated>"
        "<summary>See &lt;a href='x'&gt;this&lt;/a&gt;</summary></entry>");
    CHECK_TEXT_EQUAL("See this\n", tests::to_text(notice(imported).body));
}

TEST(FeedImporter, WithoutATitleTheFirstLineIsIt) {
    CHECK_TEXT_EQUAL("Water is back.",
                     notice(rss("<item><description>&lt;p&gt;Water is "
                                "back.&lt;/p&gt;&lt;p&gt;More&lt;/p&gt;</description></item>"))
                         .title);
}

TEST(FeedImporter, WithoutATextTheTitleIsIt) {
    CHECK_TEXT_EQUAL("Water is back\n",
                     tests::to_text(notice(rss("<item><title>Water is back</title></item>")).body));
}

TEST(FeedImporter, WithNeitherTitleNorTextItIsDropped) {
    Imported imported = rss("<item><guid>x</guid></item>");
    LONGS_EQUAL(0, imported.items.size());
    CHECK_TRUE(remarks_of(imported).find("left out: it has no title") != std::string::npos);
}

TEST(FeedImporter, ContentThatIsElsewhereOrNoTextIsTold) {
    Imported imported = atom(
        "<entry><id>a:1</id><title>t</title><updated>2026-11-08T09:00:00Z</updated><summary>s</"
        "summary>"
        "<content type='application/pdf' src='http://a.example/a.pdf'/></entry>"
        "<entry><id>a:2</id><title>u</title><updated>2026-11-08T09:00:00Z</updated><summary>s</"
        "summary>"
        "<content type='image/png'>iVBORw0KGgo=</content></entry>");
    CHECK_TEXT_EQUAL(
        "feed.xml:1: missing from \"t\": content that is elsewhere: http://a.example/a.pdf\n"
        "feed.xml:1: missing from \"u\": content of the type image/png\n",
        remarks_of(imported));
    CHECK_TEXT_EQUAL("s\n", tests::to_text(notice(imported, 0).body));
}

TEST(FeedImporter, LongTextsAreKeptWhole) {
    std::string text;
    for (int i = 0; i < 20000; ++i)
        text += "word ";
    CHECK_TEXT_EQUAL(text.substr(0, text.size() - 1) + "\n",
                     tests::to_text(notice(rss("<item><title>t</title><description>" + text +
                                               "</description></item>"))
                                        .body));
}

TEST(FeedImporter, OnlyThePeriodThatIsAskedForIsImported) {
    options.since = base::parse_instant("2026-11-02T00:00:00Z");
    options.until = base::parse_instant("2026-11-03T00:00:00Z");
    std::string entries;
    for (const char* day : {"01", "02", "03", "04"})
        entries += std::string("<entry><id>a:") + day + "</id><title>" + day +
                   "</title><updated>2026-11-" + day +
                   "T00:00:00Z</updated><summary>s</summary></entry>";
    Imported imported = atom(entries);
    LONGS_EQUAL(2, imported.items.size());
    LONGS_EQUAL(2, imported.passed_over);
    CHECK_TEXT_EQUAL("02", notice(imported).title);
}

TEST(FeedImporter, AnEntryOfTooManyTagsIsDroppedAlone) {
    std::string tags;
    for (int i = 0; i < 20001; ++i)
        tags += "&lt;b&gt;";
    Imported imported = rss("<item><title>bad</title><description>" + tags +
                            "</description></item>"
                            "<item><title>good</title><description>d</description></item>");
    LONGS_EQUAL(1, imported.items.size());
    CHECK_TEXT_EQUAL("good", notice(imported).title);
    CHECK_TRUE(remarks_of(imported).find(
                   "\"bad\" left out: it cannot be read: the text has more than 20000 tags") !=
               std::string::npos);
}

TEST(FeedImporter, AFileThatIsNoneIsAnError) {
    CHECK_FALSE(import_feed(folder.path() / "none.xml", options).has_value());
    auto broken = import_feed(folder.write("broken.xml", "<rss><channel>"), options);
    CHECK_FALSE(broken.has_value());
    CHECK_TRUE(broken.error().message.find("broken.xml:1:") != std::string::npos);
}
