// The lists of notices, services, guides and classes, and the categories they can be narrowed to.

#include <algorithm>
#include <map>

#include "stb-app/screens/category_looks.h"
#include "stb-app/screens/legend.h"
#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/words.h"

namespace linli::app {

using content::Board;
using content::ItemRow;
using input::Key;

namespace {

std::string board_title(const Context& context, Board board) {
    switch (board) {
        case Board::Services: return context.tr("Services");
        case Board::Guides: return context.tr("Guides");
        case Board::Classes: return context.tr("Classes");
        default: return context.tr("Notices");
    }
}

std::string board_id(Board board) {
    switch (board) {
        case Board::Services: return "services";
        case Board::Guides: return "guides";
        case Board::Classes: return "classes";
        default: return "notices";
    }
}

class ItemListScreen final : public ListScreen {
  public:
    ItemListScreen(Context& context, Board board, std::string category)
        : ListScreen(context), board_(board), category_(std::move(category)), looks_(context) {}

  protected:
    std::string id() const override { return board_id(board_); }

    std::string title() override {
        const auto* look = category_.empty() ? nullptr : looks_.find(board_, category_);
        return look == nullptr ? board_title(context_, board_) : look->name;
    }

    std::size_t load_rows() override {
        items_.clear();
        lengths_.clear();
        looks_.forget();
        days_.clear();
        auto count = context_.content.count(board_, category_, context_.chain, context_.now());
        if (!count) context_.log.error("list of items: " + count.error().message);
        now_ = context_.now();
        return count.value_or(0);
    }

    RowElement row(std::size_t index, RowUse use) override {
        const ItemRow* found = item(index);
        if (found == nullptr) return {};
        const ItemRow& item = *found;
        RowElement row;
        row.title = item.title;
        if (const auto* look = looks_.find(board_, item.category)) {
            row.symbol = look->icon;
            row.hue = look->hue;
        }
        if (board_ == Board::Notices) {
            row.is_done = use == RowUse::Shown && context_.household.is_read(item.key);
            row.detail = row.is_done ? context_.tr("read") : day_of(item.published);
            if (item.urgency == content::Urgency::Urgent) {
                row.badge = context_.tr("Urgent");
                row.badge_tone = Tone::Urgent;
            } else if (item.urgency == content::Urgency::Important) {
                row.badge = context_.tr("Important");
                row.badge_tone = Tone::Important;
            }
        } else if (item.kind == content::Kind::Service) {
            row.badge = context_.tr("By appointment");
            row.badge_tone = Tone::Important;
        } else if (item.kind == content::Kind::Course && use == RowUse::Shown) {
            row.detail = length_of(item.key);
        }
        return row;
    }

    Action choose(std::size_t row) override {
        const ItemRow* chosen = item(row);
        if (chosen == nullptr) return Stay{};
        return Open{make_item_screen(context_, chosen->key)};
    }

    StateElement empty_state() override {
        return {"inbox", context_.tr("There is nothing here at the moment."),
                context_.tr("New entries appear by themselves.")};
    }

    std::vector<KeyHint> own_keys() override {
        std::vector<KeyHint> keys{search_key(context_)};
        if (board_ != Board::Services) keys.insert(keys.begin(), {{Key::Green}, context_.tr("Categories")});
        return keys;
    }

    Action press_own(Key key) override {
        if (key == Key::Yellow) return Open{make_search_screen(context_)};
        if (key != Key::Green || board_ == Board::Services) return Stay{};
        return Open{make_narrowing_screen(context_, board_, [this](const std::string& category) {
            category_ = category;
            focus_row(0);
            reload();
        })};
    }

  private:
    /// The item of a row, fetched with its neighbours when it is first asked for. Null when it has gone since the rows
    /// were counted; sync then reloads this screen.
    const ItemRow* item(std::size_t index) {
        std::size_t window = index / kWindow;
        auto found = items_.find(window);
        if (found == items_.end()) {
            auto rows = context_.content.items(board_, category_, context_.chain, now_, {window * kWindow, kWindow});
            if (!rows) context_.log.error("list of items: " + rows.error().message);
            found = items_.emplace(window, rows ? std::move(*rows) : std::vector<ItemRow>()).first;
        }
        return index % kWindow < found->second.size() ? &found->second[index % kWindow] : nullptr;
    }

