#pragma once

#include <map>
#include <string>

#include "stb-app/navigation/screen.h"

namespace linli::app {

/// How the categories of a board look on its rows. Read from the store when first asked for, and again after `forget`.
class CategoryLooks {
  public:
    explicit CategoryLooks(const Context& context) : context_(context) {}

    struct Look {
        std::string name;
        std::string icon;
        int hue;
    };
    /// Null for a category that there is not (any more).
    const Look* find(content::Board board, const std::string& category);
    void forget() { boards_.clear(); }

  private:
    const Context& context_;
    std::map<content::Board, std::map<std::string, Look>> boards_;
};

}  // namespace linli::app
