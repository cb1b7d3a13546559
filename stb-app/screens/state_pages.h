#pragma once

#include <string>
#include <vector>

#include "stb-app/navigation/screen.h"

namespace linli::app {

/// What a screen shows where it has nothing else: a sentence, a telephone number perhaps, and a way out, over as
/// many pages as they need. The button turns to the next page while there is one.
class StatePages {
  public:
    explicit StatePages(Context& context) : context_(context) {}

    /// Adds elements, button, focus and legend to a page that has its title. `last` is what the button of the last
    /// page says.
    void describe(Page& page, std::vector<Element> elements, const std::string& last);
    /// OK on the last page leads back.
    Action press(input::Key key);
    void start_again() { index_ = 0; }

  private:
    Context& context_;
    std::size_t index_ = 0;
    std::size_t count_ = 1;
};

}  // namespace linli::app
