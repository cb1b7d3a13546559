#pragma once

#include <string>
#include <vector>

#include "stb-app/navigation/screen.h"
#include "stb-app/screens/legend.h"
#include "stb-app/screens/state_pages.h"

namespace linli::app {

/// A list in pages. Up and Down move the focus and turn the page at its ends; Left and Right turn it; a digit
/// chooses the row that bears it. Subclasses say what the rows are and what choosing one does.
class ListScreen : public Screen {
  public:
    Page describe() final;
    Action press(input::Key key) final;
    void reload() override { has_rows_ = false; }

  protected:
    explicit ListScreen(Context& context) : context_(context), state_pages_(context) {}

    virtual std::string id() const = 0;
    virtual std::string title() = 0;
    /// Fetches what the rows are made of; returns how many there are.
    virtual std::size_t load_rows() = 0;
    /// One row, without its number. A `Measured` row has the longest texts that it may get while the list is open.
    enum class RowUse { Shown, Measured };
    virtual RowElement row(std::size_t index, RowUse use) = 0;
    virtual Action choose(std::size_t row) = 0;
    /// What to show where there are no rows.
    virtual StateElement empty_state() = 0;
    /// What the page of an empty list shows: the state, and perhaps more (a telephone number, say).
    virtual std::vector<Element> empty_elements() { return {empty_state()}; }
    virtual std::string choose_word() { return context_.tr("Open"); }
    /// Keys of the screen's own.
    virtual std::vector<KeyHint> own_keys() { return {}; }
    virtual Action press_own(input::Key) { return Stay{}; }

    // For a list whose keys do something else.

    /// What stands above the rows of every page.
    virtual std::vector<Element> head() { return {}; }
    /// A key before the list sees it; true: the list does not.
    virtual bool take(input::Key) { return false; }
    /// Whether rows bear the digits that choose them.
    virtual bool has_numbers() const { return true; }
    virtual std::vector<KeyHint> legend(Pages pages) { return list_legend(context_, pages, choose_word(), own_keys()); }
    /// The page of a list without rows, which has its title, head and legend; by default a state and a way back.
    virtual void describe_empty(Page& page);

    void focus_row(std::size_t row) { focus_ = row; }
    std::size_t focused_row() const { return focus_; }
    /// How many rows there are now.
    std::size_t count() const { return count_; }
    /// Other rows: from the first one on.
    void start_again();
    /// How many rows, of which `row` tells the contents, fill the first page.
    std::size_t rows_that_fit(std::size_t count, const std::function<RowElement(std::size_t)>& row);
    Context& context_;

  private:
    Page frame_page();
    void load();
    /// The rows [begin, end) of one page.
    struct Extent {
        std::size_t begin;
        std::size_t end;
    };
    Extent page_with(std::size_t row);
    void turn(int pages);
    /// Keeps the focus on its row when others have come or gone.
    void follow_focused_row();

    bool has_rows_ = false;
    std::size_t count_ = 0;
    /// The first row of each page, as far as pages have been asked for, and of the one after them.
    std::vector<std::size_t> page_begins_;
    std::size_t focus_ = 0;
    std::string focused_title_;
    /// Where there are no rows.
    StatePages state_pages_;
};

}  // namespace linli::app
