#include "middleware/base/format.h"
#include "tests/stb-app/support/store_filling.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;

namespace {

const app::RowElement& row(const Television& tv, std::size_t index) {
    const auto* row = std::get_if<app::RowElement>(&tv.page().elements.at(index));
    CHECK_TRUE(row != nullptr);
    return *row;
}

std::string focused_title(const Television& tv) {
    return row(tv, tv.page().focus).title;
}

}  // namespace

// clang-format off
TEST_GROUP(Lists) {};
// clang-format on

TEST(Lists, ShowUrgentNoticesFirst) {
    Television tv;
    tv.press("1");
    CHECK_TEXT_EQUAL("紧急", row(tv, 0).badge);
    CHECK_TRUE(row(tv, 0).badge_tone == app::Tone::Urgent);
}

TEST(Lists, OpenTheRowThatBearsTheDigit) {
    for (app::TextSize size :
         {app::TextSize::Standard, app::TextSize::Large, app::TextSize::ExtraLarge}) {
        Television tv({.screen = {1920, 1080}, .settings = {.text_size = size}});
        tv.press("1");
        // A row grows when it is marked as read, so that there may be one less on the page.
        for (std::size_t i = 0; i < tv.page().elements.size(); ++i) {
            CHECK_EQUAL(static_cast<int>(i) + 1, row(tv, i).number);
            std::string title = row(tv, i).title;
            tv.press(std::to_string(i + 1));
            CHECK_TEXT_EQUAL(title, tv.page().title);
            tv.press("BACK");
            CHECK_TEXT_EQUAL(title, focused_title(tv));
        }
    }
}

TEST(Lists, IgnoreADigitThatNoRowBears) {
    Television tv;
    tv.press("1");
    app::Page before = tv.page();
    tv.press("0");
    CHECK_TRUE(before == tv.page());
    tv.press("9");
    CHECK_TRUE(before == tv.page());
}

TEST(Lists, GoOnOverThePageWithTheArrows) {
    Television tv;
    tv.press("1");
    std::size_t rows = tv.page().elements.size();
    for (std::size_t i = 0; i < rows; ++i)
        tv.press("DOWN");
    CHECK_TRUE(tv.page().position.starts_with(base::format("{}–", rows + 1)));
    CHECK_EQUAL(0u, tv.page().focus);
    tv.press("UP");
    CHECK_TRUE(tv.page().position.starts_with("1–"));
    CHECK_EQUAL(rows - 1, tv.page().focus);
}

TEST(Lists, BeginAgainAtTheEnd) {
    Television tv;
    tv.press("1");
    std::string first = focused_title(tv);
    tv.press("UP");
    CHECK_FALSE(first == focused_title(tv));
    tv.press("DOWN");
    CHECK_TEXT_EQUAL(first, focused_title(tv));
}

TEST(Lists, ShowEachItemOnce) {
    Television tv;
    for (app::TextSize size : {app::TextSize::Standard, app::TextSize::ExtraLarge}) {
        tv.application->change_settings({.text_size = size});
        tv.from_home("1");
        std::vector<std::string> shown, stored;
        look_at_all_pages(tv, [&] {
            for (std::size_t i = 0; i < tv.page().elements.size(); ++i)
                shown.push_back(row(tv, i).title);
        });
        auto items = tv.content->items(content::Board::Notices, "", SampleCity::community().chain(),
                                       tv.clock.now());
        CHECK_GOOD(items);
        for (const content::ItemRow& item : *items)
            stored.push_back(item.title);
        CHECK_EQUAL(stored.size(), shown.size());
        CHECK_TRUE(stored == shown);
    }
}

TEST(Lists, KeepTheirPlaceWhileAnItemIsOpen) {
    Television tv;
    tv.press("1 PAGE_DOWN DOWN DOWN");
    std::string title = focused_title(tv);
    std::string position = tv.page().position;
    tv.press("OK PAGE_DOWN BACK");
    CHECK_TEXT_EQUAL(title, focused_title(tv));
    CHECK_TEXT_EQUAL(position, tv.page().position);
}

TEST(Lists, KeepTheFocusOnItsItemWhenOthersComeAndGo) {
    Television tv;
    tv.press("1");
    for (int i = 0; i < 200 && !focused_title(tv).contains("拾得证件"); ++i)
        tv.press("DOWN");
    std::string title = focused_title(tv);
    fill_area(*tv.content, SampleCity::community(), {});
    tv.tell_of_new_content();
    CHECK_TEXT_EQUAL(title, focused_title(tv));
}

TEST(Lists, MarkWhatWasRead) {
    Television tv;
    tv.press("1");
    CHECK_FALSE(row(tv, 1).is_done);
    tv.press("2 BACK");
    CHECK_TRUE(row(tv, 1).is_done);
    CHECK_FALSE(row(tv, 0).is_done);
    CHECK_TRUE(row(tv, 1).detail.starts_with("已读"));
    tv.restart();
    tv.press("1");
    CHECK_TRUE(row(tv, 1).is_done);
}

TEST(Lists, NarrowNoticesToACategory) {
    Television tv;
    tv.press("1 GREEN");
    CHECK_TEXT_EQUAL("notices.categories", tv.page().id);
    CHECK_TEXT_EQUAL("全部", row(tv, 0).title);
    std::string category = row(tv, 1).title;
    tv.press("2");
    CHECK_TEXT_EQUAL("notices", tv.page().id);
    CHECK_TEXT_EQUAL(category, tv.page().title);
    tv.press("1");
    CHECK_TEXT_EQUAL("notice", tv.page().id);
    // Home, list, page: the categories took the place of the list.
    CHECK_EQUAL(3u, tv.application->depth());
}

TEST(Lists, OfServicesGoByCategory) {
    Television tv;
    tv.press("2");
    CHECK_TEXT_EQUAL("services.categories", tv.page().id);
    std::string category = row(tv, 0).title;
    tv.press("1");
    CHECK_TEXT_EQUAL(category, tv.page().title);
    tv.press("BACK");
    CHECK_TEXT_EQUAL(category, focused_title(tv));
}

TEST(Lists, SayWhenABoardIsEmpty) {
    Television tv({.content = Content::None});
    for (const char* digit : {"1", "2", "3"}) {
        tv.from_home(digit);
        CHECK_TRUE(tv.shows("这里暂时没有内容"));
        CHECK_TEXT_EQUAL("[返回]", tv.focused());
        tv.press("OK");
        CHECK_TEXT_EQUAL("home", tv.page().id);
    }
}

TEST(Lists, FillWhenTheFirstSyncIsThrough) {
    Television tv({.content = Content::None});
    tv.press("1");
    tv.close();
    SampleCity::shared().copy_store_to(tv.content_file());
    tv.restart();
    tv.press("1");
    tv.tell_of_new_content();
    CHECK_TRUE(tv.shows("水管爆裂"));
}
