#include <algorithm>

#include "middleware/base/format.h"
#include "stb-app/layout/layouter.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::app;
using namespace linli::tests;

namespace {

constexpr Size kOutputs[] = {{1920, 1080}, {1280, 720}, {720, 576}};
constexpr TextSize kSizes[] = {TextSize::Standard, TextSize::Large, TextSize::ExtraLarge};

/// A layouter with all that it needs.
struct Desk {
    Desk(Size screen, TextSize size) : theme(screen, size) {}
    Theme theme;
    text::Typesetter typesetter{test_metrics()};
    Layouter layouter{theme, typesetter};
};

Page list_page() {
    Page page;
    page.title = "公告通知";
    page.position = "99 / 99";
    page.legend = {{{input::Key::Up, input::Key::Down}, "选择"}, {{input::Key::Ok}, "打开"}};
    return page;
}

std::size_t rows_on_first_page(TextSize size) {
    Desk desk({1920, 1080}, size);
    std::vector<Element> rows(
        30, RowElement{.number = 1, .title = "停水通知", .detail = "今天", .symbol = "water"});
    return desk.layouter.paginate(list_page(), list_page(), rows).front().size();
}

/// What a reader gets: the text of all pages, without what pages add.
std::string joined(const std::vector<std::vector<Element>>& pages) {
    std::string text;
    for (const auto& page : pages) {
        for (const Element& element : page) {
            if (const auto* paragraph = std::get_if<ParagraphElement>(&element))
                text += paragraph->text;
            if (const auto* heading = std::get_if<HeadingElement>(&element)) text += heading->text;
        }
    }
    return text;
}

Rect card_of(const Frame& frame, const Rect& place) {
    Rect card;
    for (const Shape& shape : frame.shapes)
        if (shape.kind == Shape::Kind::Card && shape.area.intersects(place) &&
            shape.area.area() < 2 * place.area())
            if (shape.area.area() > card.area()) card = shape.area;
    return card;
}

}  // namespace

// clang-format off
TEST_GROUP(Layout) {};
// clang-format on

TEST(Layout, PutsAsManyRowsOnAPageAsTheRulesSay) {
    CHECK_EQUAL(9u, rows_on_first_page(TextSize::Standard));
    CHECK_EQUAL(7u, rows_on_first_page(TextSize::Large));
    CHECK_EQUAL(4u, rows_on_first_page(TextSize::ExtraLarge));
}

TEST(Layout, ShowsARangeOfDigitKeysAsOneCap) {
    Desk desk({1280, 720}, TextSize::Large);
    Page page = list_page();
    page.legend = {{{input::Key::Digit0, input::Key::Digit9}, "输入"}};
    std::vector<std::string> texts;
    for (const Shape& shape : desk.layouter.lay_out(page).shapes)
        if (shape.kind == Shape::Kind::Text) texts.push_back(shape.text);
    CHECK_EQUAL(1, std::ranges::count(texts, "0–9"));
    CHECK_EQUAL(0, std::ranges::count(texts, "0") + std::ranges::count(texts, "9"));
}

TEST(Layout, ShowsTheDigitOfEachTileOfHome) {
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Television tv({.screen = screen, .settings = {.text_size = size}});
            for (const Element& element : tv.page().elements) {
                const auto* tile = std::get_if<TileElement>(&element);
                if (tile == nullptr) continue;
                bool is_shown = std::ranges::any_of(tv.frame().shapes, [&](const Shape& shape) {
                    return shape.kind == Shape::Kind::Text && shape.text == std::to_string(tile->number);
                });
                CHECK_TRUE_TEXT(is_shown, tile->label.c_str());
            }
        }
    }
}

TEST(Layout, ShowsTheEndOfWhatWasTypedWhereItIsTooLong) {
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Desk desk(screen, size);
            Page page = list_page();
            page.elements = {TypedElement{"22222222222222234567"}};
            Frame frame = desk.layouter.lay_out(page);
            Pixels last = 0;
            for (const Shape& shape : frame.shapes) {
                if (shape.kind != Shape::Kind::Text || shape.font.size != desk.theme.body()) continue;
                if (shape.text.size() == 1) last = static_cast<Pixels>(shape.text[0]);
            }
            CHECK_EQUAL('7', last);
            CHECK_TRUE(frame.elements[0].right() <= desk.theme.safe_area().right());
        }
    }
}

