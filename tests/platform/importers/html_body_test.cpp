#include "platform/importers/html_body.h"

#include "platform/importers/html_tree.h"
#include "tests/platform/importers/imported_text.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;

// clang-format off
TEST_GROUP(HtmlBody) {
    static std::string body(std::string_view html) {
        auto read = read_html(html);
        CHECK_GOOD(read);
        return tests::to_text(read->body);
    }
    static std::string left_out(std::string_view html) {
        std::string text;
        auto read = read_html(html);
        CHECK_GOOD(read);
        for (const content::Message& what : read->left_out) text += what.text() + "\n";
        return text;
    }
};
// clang-format on

TEST(HtmlBody, BecomesBlocks) {
    const struct {
        const char* html;
        const char* text;
    } kCases[] = {
        {"<p>One <b>bold</b> word</p><p>Two</p>", "One bold word\nTwo\n"},
        {"loose text<p>and a paragraph", "loose text\nand a paragraph\n"},
        {"<h2>Head</h2><div>a<div>b</div>c</div>", "# Head\na\nb\nc\n"},
        {"first line<br>second<br/><br>third", "first line\nsecond\nthird\n"},
        {"<ul><li>a<li><p>b</p><p>c</p></ul>", "- a\n- b c\n"},
        {"<ol><li>a<ul><li>x<li>y</ul></li><li>b</ol>", "1. a\n1. x\n1. y\n1. b\n"},
        {"<p>&lt;tag&gt; &amp; &eacute; &#20844; &hellip;</p>", "<tag> & é 公 …\n"},
        {"<p>see <a href=\"https://a.example/?utm_source=x\">here</a></p>", "see here\n"},
        {"<pre>one\ntwo</pre>", "one\ntwo\n"},
        {"<dl><dt>Term<dd>Meaning</dl>", "Term\nMeaning\n"},
        {"<p>  居民\n  委员会\xC2\xA0 </p>", "居民委员会\n"},
        {"<p>漢<ruby>字<rt>zì</rt></ruby></p>", "漢字\n"},
        {"<p></p><ul><li></li></ul><h1> </h1>", ""},
        {"<unknown>text</unknown>", "text\n"},
        {"<html><head><title>no</title></head><body><p>page</body></html>", "page\n"},
    };
    for (const auto& [html, text] : kCases)
        CHECK_TEXT_EQUAL(text, body(html));
}

TEST(HtmlBody, TablesOfDataStayTables) {
    CHECK_TEXT_EQUAL(
        "Times\n| Day | From |\n| Mon | 9 |\n| Mon | 14 |\n| Tue |  |\n",
        body(
            "<table><caption>Times</caption><tr><th>Day<th>From<tr><td rowspan=2>Mon<td>9<tr><td>14"
            "<tr><td colspan=2>Tue</table>"));
}

TEST(HtmlBody, TablesThatLayOutAPageBecomeWhatIsInThem) {
    CHECK_TEXT_EQUAL("left\nright\n", body("<table><tr><td>left<td>right</table>"));
    CHECK_TEXT_EQUAL(
        "above\n| a | b |\n| c | d |\n",
        body("<table><tr><td>above<tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table></table>"));
}

TEST(HtmlBody, ScriptsStylesAndCommentsAreGoneWithoutAWord) {
    const char* kHtml =
        "<style>p{}</style><script>alert(1)</script><!-- note --><p "
        "onclick=\"x()\">text</p><noscript>no</noscript>"
        "<template>t</template>";
    CHECK_TEXT_EQUAL("text\n", body(kHtml));
    CHECK_TEXT_EQUAL("", left_out(kHtml));
}

TEST(HtmlBody, TrackingPicturesAreGoneWithoutAWord) {
    const char* kHtml = "<p>a<img src=\"https://t.example/p.gif\" width=1 height=\"1px\"></p>";
    CHECK_TEXT_EQUAL("a\n", body(kHtml));
    CHECK_TEXT_EQUAL("", left_out(kHtml));
}

