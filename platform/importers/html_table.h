#pragma once

#include <functional>
#include <optional>
#include <string>

#include "content/model.h"
#include "platform/importers/html_tree.h"

namespace linli::platform {

/// The cells of a table, each row equally long: a cell that spans rows stands in each of them, one
/// that spans columns in the first. `text_of` gives the text of a cell. Nothing where the table
/// only lays out a page: one row or column, or a table within a table.
std::optional<content::Table> read_html_table(
    const HtmlNode& table, const std::function<std::string(const HtmlNode&)>& text_of);

}  // namespace linli::platform
