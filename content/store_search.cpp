#include "content/store_core.h"
#include "middleware/base/format.h"

namespace linli::content {

using base::Result;
using std::chrono::sys_seconds;
using storage::Statement;

Result<std::vector<ItemRow>> ContentStore::search(std::string_view words, const std::vector<AreaCode>& chain,
                                                  std::optional<sys_seconds> now, ItemWindow window) {
    Statement statement = impl_->database.prepare(base::format(
        "SELECT {} FROM items WHERE area IN (?1, ?2, ?3, ?4) AND kind >= 3 AND (valid_from > ?5) IS NOT TRUE AND"
        " (valid_until < ?5) IS NOT TRUE AND instr(title, ?6) > 0 ORDER BY length(area) DESC, item LIMIT ?7 OFFSET ?8",
        kRowColumns));
    bind_chain(statement, chain);
    bind_time(statement, now);
    statement.bind(words).bind(static_cast<std::int64_t>(window.most)).bind(static_cast<std::int64_t>(window.first));
    std::vector<ItemRow> rows;
    while (statement.step())
        if (auto row = row_at(statement, chain)) rows.push_back(std::move(*row));
    LINLI_CHECK(statement.finish());
    return rows;
}

Result<std::vector<ItemRow>> ContentStore::search_by_digits(std::string_view, const std::vector<AreaCode>&,
                                                            std::optional<sys_seconds>, ItemWindow) {
    return {};
}

Result<std::vector<std::string>> ContentStore::words_of_digits(std::string_view, const std::vector<AreaCode>&,
                                                               std::optional<sys_seconds>, std::size_t) {
    return {};
}

}  // namespace linli::content
