#pragma once

#include <string>
#include <vector>

#include "stb-app/navigation/screen.h"
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
    /// All rows, without their numbers.
    virtual std::vector<RowElement> rows() = 0;
    virtual Action choose(std::size_t row) = 0;
    /// What to show where there are no rows.
    virtual StateElement empty_state() = 0;
    /// More elements for the page of an empty list (a telephone number, say).
    virtual std::vector<Element> empty_extras() { return {}; }
    virtual std::string choose_word() { return context_.tr("Open"); }
    /// Keys of the screen's own.
    virtual std::vector<KeyHint> own_keys() { return {}; }
    virtual Action press_own(input::Key) { return Stay{}; }

    void focus_row(std::size_t row) { focus_ = row; }
    Context& context_;

  private:
    Page frame_page();
    void load();
    std::size_t page_of(std::size_t row) const;
    std::size_t page_count() const { return page_begins_.size(); }
    void turn(int pages);
    /// Keeps the focus on its row when others have come or gone.
    void follow(const std::string& title);

    bool has_rows_ = false;
    std::vector<RowElement> rows_;
    /// The first row of each page.
    std::vector<std::size_t> page_begins_;
    std::size_t focus_ = 0;
    /// Where there are no rows.
    StatePages state_pages_;
};

}  // namespace linli::app
