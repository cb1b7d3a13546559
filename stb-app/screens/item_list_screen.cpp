// The lists of notices, services and guides, and the categories they can be narrowed to.

#include <algorithm>
#include <map>

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
        default: return context.tr("Notices");
    }
}

std::string board_id(Board board) {
    switch (board) {
        case Board::Services: return "services";
        case Board::Guides: return "guides";
        default: return "notices";
    }
}

class ItemListScreen final : public ListScreen {
  public:
    ItemListScreen(Context& context, Board board, std::string category)
        : ListScreen(context), board_(board), category_(std::move(category)) {}

    /// The notice that was open is read now.
    void resume() override {
        if (board_ == Board::Notices) reload();
    }

  protected:
    std::string id() const override { return board_id(board_); }

    std::string title() override {
        if (category_.empty()) return board_title(context_, board_);
        load_categories();
        auto found = categories_.find(category_);
        return found == categories_.end() ? board_title(context_, board_) : found->second.name;
    }

    std::vector<RowElement> rows() override {
        items_.clear();
        categories_.clear();
        auto items = context_.content.items(board_, category_, context_.chain, context_.now());
        if (items) items_ = std::move(*items);
        else context_.log.error("list of items: " + items.error().message);
        load_categories();
        std::vector<RowElement> rows;
        rows.reserve(items_.size());
        for (const ItemRow& item : items_) rows.push_back(row(item));
        return rows;
    }

    Action choose(std::size_t row) override { return Open{make_item_screen(context_, items_[row].key)}; }

    StateElement empty_state() override {
        return {"inbox", context_.tr("There is nothing here at the moment."),
                context_.tr("New entries appear by themselves.")};
    }

    std::vector<KeyHint> own_keys() override {
        if (board_ == Board::Services) return {};
        return {{{Key::Green}, context_.tr("Categories")}};
    }

    Action press_own(Key key) override {
        if (key != Key::Green || board_ == Board::Services) return Stay{};
        return Replace{make_category_screen(context_, board_, CategoryChoice::Replace)};
    }

  private:
    struct CategoryLook {
        std::string name;
        std::string icon;
        int hue;
    };

    void load_categories() {
        if (!categories_.empty()) return;
        auto categories = context_.content.categories(board_, context_.chain, context_.now());
        if (!categories) return;
        int hue = 0;
        for (content::CategoryRow& category : *categories)
            categories_.emplace(category.id, CategoryLook{category.name, category.icon, hue++});
    }

    RowElement row(const ItemRow& item) {
        RowElement row;
        row.title = item.title;
        if (auto look = categories_.find(item.category); look != categories_.end()) {
            row.symbol = look->second.icon;
            row.hue = look->second.hue;
        }
        if (board_ == Board::Notices) {
            row.detail = words::day(context_, item.published);
            row.is_done = context_.household.is_read(item.key);
            // Translators: {} is a date.
            if (row.is_done) row.detail = context_.tr("read, {}", row.detail);
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
        }
        return row;
    }

    Board board_;
    std::string category_;
    std::vector<ItemRow> items_;
    std::map<std::string, CategoryLook> categories_;
};

class CategoryScreen final : public ListScreen {
  public:
    CategoryScreen(Context& context, Board board, CategoryChoice choice)
        : ListScreen(context), board_(board), choice_(choice) {}

  protected:
    std::string id() const override { return board_id(board_) + ".categories"; }
    std::string title() override { return board_title(context_, board_); }

    std::vector<RowElement> rows() override {
        auto categories = context_.content.categories(board_, context_.chain, context_.now());
        if (categories) categories_ = std::move(*categories);
        else context_.log.error("list of categories: " + categories.error().message);
        std::vector<RowElement> rows;
        int hue = 0;
        if (choice_ == CategoryChoice::Replace && !categories_.empty()) {
            content::CategoryRow all{"", context_.tr("All"), "inbox", 0};
            for (const auto& category : categories_) all.items += category.items;
            categories_.insert(categories_.begin(), all);
            hue = -1;
        }
        for (const content::CategoryRow& category : categories_) {
            RowElement row;
            row.title = category.name;
            row.symbol = category.icon;
            row.hue = hue++;
            row.detail = context_.tr_n("{} entry", "{} entries", category.items);
            rows.push_back(std::move(row));
        }
        return rows;
    }

    Action choose(std::size_t row) override {
        auto list = make_item_list_screen(context_, board_, categories_[row].id);
        if (choice_ == CategoryChoice::Replace) return Replace{std::move(list)};
        return Open{std::move(list)};
    }

    StateElement empty_state() override {
        return {"inbox", context_.tr("There is nothing here at the moment."),
                context_.tr("New entries appear by themselves.")};
    }

  private:
    Board board_;
    CategoryChoice choice_;
    std::vector<content::CategoryRow> categories_;
};

}  // namespace

std::unique_ptr<Screen> make_item_list_screen(Context& context, Board board, std::string category) {
    return std::make_unique<ItemListScreen>(context, board, std::move(category));
}

std::unique_ptr<Screen> make_category_screen(Context& context, Board board, CategoryChoice choice) {
    return std::make_unique<CategoryScreen>(context, board, choice);
}

}  // namespace linli::app
