#include "platform/importers/feed_reader.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;

// clang-format off
TEST_GROUP(FeedReader) {
    static Feed feed(std::string xml) {
        auto read = read_feed(std::move(xml));
        CHECK_GOOD(read);
        return std::move(*read);
    }
    static std::string error(std::string xml) {
        auto read = read_feed(std::move(xml));
        return read ? "" : read.error().message;
    }
};
// clang-format on

TEST(FeedReader, EveryFormatHasItsEntries) {
    const struct {
        const char* name;
        const char* xml;
    } kCases[] = {
        {"Atom",
         "<feed "
         "xmlns='http://www.w3.org/2005/Atom'><title>f</title><entry><title>e</title></entry></"
         "feed>"},
        {"Atom with prefixes",
         "<a:feed "
         "xmlns:a='http://www.w3.org/2005/Atom'><a:title>f</a:title><a:entry><a:title>e</a:title></"
         "a:entry></a:feed>"},
        {"RSS 0.91",
         "<rss "
         "version='0.91'><channel><title>f</title><item><title>e</title></item></channel></rss>"},
        {"RSS 2.0 with a namespace",
         "<rss "
         "xmlns='http://backend.userland.com/rss2'><channel><title>f</title><item><title>e</"
         "title></item></channel></rss>"},
        {"RSS 1.0",
         "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://purl.org/rss/1.0/'><channel><title>f</title>"
         "</channel><image><title>no</title></image><item "
         "r:about='x'><title>e</title></item></r:RDF>"},
        {"RSS 0.90",
         "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://my.netscape.com/rdf/simple/0.9/'>"
         "<channel><title>f</title></channel><item><title>e</title></item></r:RDF>"},
    };
    for (const auto& [name, xml] : kCases) {
        Feed read = feed(xml);
        LONGS_EQUAL_TEXT(1, read.entries.size(), name);
        CHECK_TEXT_EQUAL("f", read.channel.text("title"));
        CHECK_TEXT_EQUAL("e", read.entries[0].text("title"));
    }
}

TEST(FeedReader, AnEntryOfAtomMayStandAlone) {
    LONGS_EQUAL(
        1,
        feed("<entry xmlns='http://www.w3.org/2005/Atom'><title>e</title></entry>").entries.size());
}

TEST(FeedReader, TheLinkIsTheOneToThePage) {
    Feed read = feed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link rel='enclosure' href='no'/><link "
        "href='page'/></entry></feed>");
    CHECK_TEXT_EQUAL("page", read.entries[0].text("link"));
}

TEST(FeedReader, MarkupInATextIsKept) {
    Feed read = feed(
        "<rss><channel><item><description>1 &lt; 2 <b class='x'>bold<br/></b> &amp; "
        "more</description></item></channel></rss>");
    CHECK_TRUE(read.entries[0].find("description")->is_markup);
    CHECK_TEXT_EQUAL("1 &lt; 2 <b class=\"x\">bold<br></b> &amp; more",
                     read.entries[0].text("description"));
}

TEST(FeedReader, AuthorsHaveNames) {
    Feed read = feed(
        "<feed "
        "xmlns='http://www.w3.org/2005/Atom'><entry><author><email>e</email><name>Li</name></"
        "author></entry></feed>");
    CHECK_TEXT_EQUAL("Li", read.entries[0].find("author")->name);
}

TEST(FeedReader, ADoctypeThatDeclaresNothingIsPassedOver) {
    Feed read = feed(
        "<?xml version='1.0'?>\n<!-- c -->\n<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD "
        "RSS 0.91//EN\"\n"
        " \"http://my.netscape.com/publish/formats/rss-0.91.dtd\">\n<rss><channel>\n<item/></"
        "channel></rss>");
    LONGS_EQUAL(6, read.entries[0].place.line);
}

TEST(FeedReader, HostileXmlIsRefused) {
    CHECK_TEXT_EQUAL("1:15: a document type declaration is not allowed",
                     error("<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
                           "\"&a;&a;&a;&a;\">]><rss><channel><title>&b;</title></channel></rss>"));
    std::string deep = "<rss><channel><item><description>";
    for (int i = 0; i < 1000; ++i)
        deep += "<b>";
    CHECK_TRUE(error(deep).find("deep") != std::string::npos);
    CHECK_TRUE(!error("<rss><channel><item>").empty());
    CHECK_TRUE(!error("").empty());
}

TEST(FeedReader, WhatIsNoFeedIsNamed) {
    CHECK_TEXT_EQUAL("1:1: <html> of the namespace \"\" is neither Atom nor RSS", error("<html/>"));
    CHECK_TEXT_EQUAL(
        "1:1: <feed> of the namespace \"http://purl.org/atom/ns#\" is neither Atom nor RSS",
        error("<feed xmlns='http://purl.org/atom/ns#'/>"));
}

TEST(FeedReader, FeedsInGb2312) {
    Feed read = feed(
        "<?xml version='1.0' "
        "encoding='gb2312'?><rss><channel><title>\xB9\xAB\xB8\xE6</title></channel></rss>");
    CHECK_TEXT_EQUAL("公告", read.channel.text("title"));
}