TEST(Layout, NeverHasMoreRowsThanDigits) {
    Television tv;
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Television tv({.screen = screen, .settings = {.text_size = size}});
            for (const char* list : {"1", "2", "2 1", "4", "8"}) {
                tv.from_home(list);
                look_at_all_pages(tv, [&] { CHECK_TRUE(tv.page().elements.size() <= 9); });
            }
        }
    }
}

TEST(Layout, GivesTheTelevisionTwoFifthsOfTheScreen) {
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            for (text::Language language : {text::Language::Chinese, text::Language::English}) {
                Television tv({.screen = screen, .settings = {size, language}});
                Frame frame = tv.frame();
                CHECK_TRUE(frame.live.has_value());
                CHECK_TRUE(frame.live->area() >= 0.40 * screen.width * screen.height);
                CHECK_TRUE((Rect{0, 0, screen.width, screen.height}).contains(*frame.live));
            }
        }
    }
}

TEST(Layout, FocusMakesAnElementLarger) {
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Television tv({.screen = screen, .settings = {.text_size = size}});
            for (const char* way : {"", "1", "2", "1 1"}) {
                tv.from_home(way);
                Page page = tv.page();
                std::size_t focus = page.focus;
                if (std::holds_alternative<LiveElement>(page.elements[focus])) continue;
                Frame with = tv.frame(page);
                page.focus = page.elements.size();
                Frame without = tv.frame(page);
                Rect larger = card_of(with, with.elements[focus]),
                     smaller = card_of(without, with.elements[focus]);
                CHECK_TRUE(larger.contains(smaller));
                CHECK_TRUE(larger.width > smaller.width && larger.height > smaller.height);
            }
        }
    }
}

TEST(Layout, OfALongNoticeLosesAndDoublesNothing) {
    std::string text;
    for (int i = 0; text.size() < 5000 * 3; ++i)
        text += base::format("第{}条：居民（含租户）应当在22:00以后保持安静，IPTV音量调低。", i);
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Desk desk(screen, size);
            Page page = list_page();
            page.elements.push_back(ButtonElement{"下一页"});
            auto pages = desk.layouter.paginate(
                page, page, {HeadingElement{"总则"}, ParagraphElement{.text = text}});
            CHECK_TEXT_EQUAL("总则" + text, joined(pages));
        }
    }
}

TEST(Layout, OfEnglishLosesNothingButTheBlankAtACut) {
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += base::format("Rule {} asks everybody to keep the stairs free. ", i);
    text.pop_back();
    for (TextSize size : kSizes) {
        Desk desk({1280, 720}, size);
        auto pages =
            desk.layouter.paginate(list_page(), list_page(), {ParagraphElement{.text = text}});
        std::string all = joined(pages), expected = text;
        std::erase(all, ' ');
        std::erase(expected, ' ');
        CHECK_TEXT_EQUAL(expected, all);
        for (const auto& one : pages)
            for (const Element& element : one)
                CHECK_FALSE(std::get<ParagraphElement>(element).text.starts_with(' '));
    }
}

TEST(Layout, HeadingIsNeverLastOnAPage) {
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Desk desk(screen, size);
            for (int lines = 1; lines < 40; ++lines) {
                std::vector<Element> elements;
                for (int i = 0; i < lines; ++i)
                    elements.push_back(ParagraphElement{.text = "请相互转告。"});
                elements.push_back(HeadingElement{"第二章"});
                elements.push_back(ParagraphElement{
                    .text = "请提前存水，并关好水龙头。各楼轮流停水，请相互转告。"});
                for (const auto& page : desk.layouter.paginate(list_page(), list_page(), elements))
                    CHECK_FALSE(std::holds_alternative<HeadingElement>(page.back()));
            }
        }
    }
}

