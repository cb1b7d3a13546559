#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"

namespace linli::platform {

/// A table with named columns. Rows may be shorter than the heading; what is beyond it is passed
/// over.
struct CsvTable {
    struct Row {
        /// Where in the text it begins, from 1.
        std::size_t line = 0;
        std::vector<std::string> cells;
    };
    std::vector<std::string> columns;
    std::vector<Row> rows;

    /// Nothing when there is no column of that name.
    std::optional<std::size_t> column(std::string_view name) const;
    /// Empty where the row is too short.
    static std::string_view cell(const Row& row, std::size_t column);
};

/// Reads a table whose first row names the columns. Cells are parted by commas, semicolons or tabs,
/// whichever the first line has most of; cells in quotes may hold line breaks. Empty rows are no
/// rows. An error names the line.
/// @spec RFC 4180
base::Result<CsvTable> read_csv(std::string_view text);

}  // namespace linli::platform
