#include "content/store_core.h"

#include <algorithm>
#include <utility>

#include "middleware/base/format.h"

namespace linli::content {

using std::chrono::sys_seconds;
using storage::Database;
using storage::Statement;

namespace {

// ?1–?4 are the areas of a chain, ?5 and ?6 the kinds of a board, ?7 the time. Where the time is
// not known it is NULL, and no comparison with it is true.
constexpr std::string_view kInForce =
    "area IN (?1, ?2, ?3, ?4) AND kind IN (?5, ?6)"
    " AND (valid_from > ?7) IS NOT TRUE AND (valid_until < ?7) IS NOT TRUE";

constexpr std::string_view kInCategory = " AND category = ?8";

constexpr std::string_view kNewestFirst = " ORDER BY urgency DESC, published DESC, area, id";
constexpr std::string_view kNearestFirst = " ORDER BY length(area) DESC, title, id";

constexpr std::string_view kWindow = " LIMIT ?9 OFFSET ?10";

constexpr std::size_t kLongestChain = 4;

/// The area in a row: nearly always one of the chain, so that it is not parsed again.
std::optional<AreaCode> area_in_row(std::string_view text, const std::vector<AreaCode>& chain) {
    auto found = std::ranges::find(chain, text, &AreaCode::str);
    return found == chain.end() ? AreaCode::parse(text) : std::optional(*found);
}

}  // namespace

void bind_optional(Statement& statement, std::optional<std::int64_t> value) {
    if (value) {
        statement.bind(*value);
    } else {
        statement.bind_null();
    }
}

void bind_time(Statement& statement, std::optional<sys_seconds> time) {
    bind_optional(statement, time ? std::optional(to_number(*time)) : std::nullopt);
}

void bind_chain(Statement& statement, const std::vector<AreaCode>& chain) {
    for (std::size_t i = 0; i < kLongestChain; ++i) {
        if (i < chain.size()) {
            statement.bind(chain[i].str());
        } else {
            statement.bind_null();
        }
    }
}

std::optional<ItemRow> row_at(const Statement& statement, const std::vector<AreaCode>& chain) {
    auto area = area_in_row(statement.text(0), chain);
    if (!area) return std::nullopt;
    return ItemRow{{std::move(*area), std::string(statement.text(3))},
                   static_cast<Kind>(statement.integer(1)),
                   std::string(statement.text(6)),
                   std::string(statement.text(7)),
                   std::string(statement.text(2)),
                   static_cast<Urgency>(statement.integer(4)),
                   to_time(statement.integer(5))};
}

ReadStatements::ReadStatements(Database& database)
    : all{database, ""},
      of_category{database, kInCategory},
      counts(database.prepare(base::format(
          "SELECT category, count(*) FROM items WHERE {} GROUP BY category", kInForce))),
      // With max(), the other columns are those of the nearest area.
      categories(database.prepare("SELECT id, name, icon, max(length(area)) FROM categories"
                                  " WHERE area IN (?1, ?2, ?3, ?4) AND board = ?5"
                                  " GROUP BY id ORDER BY position, name")),
      item(database.prepare("SELECT xml FROM names JOIN texts USING (item) WHERE area = ? AND id = ?")),
      portal(database.prepare(
          base::format("SELECT xml FROM items JOIN texts USING (item)"
                       " WHERE area IN (?1, ?2, ?3, ?4) AND kind = {}"
                       " ORDER BY length(area) DESC, id LIMIT 1",
                       static_cast<int>(Kind::Portal)))),
      version(database.prepare("SELECT sequence, content_hash, published FROM parts WHERE area = ? AND part = ?")) {}

ReadStatements::Lists::Lists(Database& database, std::string_view narrowed)
    : newest(database.prepare(base::format("SELECT {} FROM items WHERE {}{}{}{}", kRowColumns, kInForce, narrowed, kNewestFirst, kWindow))),
      nearest(database.prepare(base::format("SELECT {} FROM items WHERE {}{}{}{}", kRowColumns, kInForce, narrowed, kNearestFirst, kWindow))),
      count(database.prepare(base::format("SELECT count(*) FROM items WHERE {}{}", kInForce, narrowed))) {}

}  // namespace linli::content
