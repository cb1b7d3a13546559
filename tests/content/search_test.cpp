#include <algorithm>
#include <map>
#include <random>

#include "content/content_store.h"
#include "content/exchange_writer.h"
#include "content/search/folding.h"
#include "content/search/key_digits.h"
#include "middleware/storage/database.h"
#include "middleware/text/utf8.h"
#include "tests/content/sample_items.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::content;
using namespace std::chrono;
using linli::tests::area;

namespace {

constexpr sys_seconds kNow = sys_days(year(2026) / 11 / 23);

Item notice(const std::string& id, const std::string& title, const std::string& text, const std::string& initials = "") {
    Item item = tests::make_notice(id, title);
    std::get<Notice>(item.content).summary.clear();
    std::get<Notice>(item.content).issuer = "x";
    std::get<Notice>(item.content).body = {Paragraph{text}};
    item.initials = initials;
    return item;
}

std::string folded(std::string_view xml, search::Title title = search::Title::With) {
    std::u16string units;
    search::fold_item(xml, title, units);
    std::string text;
    for (char16_t unit : units) text::append_utf8(text, unit == search::kBreak ? U'|' : unit);
    return text;
}

}  // namespace

// clang-format off
TEST_GROUP(Search) {
    tests::TemporaryFolder folder;
    ContentStore store = std::move(*ContentStore::open(folder.path() / "content.db"));
    AreaCode city = area("12");
    AreaCode home = area("12/0101/001/002");
    std::vector<AreaCode> chain = home.chain();

    void replace(const AreaCode& where, const std::vector<Item>& items, Part part = Part::Content) {
        auto update = store.replace(where, part);
        CHECK_GOOD(update);
        for (const Item& item : items) CHECK_GOOD(update->add(item, write_item(item)));
        CHECK_GOOD(update->commit({1, "hash", kNow}));
    }
    void amend(const AreaCode& where, const std::vector<Item>& items, const std::vector<std::string>& removed = {}) {
        auto update = store.amend(where);
        CHECK_GOOD(update);
        for (const std::string& id : removed) CHECK_GOOD(update->remove({.id = id}));
        for (const Item& item : items) CHECK_GOOD(update->add(item, write_item(item)));
        CHECK_GOOD(update->commit({2, "hash", kNow}));
    }
    static std::string ids(const base::Result<std::vector<ItemRow>>& rows) {
        CHECK_GOOD(rows);
        std::string ids;
        for (const ItemRow& row : *rows) ids += (ids.empty() ? "" : " ") + row.key.id;
        return ids;
    }
    std::string found(std::string_view words, ItemWindow window = {}) {
        return ids(store.search(words, chain, kNow, window));
    }
    std::string found_by_digits(std::string_view digits, ItemWindow window = {}) {
        return ids(store.search_by_digits(digits, chain, kNow, window));
    }
};
// clang-format on

TEST(Search, FindsWordsOfAnyLength) {
    replace(city, {notice("a", "停水通知", "明天上午八点停水"), notice("b", "体检", "社区老年人免费体检，带身份证")});
    CHECK_TEXT_EQUAL("a", found("停"));
    CHECK_TEXT_EQUAL("b", found("证"));
    CHECK_TEXT_EQUAL("b", found("老年"));
    CHECK_TEXT_EQUAL("b", found("年人免"));
    CHECK_TEXT_EQUAL("b", found("老年人免费体检"));
    CHECK_TEXT_EQUAL("a", found("明天上午八点停水"));
    CHECK_TEXT_EQUAL("", found("水停"));
    CHECK_TEXT_EQUAL("", found("体检带"));
    CHECK_TEXT_EQUAL("", found("鱻"));
    for (const char* nothing : {"", " ", "，。", "\n"}) CHECK_TEXT_EQUAL("", found(nothing));
}

TEST(Search, GramsThatAreThereApartAreNoWord) {
    replace(city, {notice("a", "老人", "人体。体检"), notice("b", "x", "老人体检")});
    CHECK_TEXT_EQUAL("b", found("老人体检"));
    CHECK_TEXT_EQUAL("b", found("人体检"));
    CHECK_TEXT_EQUAL("a b", found("人体"));
}

