#include "platform/importers/tidy_item.h"

#include "content/item_check.h"
#include "tests/platform/importers/imported_text.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace linli::content;

// clang-format off
TEST_GROUP(TidyItem) {
    std::string left_out;

    Notice tidied(Notice notice) {
        Item item{"i", "c", {}, std::move(notice), {}};
        for (const Message& what : tidy_item(item)) left_out += what.text() + "\n";
        int faults = 0;
        check_item(item, {}, [&](Fault) { ++faults; });
        LONGS_EQUAL(0, faults);
        return std::get<Notice>(item.content);
    }
};
// clang-format on

TEST(TidyItem, ASummaryTooLongForItsLineOpensTheText) {
    Notice notice =
        tidied({.title = "t", .summary = std::string(150, 's'), .body = {Paragraph{"text"}}});
    CHECK_TEXT_EQUAL("", notice.summary);
    CHECK_TEXT_EQUAL(std::string(150, 's') + "\ntext\n", tests::to_text(notice.body));
}

TEST(TidyItem, AHeadingTooLongIsAParagraph) {
    CHECK_TEXT_EQUAL(
        std::string(90, 'h') + "\n",
        tests::to_text(tidied({.title = "t", .body = {Heading{std::string(90, 'h')}}}).body));
}

TEST(TidyItem, ATableTooWideIsAListThatLosesNothing) {
    Table table{{{"Name", "Room", "Mon", "Tue", "Wed"},
                 {"Li", "12", "", "x", "y"},
                 {"", "", "", "", ""},
                 {"Wu", "", "z", "", ""}}};
    CHECK_TEXT_EQUAL("- Name: Li; Room: 12; Tue: x; Wed: y\n- Name: Wu; Mon: z\n",
                     tests::to_text(tidied({.title = "t", .body = {table}}).body));
    Table wordy{{{"Street", "When"}, {std::string(60, 's'), "today"}}};
    CHECK_TEXT_EQUAL("- Street: " + std::string(60, 's') + "; When: today\n",
                     tests::to_text(tidied({.title = "t", .body = {wordy}}).body));
}

TEST(TidyItem, CharactersThatNoBoxShowsAreToldOnce) {
    Notice notice =
        tidied({.title = "Party \xF0\x9F\x8E\x89",
                .body = {Paragraph{"\xF0\x9F\x8E\x89 today"}, Paragraph{"\xF0\x9F\x8E\x89"}}});
    CHECK_TEXT_EQUAL("Party", notice.title);
    CHECK_TEXT_EQUAL("today\n", tests::to_text(notice.body));
    CHECK_TEXT_EQUAL("characters that the television cannot show: U+1F389\n", left_out);
}

TEST(TidyItem, ALabelOfANumberTooLongIsTold) {
    Notice notice = tidied({.title = "t",
                            .telephones = {{"110", "what one may ring at any time of day"}},
                            .body = {Paragraph{"x"}}});
    CHECK_TEXT_EQUAL("", notice.telephones[0].label);
    CHECK_TEXT_EQUAL(
        "what the number 110 is for, too long for its line: what one may ring at any time of day\n",
        left_out);
}

TEST(TidyItem, ATitleTooLongIsShortenedAndStandsWholeInTheText) {
    std::string word = "neighbourhood ", title;
    for (int i = 0; i < 7; ++i) title += word;
    title.pop_back();
    Notice notice = tidied({.title = title, .body = {Paragraph{"x"}}});
    CHECK_TEXT_EQUAL("neighbourhood neighbourhood neighbourhood neighbourhood neighbourhood…", notice.title);
    CHECK_TEXT_EQUAL(title + "\nx\n", tests::to_text(notice.body));
    CHECK_TEXT_EQUAL("a part of the title, which stands in the first paragraph: \"" + notice.title + "\" is its short form\n",
                     left_out);
}

TEST(TidyItem, ATitleWithoutAnyBreakIsShortenedToo) {
    std::string title;
    for (int i = 0; i < 41; ++i) title += "好";
    CHECK_TEXT_EQUAL(title.substr(0, 39 * 3) + "…", tidied({.title = title, .body = {Paragraph{"x"}}}).title);
    CHECK_TEXT_EQUAL(std::string(78, 'w') + "…", tidied({.title = std::string(81, 'w'), .body = {Paragraph{"x"}}}).title);
}
