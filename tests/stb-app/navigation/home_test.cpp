#include <random>
#include <set>

#include "content/exchange_writer.h"
#include "tests/stb-app/support/store_filling.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using app::TextSize;

namespace {

content::Item portal(std::vector<content::Tile> tiles) {
    return {.id = "home", .content = content::Portal{std::move(tiles)}};
}

}  // namespace

// clang-format off
TEST_GROUP(Home) {};
// clang-format on

TEST(Home, OpensEachBoardWithOneDigit) {
    Television tv;
    const std::pair<const char*, const char*> kBoards[] = {
        {"1", "notices"},  {"2", "services.categories"},
        {"3", "booking"},  {"4", "guides"},
        {"5", "services"}, {"6", "results"},
        {"7", "classes"},     {"8", "settings"},
    };
    for (auto [digit, id] : kBoards) {
        tv.from_home(digit);
        CHECK_TEXT_EQUAL(id, tv.page().id);
    }
}

TEST(Home, OpensTheBoardWhoseTileHasTheFocus) {
    Television tv;
    CHECK_TEXT_EQUAL("1. 公告通知", tv.focused());
    tv.press("OK");
    CHECK_TEXT_EQUAL("notices", tv.page().id);
}

TEST(Home, LeadsToEveryTileByArrows) {
    for (TextSize size : {TextSize::Standard, TextSize::Large, TextSize::ExtraLarge}) {
        for (graphics::Size screen : {graphics::Size{1920, 1080}, {1280, 720}, {720, 576}}) {
            Television tv({.screen = screen, .settings = {.text_size = size}});
            std::set<std::string> seen;
            static constexpr const char* kArrows[] = {"DOWN", "DOWN", "UP", "LEFT", "RIGHT"};
            std::mt19937 random(1);
            for (int i = 0; i < 1000; ++i) {
                seen.insert(tv.focused());
                tv.press(kArrows[random() % std::size(kArrows)]);
            }
            for (const char* tile : {"1. 公告通知", "2. 服务名录", "3. 预约服务", "4. 办事指南",
                                     "5. 养老服务", "6. 办事结果", "7. 文化教育", "8. 设置"})
                CHECK_TRUE_TEXT(seen.contains(tile), (std::string(tile) + tv.text()).c_str());
        }
    }
}

TEST(Home, LeavesTheHeadlineToDigitNine) {
    Television tv;
    tv.press("9");
    CHECK_TEXT_EQUAL("notice", tv.page().id);
    CHECK_TRUE(tv.shows("水管爆裂"));
    tv.press("BACK");
    CHECK_TRUE(tv.focused().starts_with("9. 紧急"));
}

TEST(Home, GoesBackToTheTelevision) {
    Television tv;
    tv.press("BACK");
    CHECK_TEXT_EQUAL("live", tv.page().id);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("home", tv.page().id);
}

TEST(Home, ComesUpFromTheTelevisionWithOkAndWithHome) {
    for (const char* key : {"OK", "HOME"}) {
        Television tv({.start = app::StartScreen::Live});
        CHECK_TEXT_EQUAL("live", tv.page().id);
        tv.press(key);
        CHECK_TEXT_EQUAL("home", tv.page().id);
    }
}

TEST(Home, IsOneKeyAwayFromEveryScreen) {
    Television tv({.television = Receiving::SampleChannels});
    tour(tv, [&](const std::string& place) {
        app::Page page = tv.page();
        if (page.id == "appointment" && !page.message.empty()) return;
        // A booking asks one thing a page: service, day, part, time, who, the question, the PIN.
        bool is_flow = place.starts_with("pin after") || place.starts_with("wish") || place.starts_with("from an");
        std::size_t most = is_flow ? 8 : 5;
        CHECK_TRUE_TEXT(tv.application->depth() <= most, place.c_str());
    });
    tv.from_home("1 1");
    tv.press("HOME");
    CHECK_TEXT_EQUAL("home", tv.page().id);
    CHECK_EQUAL(1u, tv.application->depth());
}

TEST(Home, ShowsWhatAlwaysWorksBeforeTheFirstSync) {
    Television tv({.content = Content::None});
    for (const char* label : {"公告", "服务", "指南", "预约", "电视", "设置"})
        CHECK_TRUE_TEXT(tv.shows(label), tv.text().c_str());
    tv.press("1");
    CHECK_TEXT_EQUAL("notices", tv.page().id);
}

TEST(Home, BearsAPortalWithoutATileItKnows) {
    Television tv({.content = Content::None});
    // A portal of tiles whose boards only a newer version knows is read as one without tiles.
    auto update = tv.content->replace(SampleCity::community());
    CHECK_GOOD(update);
    content::Item empty = portal({});
    CHECK_GOOD(update->add(empty, content::write_item(empty)));
    CHECK_GOOD(update->commit({.sequence = 1, .content_hash = std::string(64, '0')}));
    tv.tell_of_new_content();
    CHECK_TRUE(tv.page().focus < tv.page().elements.size());
    tv.press("OK");
    tv.from_home("1");
    CHECK_TEXT_EQUAL("notices", tv.page().id);
}

TEST(Home, TellsPlaceTimeAndFreshness) {
    Television tv;
    CHECK_TEXT_EQUAL("听涛苑社区", tv.page().status.place);
    CHECK_TEXT_EQUAL("11月23日 星期一 09:00", tv.page().status.time);
    CHECK_TEXT_EQUAL("内容已是最新", tv.page().status.freshness);
}