TEST(Search, FindsLatinAndMixedWordsInAnyForm) {
    replace(city, {notice("a", "家电", "修ＴＶ和Wi-Fi，12路公交"), notice("b", "Café", "x")});
    CHECK_TEXT_EQUAL("a", found("tv"));
    CHECK_TEXT_EQUAL("a", found("ＴＶ"));
    CHECK_TEXT_EQUAL("a", found("修tv和"));
    CHECK_TEXT_EQUAL("a", found("wi-fi"));
    CHECK_TEXT_EQUAL("a", found("12路"));
    CHECK_TEXT_EQUAL("b", found("CAFÉ"));
    CHECK_TEXT_EQUAL("", found("tvs"));
}

TEST(Search, AllTermsMustOccurAnywhere) {
    replace(city, {notice("a", "停水通知", "明天"), notice("b", "停电通知", "后天。明天"), notice("c", "停水", "后天")});
    CHECK_TEXT_EQUAL("a", found("停水 明天"));
    CHECK_TEXT_EQUAL("a b", found("明天、通知"));
    CHECK_TEXT_EQUAL("b", found("通知　后 明天"));
    CHECK_TEXT_EQUAL("", found("停水 停电"));
}

TEST(Search, TitlesComeBeforeTextsAndNearAreasFirst) {
    replace(city, {notice("city-text", "x", "停水"), notice("city-title", "停水", "x"), notice("both", "停水", "停水")});
    replace(home, {notice("home-text", "x", "停水"), notice("home-title", "停水", "x")});
    replace(area("12/0102"), {notice("elsewhere", "停水", "停水")});
    for (const char* words : {"停水", "水", "停"})
        CHECK_TEXT_EQUAL("home-title city-title both home-text city-text", found(words));
    CHECK_TEXT_EQUAL("both home-text", found("停水", {2, 2}));
    CHECK_TEXT_EQUAL("", found("停水", {5, 2}));
}

TEST(Search, FindsAllTheTextsOfEveryKind) {
    std::vector<Item> items = tests::full_items();
    replace(city, items);
    std::string kinds;
    for (const Item& item : items) {
        if (item.kind() < Kind::Notice) continue;
        CHECK_TEXT_EQUAL(item.id, ids(store.search(item.title(), chain, std::nullopt, {0, 1})));
    }
    // Neither tags nor attributes nor other kinds of item.
    for (const char* words : {"telephone", "category", "sha256"}) CHECK_TEXT_EQUAL("", ids(store.search(words, chain, std::nullopt)));
}

TEST(Search, DoesNotFindWhatIsNotValid) {
    Item over = notice("over", "停水", "x");
    std::get<Notice>(over.content).valid_until = kNow - seconds(1);
    Item coming = notice("coming", "停水", "x");
    std::get<Notice>(coming.content).valid_from = kNow + seconds(1);
    replace(city, {over, coming, notice("now", "停水", "x")});
    CHECK_TEXT_EQUAL("now", found("停水"));
    CHECK_TEXT_EQUAL("over coming now", ids(store.search("停水", chain, std::nullopt)));
}

TEST(Search, FollowsAmendments) {
    replace(city, {notice("a", "停水", "上午"), notice("b", "停电", "下午"), notice("c", "停气", "晚上")});
    amend(city, {notice("b", "来电", "上午"), notice("d", "停车", "上午")}, {"c"});
    CHECK_TEXT_EQUAL("d a", found("停"));
    CHECK_TEXT_EQUAL("b d a", found("上午"));
    CHECK_TEXT_EQUAL("", found("下午"));
    CHECK_TEXT_EQUAL("", found("停气"));
    replace(city, {});
    CHECK_TEXT_EQUAL("", found("停"));
}

TEST(Search, FindsTheAlertsOfAnAreaAndForgetsAWithdrawnOne) {
    replace(city, {notice("a", "停水", "x")});
    replace(city, {notice("b", "停水", "x")}, Part::Alerts);
    CHECK_TEXT_EQUAL("b a", found("停水"));
    replace(city, {}, Part::Alerts);
    CHECK_TEXT_EQUAL("a", found("停水"));
    CHECK_GOOD(store.withdraw(city));
    CHECK_TEXT_EQUAL("", found("停水"));
}