TEST(HtmlBody, HiddenTextIsGone) {
    CHECK_TEXT_EQUAL("seen\n", body("<p hidden>no</p><p style=\"Display : none\">no</p><p>seen</p>"
                                    "<span style=\"visibility:hidden\">no</span>"));
}

TEST(HtmlBody, WhatAReaderWouldMissIsTold) {
    CHECK_TEXT_EQUAL(
        "a picture: map.png (The way)\na picture: data:image/png\nwhat is no text: <iframe>\na "
        "field of a form: <input>\n"
        "text that is struck out\n",
        left_out("<img src=map.png alt=' The way '><img src='data:image/png;base64,AAAA'><iframe "
                 "src=x></iframe><input name=q>"
                 "<del>old</del><s>old</s>"));
}

TEST(HtmlBody, DeepNestingIsBounded) {
    std::string html;
    for (int i = 0; i < 9000; ++i)
        html += "<div>";
    html += "deep";
    CHECK_TEXT_EQUAL("", body(html));
    CHECK_TEXT_EQUAL("text that is nested more than 200 deep\n", left_out(html));
}

TEST(HtmlBody, TooManyTagsAreRefused) {
    std::string html;
    for (std::size_t i = 0; i <= kMostTags; ++i)
        html += "<b>";
    CHECK_TEXT_EQUAL("the text has more than 20000 tags", read_html(html).error().message);
}

TEST(HtmlBody, TooManyAttributesAreRefused) {
    std::string attributes;
    for (int i = 0; i < 1001; ++i)
        attributes += " a" + std::to_string(i);
    const char* kWhy = "a tag of the text has more than 1000 attributes";
    CHECK_TEXT_EQUAL(kWhy, read_html("<p" + attributes + ">").error().message);
    // Where quotation marks and comments hide them.
    CHECK_TEXT_EQUAL(kWhy, read_html("<p x='>'" + attributes + ">").error().message);
    CHECK_TEXT_EQUAL(kWhy,
                     read_html("<!-- <p x=\" --><p" + attributes + "><p y=\"").error().message);
    // Tags whose end must be looked for again and again.
    std::string unquoted;
    for (int i = 0; i < 15000; ++i)
        unquoted += "<b y=z";
    CHECK_TEXT_EQUAL(kWhy, read_html(unquoted + std::string(1u << 20, 'z')).error().message);
    CHECK_TEXT_EQUAL("a\n", body("<p a=1 b='2' c=\"3\" d / e =5>a"));
}

TEST(HtmlBody, RepeatedFormattingIsBounded) {
    // Each paragraph opens all of them again.
    std::string html = "<p>";
    for (int i = 0; i < 9000; ++i)
        html += "<b id=" + std::to_string(i) + ">";
    for (int i = 0; i < 9000; ++i)
        html += "<p>x";
    CHECK_TEXT_EQUAL("the tags of the text repeat each other without end",
                     read_html(html).error().message);
}

TEST(HtmlBody, SpansOfTablesAreBounded) {
    auto read = read_html(
        "<table><tr><td colspan=1000000000 rowspan=1000000000>a<td>b<tr><td>c<td>d</table>");
    CHECK_GOOD(read);
    LONGS_EQUAL(32, std::get<content::Table>(read->body.at(0)).rows.at(0).size());
}

TEST(HtmlBody, TitlesBecomeOneLine) {
    CHECK_TEXT_EQUAL("Less: < and more", html_to_text(" Less: <em>&lt;</em><br>and <b>more</b>"));
    CHECK_TEXT_EQUAL("a < b & c", html_to_text("a < b & c"));
}

TEST(HtmlBody, PlainTextIsToldFromHtml) {
    for (const char* html : {"<p>a", "a<br/>b", "a &nbsp; b", "</div>", "&#20844;"})
        CHECK_TRUE_TEXT(looks_like_html(html), html);
    for (const char* plain : {"a < b", "a & b; c", "3<5", "", "<", "&", "x <"})
        CHECK_FALSE_TEXT(looks_like_html(plain), plain);
    // Reads as an entity, and stays what it is.
    CHECK_TEXT_EQUAL("AT&T;", html_to_text("AT&T;"));
}
