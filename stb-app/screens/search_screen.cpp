// Finding: by the digit keys in the titles, and from there by a word in the texts.

#include <algorithm>
#include <map>

#include "stb-app/screens/category_looks.h"
#include "stb-app/screens/digit_list_screen.h"
#include "stb-app/screens/screen_list.h"

namespace linli::app {

using content::Board;
using content::ItemRow;
using content::Kind;

namespace {

/// Nobody turns so many pages; another digit or word finds sooner.
constexpr std::size_t kMostFound = 100;
constexpr std::size_t kMostWords = 3;

Board board_of(Kind kind) {
    switch (kind) {
        case Kind::Listing:
        case Kind::Service: return Board::Services;
        case Kind::Guide: return Board::Guides;
        case Kind::Course: return Board::Classes;
        default: return Board::Notices;
    }
}

/// Items of any board as rows: with them stand their category and whose they are.
class FoundRows {
  public:
    explicit FoundRows(const Context& context) : context_(context), looks_(context) {}

    RowElement row(const ItemRow& item) {
        RowElement row;
        row.title = item.title;
        row.detail = area_name(item.key.area);
        if (const auto* look = looks_.find(board_of(item.kind), item.category)) {
            row.symbol = look->icon;
            row.hue = look->hue;
            row.detail = base::format("{} · {}", look->name, row.detail);
        }
        return row;
    }

    void forget() {
        looks_.forget();
        area_names_.clear();
    }

  private:
    const std::string& area_name(const content::AreaCode& code) {
        auto [name, is_new] = area_names_.try_emplace(code);
        if (is_new) {
            auto area = context_.content.area(code);
            name->second = area && *area ? (*area)->name : code.str();
        }
        return name->second;
    }

    const Context& context_;
    CategoryLooks looks_;
    std::map<content::AreaCode, std::string> area_names_;
};

/// What a word is found in, nearest first.
class TextResultsScreen final : public ListScreen {
  public:
    TextResultsScreen(Context& context, std::string word) : ListScreen(context), word_(std::move(word)), rows_(context) {}

  protected:
    std::string id() const override { return "search.texts"; }
    // Translators: what was found in titles and texts. {} the word.
    std::string title() override { return context_.tr("Found: {}", word_); }

    std::size_t load_rows() override {
        rows_.forget();
        found_.clear();
        auto found = context_.content.search(word_, context_.chain, context_.now(), {.most = kMostFound});
        if (found) found_ = std::move(*found);
        else context_.log.error("search: " + found.error().message);
        return found_.size();
    }

    RowElement row(std::size_t index, RowUse) override { return rows_.row(found_[index]); }
    Action choose(std::size_t row) override { return Open{make_item_screen(context_, found_[row].key)}; }

    StateElement empty_state() override {
        return {"magnify", context_.tr("Nothing was found."), context_.tr("Try another word.")};
    }

  private:
    std::string word_;
    FoundRows rows_;
    std::vector<ItemRow> found_;
};

class SearchScreen final : public DigitListScreen {
  public:
    explicit SearchScreen(Context& context) : DigitListScreen(context), rows_(context) {}

  protected:
    std::string id() const override { return "search"; }

    std::size_t load_rows() override {
        rows_.forget();
        found_.clear();
        words_.clear();
        if (digits().empty()) return 0;
        auto now = context_.now();
        auto found = context_.content.search_by_digits(digits(), context_.chain, now, {.most = kMostFound});
        auto words = context_.content.words_of_digits(digits(), context_.chain, now, kMostWords);
        if (!found || !words) context_.log.error("search: " + (found ? words.error() : found.error()).message);
        if (found) found_ = std::move(*found);
        if (words) words_ = std::move(*words);
        put_words_in_place();
        return found_.size() + words_.size();
    }

    RowElement row(std::size_t index, RowUse) override {
        if (const std::string* word = word_at(index)) {
            RowElement row;
            row.title = context_.tr("Look in all texts for {}", *word);
            row.symbol = "file-find";
            return row;
        }
        return rows_.row(found_at(index));
    }

    Action choose(std::size_t row) override {
        if (const std::string* word = word_at(row)) return Open{std::make_unique<TextResultsScreen>(context_, *word)};
        return Open{make_item_screen(context_, found_at(row).key)};
    }

    /// What stands under the field when nothing was typed, or found.
    StateElement empty_state() override {
        if (digits().empty())
            return {"magnify", context_.tr("Type a part of the name."),
                    context_.tr("For clinic, type 254642. A Chinese character is the first letter of its pinyin.")};
        return {"magnify", context_.tr("Nothing was found."),
                context_.tr("Delete the last digit, or type fewer letters of the name.")};
    }

  private:
    /// The words to look for in the texts stand after the titles, but not beyond the first page, of which they take two
    /// fifths at most.
    void put_words_in_place() {
        first_word_ = found_.size();
        std::size_t all = found_.size() + words_.size();
        std::size_t fitting = rows_that_fit(all, [this](std::size_t index) { return row(index, RowUse::Measured); });
        if (fitting >= all) return;
        words_.resize(std::min(words_.size(), std::max<std::size_t>(1, fitting * 2 / 5)));
        first_word_ = std::min(first_word_, std::max<std::size_t>(1, fitting - std::min(fitting, words_.size())));
    }

    const std::string* word_at(std::size_t index) const {
        bool is_word = index >= first_word_ && index < first_word_ + words_.size();
        return is_word ? &words_[index - first_word_] : nullptr;
    }
    const ItemRow& found_at(std::size_t index) const {
        return found_[index < first_word_ ? index : index - words_.size()];
    }

    FoundRows rows_;
    std::vector<ItemRow> found_;
    std::vector<std::string> words_;
    std::size_t first_word_ = 0;
};

}  // namespace

std::unique_ptr<Screen> make_search_screen(Context& context) { return std::make_unique<SearchScreen>(context); }

}  // namespace linli::app