TEST(Search, ReadsTextsAsTheyAreShown) {
    CHECK_TEXT_EQUAL("一|二|三|", folded("<n id='1'><title>一</title><p>二</p><p>三</p></n>"));
    CHECK_TEXT_EQUAL("二|", folded("<n><name>一</name><p>二</p></n>", search::Title::Without));
    CHECK_TEXT_EQUAL("二|三|", folded("<n><title>一</title><p>二</p><title>三</title></n>", search::Title::Without));
    CHECK_TEXT_EQUAL("一二|a|b|", folded("<p>一\n   二 a\n b</p>"));
    CHECK_TEXT_EQUAL("a|b|", folded("<p>A&amp;B</p>"));
    CHECK_TEXT_EQUAL("中文|", folded("<p>&#20013;&#x6587;</p>"));
    CHECK_TEXT_EQUAL("一二三|", folded("<p>一<!-- a > b -->二<?x y?>三</p>"));
    CHECK_TEXT_EQUAL("一a|b|二|", folded("<p>一<![CDATA[a<b]]></p><p>二</p>"));
    CHECK_TEXT_EQUAL("一|", folded("<p label='>甲' x=\"'>乙\">一</p>"));
    for (const char* cut : {"<", "<p", "<p a='", "&", "&#", "<!", "<![CDATA[", "<!--", "\xE4", "\xE4\xB8"}) folded(cut);
}

TEST(Search, FindsByTheDigitKeysOfTheInitials) {
    replace(city, {notice("a", "停水通知", "x", "tstz"), notice("b", "通知停水", "x", "tzts"),
                   notice("c", "没有首字母", "x"), notice("d", "12路公交", "x", "12lgj")});
    LONGS_EQUAL(0, search::to_key_digits("abcdefghijklmnopqrstuvwxyz09").compare("2223334445556667777888999909"));
    CHECK_TEXT_EQUAL("a b", found_by_digits("87"));
    CHECK_TEXT_EQUAL("b a", found_by_digits("89"));
    CHECK_TEXT_EQUAL("a", found_by_digits("8789"));
    CHECK_TEXT_EQUAL("d", found_by_digits("125"));
    CHECK_TEXT_EQUAL("d", found_by_digits("2"));
    CHECK_TEXT_EQUAL("a b d", found_by_digits("8") + " " + found_by_digits("45"));
    CHECK_TEXT_EQUAL("b", found_by_digits("87", {1, 1}));
    for (const char* nothing : {"", "a", "8a", "999", "1234567890123"}) CHECK_TEXT_EQUAL("", found_by_digits(nothing));
    amend(city, {notice("e", "停水", "x", "ts")}, {"a"});
    CHECK_TEXT_EQUAL("e b", found_by_digits("87"));
}

TEST(Search, DigitsFindTheRightItemAmongThousands) {
    std::vector<Item> items;
    for (int i = 10000; i < 13000; ++i)
        items.push_back(notice("n" + std::to_string(i), "号", "x", i % 3 == 0 ? "" : std::to_string(i)));
    replace(city, items);
    for (std::string number : {"10000", "10001", "10402", "11500", "12001", "12998"})
        CHECK_TEXT_EQUAL("n" + number, found_by_digits(number));
    CHECK_TEXT_EQUAL("", found_by_digits("10002"));
}

TEST(Search, TellsTheWordsThatDigitsSpell) {
    replace(city, {notice("a", "停水通知", "x", "tstz"), notice("b", "今天停水", "x", "jtts"),
                   notice("c", "投诉", "x", "ts"), notice("d", "停（水）", "x", "ts"), notice("e", "不合", "x", "tsx")});
    auto words = [&](std::string_view digits, std::size_t most) {
        auto found = store.words_of_digits(digits, chain, kNow, most);
        CHECK_GOOD(found);
        std::string all;
        for (const std::string& word : *found) all += (all.empty() ? "" : " ") + word;
        return all;
    };
    CHECK_TEXT_EQUAL("停水 投诉", words("87", 9));
    CHECK_TEXT_EQUAL("停水", words("87", 1));
    CHECK_TEXT_EQUAL("水通", words("78", 9));
    CHECK_TEXT_EQUAL("停水通知", words("8789", 9));
    CHECK_TEXT_EQUAL("", words("8", 9));
    CHECK_TEXT_EQUAL("", words("x7", 9));
}

