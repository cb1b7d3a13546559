#include "platform/importers/html_table.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace linli::platform {
namespace {

constexpr std::size_t kMostColumns = 32;
constexpr std::size_t kMostRowSpan = 200;

bool is_cell(const HtmlNode& node) {
    return node.name == "td" || node.name == "th";
}

std::size_t span_of(const HtmlNode& cell, std::string_view attribute, std::size_t most) {
    std::string_view text = cell.attribute(attribute);
    std::size_t span = 1;
    std::from_chars(text.data(), text.data() + text.size(), span);
    return std::clamp<std::size_t>(span, 1, most);
}

bool holds_table(const HtmlNode& node) {
    return std::ranges::any_of(node.children, [](const HtmlNode& child) {
        return child.name == "table" || holds_table(child);
    });
}

void collect_rows(const HtmlNode& node, std::vector<const HtmlNode*>& rows) {
    for (const HtmlNode& child : node.children) {
        if (child.name == "tr") rows.push_back(&child);
        if (child.name == "thead" || child.name == "tbody" || child.name == "tfoot")
            collect_rows(child, rows);
    }
}

/// What cells of rows above put into a column: a text, and for how many rows more.
struct Hanging {
    std::string text;
    std::size_t rows = 0;
};

std::vector<std::string> read_row(const HtmlNode& row, std::map<std::size_t, Hanging>& hanging,
                                  const std::function<std::string(const HtmlNode&)>& text_of) {
    std::vector<std::string> cells;
    auto fill_from_above = [&] {
        for (auto found = hanging.find(cells.size());
             found != hanging.end() && found->second.rows > 0; found = hanging.find(cells.size())) {
            --found->second.rows;
            cells.push_back(found->second.text);
        }
    };
    for (const HtmlNode& cell : row.children) {
        if (!is_cell(cell)) continue;
        fill_from_above();
        std::size_t columns = span_of(cell, "colspan", kMostColumns);
        std::size_t rows = span_of(cell, "rowspan", kMostRowSpan);
        for (std::size_t i = 0; i < columns && cells.size() < kMostColumns; ++i) {
            std::string text = i == 0 ? text_of(cell) : std::string();
            if (rows > 1) hanging[cells.size()] = {text, rows - 1};
            cells.push_back(std::move(text));
        }
    }
    fill_from_above();
    return cells;
}

}  // namespace

std::optional<content::Table> read_html_table(
    const HtmlNode& node, const std::function<std::string(const HtmlNode&)>& text_of) {
    if (holds_table(node)) return std::nullopt;
    std::vector<const HtmlNode*> rows;
    collect_rows(node, rows);
    content::Table table;
    std::map<std::size_t, Hanging> hanging;
    std::size_t columns = 0;
    for (const HtmlNode* row : rows) {
        auto cells = read_row(*row, hanging, text_of);
        if (cells.empty()) continue;
        columns = std::max(columns, cells.size());
        table.rows.push_back(std::move(cells));
    }
    if (table.rows.size() < 2 || columns < 2) return std::nullopt;
    for (auto& row : table.rows)
        row.resize(columns);
    return table;
}

}  // namespace linli::platform
