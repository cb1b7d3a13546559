#include "tests/stb-app/support/store_filling.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;

namespace {

content::Item notice(const char* id, const char* title, const char* initials, const char* text) {
    content::Item item{.id = id, .category = "livelihood", .published = kMonday, .initials = initials};
    item.content = content::Notice{
        .title = title, .summary = "试验", .issuer = "居委会", .body = {content::Paragraph{text}}};
    return item;
}

content::Item listing(const char* id, const char* name, const char* initials) {
    content::Item item{.id = id, .category = "medical", .published = kMonday, .initials = initials};
    item.content = content::Listing{.name = name,
                                    .provider = "试验",
                                    .summary = "试验",
                                    .offers = {"门诊"},
                                    .address = "听涛路18号",
                                    .telephones = {{"000-8800-1051", ""}}};
    return item;
}

content::Item community() {
    return {.id = "area", .content = content::Area{"听涛苑社区", std::nullopt}};
}

const app::RowElement& focused_row(const Television& tv) {
    const auto* row = std::get_if<app::RowElement>(&tv.page().elements.at(tv.page().focus));
    CHECK_TRUE_TEXT(row != nullptr, tv.text().c_str());
    return *row;
}

std::size_t rows_on(const app::Page& page) {
    std::size_t rows = 0;
    for (const app::Element& element : page.elements)
        rows += std::holds_alternative<app::RowElement>(element) ? 1 : 0;
    return rows;
}

}  // namespace

// clang-format off
TEST_GROUP(Search) {
    /// A box with three items, whose community calls itself by its name.
    void fill(Television& tv) {
        fill_area(*tv.content, SampleCity::community(),
                  {community(), listing("hospital", "人民医院", "rmyy"),
                   notice("clinic", "社区义诊", "sqyz", "周六上午，人民医院的医生来社区。"),
                   notice("water", "停水通知", "tstz", "周日停水。")});
        tv.tell_of_new_content();
    }
};
// clang-format on

TEST(Search, IsOneYellowKeyAwayFromHomeAndFromEveryListOfItems) {
    Television tv;
    for (const char* way : {"", "1", "2", "2 1", "4", "5"}) {
        tv.from_home(way);
        bool is_said = false;
        for (const app::KeyHint& hint : tv.page().legend)
            is_said |= hint.keys.front() == input::Key::Yellow && hint.text == "查找";
        CHECK_TRUE_TEXT(is_said, tv.text().c_str());
        std::string from = tv.page().id;
        tv.press("YELLOW");
        CHECK_TEXT_EQUAL("search", tv.page().id);
        tv.press("BACK");
        CHECK_TEXT_EQUAL(from.c_str(), tv.page().id.c_str());
    }
}

TEST(Search, TellsHowToTypeBeforeAnythingIsTyped) {
    Television tv;
    tv.press("YELLOW");
    CHECK_TRUE(tv.shows("人民医院"));
    CHECK_TRUE(tv.shows("7699"));
    CHECK_TEXT_EQUAL("_", tv.focused());
    tv.press("OK");
    CHECK_TEXT_EQUAL("search", tv.page().id);
}

TEST(Search, FindsATitleByTheInitialsOfItsPinyin) {
    Television tv({.content = Content::None});
    fill(tv);
    tv.press("YELLOW 7 6 9 9");
    CHECK_TRUE(tv.shows("7699_"));
    CHECK_TEXT_EQUAL("人民医院", focused_row(tv).title);
    CHECK_TRUE_TEXT(focused_row(tv).detail.contains("听涛苑社区"), focused_row(tv).detail.c_str());
    tv.press("OK");
    CHECK_TEXT_EQUAL("listing", tv.page().id);
    CHECK_EQUAL(3u, tv.application->depth());
}

TEST(Search, ShowsWhatFitsAfterEachDigit) {
    Television tv({.content = Content::None});
    fill(tv);
    tv.press("YELLOW 7");
    CHECK_TRUE(tv.shows("人民医院") && tv.shows("社区义诊"));
    tv.press("6");
    CHECK_TRUE(tv.shows("人民医院"));
    CHECK_FALSE(tv.shows("社区义诊"));
}

TEST(Search, LeftTakesTheLastDigitBack) {
    Television tv({.content = Content::None});
    fill(tv);
    tv.press("YELLOW 7 6 2");
    CHECK_EQUAL(0u, rows_on(tv.page()));
    tv.press("LEFT");
    CHECK_TEXT_EQUAL("人民医院", focused_row(tv).title);
    tv.press("LEFT LEFT LEFT LEFT");
    CHECK_TEXT_EQUAL("search", tv.page().id);
    CHECK_TRUE(tv.shows("7699"));
}

TEST(Search, SaysPlainlyThatNothingWasFoundAndWhatToTry) {
    Television tv({.content = Content::None});
    fill(tv);
    tv.press("YELLOW 2 2 2");
    CHECK_TRUE(tv.shows("没有找到"));
    CHECK_TRUE(tv.shows("删除"));
    CHECK_TRUE(tv.shows("222_"));
    tv.press("OK");
    CHECK_TEXT_EQUAL("search", tv.page().id);
}

TEST(Search, LeadsFromAWordToTheTextsThatHoldIt) {
    Television tv({.content = Content::None});
    fill(tv);
    tv.press("YELLOW 7 6 9 9");
    // The words stand after the titles.
    tv.press("DOWN");
    CHECK_TRUE_TEXT(focused_row(tv).title.contains("人民医院"), tv.text().c_str());
    CHECK_TRUE_TEXT(focused_row(tv).title.contains("全文"), tv.text().c_str());
    tv.press("OK");
    CHECK_TEXT_EQUAL("search.texts", tv.page().id);
    CHECK_TRUE(tv.shows("1. 人民医院"));
    CHECK_TRUE(tv.shows("2. 社区义诊"));
    CHECK_FALSE(tv.shows("停水通知"));
    tv.press("2");
    CHECK_TRUE(tv.shows("医生来社区"));
    tv.press("BACK BACK");
    CHECK_TRUE(tv.shows("7699_"));
}

TEST(Search, KeepsWhatWasTypedWhileAResultIsOpenAndWhileTheTextGrows) {
    Television tv({.content = Content::None});
    fill(tv);
    tv.press("YELLOW 8 7 OK");
    CHECK_TEXT_EQUAL("notice", tv.page().id);
    tv.press("BACK");
    CHECK_TRUE(tv.shows("87_"));
    tv.press("RED");
    CHECK_TRUE(tv.shows("87_"));
}

TEST(Search, ChoosesNoRowByADigit) {
    Television tv({.content = Content::None});
    fill(tv);
    tv.press("YELLOW 7");
    for (const app::Element& element : tv.page().elements) CHECK_EQUAL(0, app::number_of(element));
    tv.press("1");
    CHECK_TEXT_EQUAL("search", tv.page().id);
    CHECK_TRUE(tv.shows("71_"));
}

TEST(Search, TakesNoMoreDigitsThanAnyoneTypes) {
    Television tv;
    tv.press("YELLOW");
    for (int i = 0; i < 100; ++i) tv.press("7");
    CHECK_TRUE(app::element_text(tv.page().elements.front()).size() <= 21);
    CHECK_EQUAL(0, tv.display->canvas().failures());
}

TEST(Search, ShowsWhatSyncHasBroughtMeanwhile) {
    Television tv({.content = Content::None});
    tv.press("YELLOW 7 6 9 9");
    CHECK_EQUAL(0u, rows_on(tv.page()));
    fill(tv);
    CHECK_TEXT_EQUAL("人民医院", focused_row(tv).title);
}