TEST(Search, FewSegmentsAreLeftAfterSettling) {
    std::vector<Item> items;
    for (int i = 0; i < 500; ++i) items.push_back(notice("n" + std::to_string(i), "通知", "正文" + std::to_string(i)));
    replace(city, items);
    auto database = storage::Database::open(folder.path() / "content.db", storage::OpenMode::ReadWrite);
    for (int round = 0; round < 60; ++round) {
        amend(city, {notice("n" + std::to_string(round), "更正", "改了" + std::to_string(round), "gz")});
        store.settle();
        CHECK_TRUE(*database->number("SELECT count(*) FROM search_segments") <= 8);
    }
    CHECK_TEXT_EQUAL("n59 n58 n57", found("更正", {0, 60}).substr(0, 11));
    LONGS_EQUAL(60, store.search("更正", chain, kNow)->size());
    LONGS_EQUAL(440, store.search("通知", chain, kNow)->size());
    LONGS_EQUAL(60, store.search_by_digits("49", chain, kNow)->size());
}

/// Random texts of few different characters, random changes, and every search done by reading everything.
TEST(Search, FindsExactlyWhatReadingEverythingFinds) {
    std::mt19937 random(20261123);
    const std::vector<std::string> kCharacters = {"水", "电", "气", "停", "的", "a", "7", "，", " ", "𠮷"};
    auto any_text = [&](std::size_t most) {
        std::string text;
        for (std::size_t i = 1 + random() % most; i > 0; --i) text += kCharacters[random() % kCharacters.size()];
        return "。" + text;
    };
    std::map<AreaCode, std::map<std::string, std::pair<std::string, std::string>>> model;
    for (int round = 0; round < 40; ++round) {
        const AreaCode& where = chain[random() % chain.size()];
        auto& items = model[where];
        std::vector<Item> added;
        std::vector<std::string> removed;
        if (random() % 8 == 0) items.clear();
        bool is_new = items.empty();
        for (int i = 0; i < 30; ++i) {
            std::string id = "i" + std::to_string(is_new ? i : static_cast<int>(random() % 60));
            if (std::ranges::count(removed, id) + std::ranges::count(added, id, &Item::id) > 0) continue;
            if (!is_new && random() % 3 == 0) {
                removed.push_back(id);
                items.erase(id);
            } else {
                auto& [title, text] = items[id] = {"题" + any_text(4), any_text(20)};
                added.push_back(notice(id, title, text));
            }
        }
        is_new ? replace(where, added) : amend(where, added, removed);
        if (round % 4 == 0) store.settle();
        for (int search = 0; search < 20; ++search) {
            std::string words = any_text(4);
            std::u16string terms;
            search::fold_text(words, terms);
            if (terms.find_first_not_of(search::kBreak) == terms.npos) continue;
            auto holds = [&](const std::string& text) {
                std::u16string units;
                search::fold_text(text, units);
                for (std::size_t begin = 0; begin < terms.size();) {
                    std::size_t end = terms.find(search::kBreak, begin);
                    if (end > begin && units.find(terms.substr(begin, end - begin)) == units.npos) return false;
                    begin = end + 1;
                }
                return true;
            };
            std::set<std::string> in_titles, in_texts, found_first, found_then;
            for (const auto& [code, of_area] : model)
                for (const auto& [id, item] : of_area) {
                    std::string key = code.str() + "#" + id;
                    if (holds(item.first)) in_titles.insert(key);
                    else if (holds(item.first + "。" + item.second + "。x")) in_texts.insert(key);
                }
            auto rows = store.search(words, chain, kNow);
            CHECK_GOOD(rows);
            for (std::size_t i = 0; i < rows->size(); ++i)
                (i < in_titles.size() ? found_first : found_then).insert(rows->at(i).key.str());
            CHECK_TRUE_TEXT(in_titles == found_first && in_texts == found_then, words.c_str());
            LONGS_EQUAL(in_titles.size() + in_texts.size(), rows->size());
        }
    }
}
