#include "stb-app/screens/category_looks.h"

namespace linli::app {

const CategoryLooks::Look* CategoryLooks::find(content::Board board, const std::string& category) {
    auto [looks, is_new] = boards_.try_emplace(board);
    if (is_new) {
        int hue = 0;
        if (auto rows = context_.content.all_categories(board, context_.chain))
            for (content::CategoryRow& row : *rows) looks->second.emplace(row.id, Look{row.name, row.icon, hue++});
    }
    auto found = looks->second.find(category);
    return found == looks->second.end() ? nullptr : &found->second;
}

}  // namespace linli::app
