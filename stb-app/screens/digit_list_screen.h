#pragma once

#include <string>
#include <vector>

#include "stb-app/screens/list_screen.h"

namespace linli::app {

/// Finds by the digit keys: what is typed stands in a field, and under it a list of what it finds. Left takes the last
/// digit back. Subclasses say what is found and what to say where nothing is.
class DigitListScreen : public ListScreen {
  protected:
    explicit DigitListScreen(Context& context) : ListScreen(context) {}

    const std::string& digits() const { return digits_; }

    std::string title() override;
    bool has_numbers() const final { return false; }
    std::vector<Element> head() final;
    bool take(input::Key key) final;
    void describe_empty(Page& page) final;
    std::vector<KeyHint> legend(Pages pages) override;

  private:
    std::string digits_;
};

}  // namespace linli::app