TEST(Layout, TableIsSplitBetweenRowsUnderItsHeading) {
    TableElement table{{{"楼号", "停水开始", "恢复供水"}}};
    for (int i = 1; i <= 40; ++i)
        table.rows.push_back({base::format("{}号楼", i), "8:30", "10:30"});
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Desk desk(screen, size);
            auto pages = desk.layouter.paginate(list_page(), list_page(), {table});
            CHECK_TRUE(pages.size() > 1);
            int next = 1;
            for (const auto& page : pages) {
                for (const Element& element : page) {
                    const auto& part = std::get<TableElement>(element);
                    CHECK_TRUE(part.rows.front() == table.rows.front());
                    for (std::size_t r = 1; r < part.rows.size(); ++r)
                        CHECK_TEXT_EQUAL(base::format("{}号楼", next++), part.rows[r].front());
                }
            }
            CHECK_EQUAL(41, next);
        }
    }
}

TEST(Layout, NumberToCallIsOnTheFirstPageWithWhatIsWrong) {
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Desk desk(screen, size);
            Page page;
            page.title = "预约服务";
            page.elements = {ButtonElement{"下一页"}};
            page.legend = list_page().legend;
            std::vector<Element> elements = {StateElement{"lan-disconnect", "暂时连不上预约服务。", "请稍后再试，或打电话。"},
                                             NumberElement{"听涛苑社区居民委员会", "000-8800-1051"}};
            desk.layouter.keep_number_with_state(page, elements);
            auto first = desk.layouter.paginate(page, page, elements).front();
            CHECK_TRUE(std::ranges::any_of(first, [](const Element& e) { return std::holds_alternative<NumberElement>(e); }));
            bool is_said = page.title == "暂时连不上预约服务。" || std::holds_alternative<StateElement>(first.front());
            CHECK_TRUE(is_said);
        }
    }
}

TEST(Layout, OfNothingIsOnePage) {
    Desk desk({1280, 720}, TextSize::Large);
    auto pages = desk.layouter.paginate(list_page(), list_page(), {});
    CHECK_EQUAL(1u, pages.size());
    CHECK_TRUE(pages.front().empty());
}

TEST(Layout, NeverEndsOnWordsThatFitNowhere) {
    // One word of a thousand letters, and a name as long as the interface lets it be.
    std::string word(1000, 'w');
    for (Size screen : kOutputs) {
        for (TextSize size : kSizes) {
            Desk desk(screen, size);
            auto pages =
                desk.layouter.paginate(list_page(), list_page(), {ParagraphElement{.text = word}});
            CHECK_TEXT_EQUAL(word, joined(pages));
        }
    }
}

// clang-format off
TEST_GROUP(ChangedAreas) {
    static Shape card(Rect area) { return {.kind = Shape::Kind::Card, .area = area}; }
};
// clang-format on

TEST(ChangedAreas, OfTheSameFrameAreNone) {
    Frame frame{.shapes = {card({0, 0, 10, 10}), card({20, 0, 10, 10})}};
    CHECK_TRUE(changed_areas(frame, frame).empty());
}

TEST(ChangedAreas, CoverWhatCameAndWhatWent) {
    Frame before{.shapes = {card({0, 0, 10, 10}), card({500, 0, 10, 10})}};
    Frame after{.shapes = {card({0, 0, 10, 10}), card({0, 500, 10, 10})}};
    auto areas = changed_areas(before, after);
    for (Rect changed : {Rect{500, 0, 10, 10}, Rect{0, 500, 10, 10}})
        CHECK_TRUE(
            std::ranges::any_of(areas, [&](const Rect& area) { return area.contains(changed); }));
    for (const Rect& area : areas)
        CHECK_FALSE(area.intersects({0, 0, 10, 10}));
}

TEST(ChangedAreas, DoNotOverlap) {
    Frame before, after;
    for (int i = 0; i < 20; ++i)
        after.shapes.push_back(card({i * 7, i * 5, 30, 30}));
    auto areas = changed_areas(before, after);
    for (std::size_t i = 0; i < areas.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            CHECK_FALSE(areas[i].intersects(areas[j]));
}
