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