    /// Of a class, read once; empty where nobody says it.
    const std::string& length_of(const content::ItemKey& key) {
        auto [found, is_new] = lengths_.try_emplace(key);
        if (!is_new) return found->second;
        auto item = context_.content.item(key);
        const auto* course = item && *item ? std::get_if<content::Course>(&(*item)->content) : nullptr;
        if (course != nullptr && course->duration) found->second = words::length(context_, *course->duration);
        return found->second;
    }

    /// The day of a notice in words, made once: a list has many notices of few days.
    const std::string& day_of(std::chrono::sys_seconds time) {
        // Every zone begins its days at a quarter of an hour.
        auto quarter = time.time_since_epoch() / std::chrono::minutes(15);
        auto found = days_.find(quarter);
        if (found == days_.end()) found = days_.emplace(quarter, words::day(context_, time)).first;
        return found->second;
    }

    Board board_;
    std::string category_;
    /// Items are fetched this many at a time.
    static constexpr std::size_t kWindow = 64;
    std::map<std::size_t, std::vector<ItemRow>> items_;
    /// When the rows were counted: the same time for all windows.
    std::optional<std::chrono::sys_seconds> now_;
    CategoryLooks looks_;
    std::map<std::int64_t, std::string> days_;
    /// Of classes, in words.
    std::map<content::ItemKey, std::string> lengths_;
};

class CategoryScreen final : public ListScreen {
  public:
    CategoryScreen(Context& context, Board board, OnCategory on_category)
        : ListScreen(context), board_(board), on_category_(std::move(on_category)) {}

  protected:
    std::string id() const override { return board_id(board_) + ".categories"; }
    std::string title() override { return board_title(context_, board_); }

    std::size_t load_rows() override {
        categories_.clear();
        auto categories = context_.content.categories(board_, context_.chain, context_.now());
        if (categories) categories_ = std::move(*categories);
        else context_.log.error("list of categories: " + categories.error().message);
        if (on_category_ && !categories_.empty()) {
            content::CategoryRow all{"", context_.tr("All"), "inbox", 0};
            for (const auto& category : categories_) all.items += category.items;
            categories_.insert(categories_.begin(), all);
        }
        return categories_.size();
    }

    RowElement row(std::size_t index, RowUse) override {
        const content::CategoryRow& category = categories_[index];
        RowElement row;
        row.title = category.name;
        row.symbol = category.icon;
        // "All" has no hue; the others have those of their rows in the list.
        row.hue = static_cast<int>(index) - (categories_.front().id.empty() ? 1 : 0);
        row.detail = context_.tr_n("{} entry", "{} entries", category.items);
        return row;
    }

    Action choose(std::size_t row) override {
        if (!on_category_) return Open{make_item_list_screen(context_, board_, categories_[row].id)};
        on_category_(categories_[row].id);
        return GoBack{};
    }

    StateElement empty_state() override {
        return {"inbox", context_.tr("There is nothing here at the moment."),
                context_.tr("New entries appear by themselves.")};
    }

    std::vector<KeyHint> own_keys() override {
        if (on_category_) return {};
        return {search_key(context_)};
    }

    Action press_own(Key key) override {
        if (key != Key::Yellow || on_category_) return Stay{};
        return Open{make_search_screen(context_)};
    }

  private:
    Board board_;
    /// Set where it narrows the list under it.
    OnCategory on_category_;
    std::vector<content::CategoryRow> categories_;
};

}  // namespace

std::unique_ptr<Screen> make_item_list_screen(Context& context, Board board, std::string category) {
    return std::make_unique<ItemListScreen>(context, board, std::move(category));
}

std::unique_ptr<Screen> make_category_screen(Context& context, Board board) {
    return std::make_unique<CategoryScreen>(context, board, nullptr);
}

std::unique_ptr<Screen> make_narrowing_screen(Context& context, Board board, OnCategory on_category) {
    return std::make_unique<CategoryScreen>(context, board, std::move(on_category));
}

}  // namespace linli::app
