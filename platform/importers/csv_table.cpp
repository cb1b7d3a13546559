#include "platform/importers/csv_table.h"

#include <csv.h>

#include <algorithm>

#include "middleware/base/format.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

constexpr std::size_t kMostColumns = 1000;
constexpr std::size_t kMostRows = 1'000'000;
constexpr std::size_t kBufferStep = 4096;

unsigned char find_separator(std::string_view text) {
    std::string_view heading = text.substr(0, text.find('\n'));
    auto count = [&](char c) { return std::ranges::count(heading, c); };
    return static_cast<unsigned char>(std::ranges::max({',', ';', '\t'}, {}, count));
}

/// The parser of libcsv, with the line that it is at.
class Parser {
  public:
    explicit Parser(unsigned char separator) {
        ::csv_init(&parser_, 0);
        ::csv_set_delim(&parser_, separator);
        ::csv_set_blk_size(&parser_, kBufferStep);
        // A tab parts cells and is no space then.
        ::csv_set_space_func(&parser_,
                             [](unsigned char c) { return static_cast<int>(c == CSV_SPACE); });
    }
    ~Parser() { ::csv_free(&parser_); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    base::Result<std::vector<CsvTable::Row>> read(std::string_view text) {
        for (std::size_t line = 1; !text.empty() && rows_.size() <= kMostRows; ++line) {
            std::string_view piece = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
            text.remove_prefix(piece.size());
            if (is_between_rows_) row_.line = line;
            is_between_rows_ = false;
            if (::csv_parse(&parser_, piece.data(), piece.size(), on_cell, on_row, this) !=
                piece.size())
                return fail();
            if (row_.cells.empty() && !parser_.quoted && parser_.entry_pos == 0)
                is_between_rows_ = true;
        }
        // Quotation marks within a cell are let pass; one that is never closed swallows the rest.
        ::csv_set_opts(&parser_, CSV_STRICT | CSV_STRICT_FINI);
        if (::csv_fini(&parser_, on_cell, on_row, this) != 0) return fail();
        return std::move(rows_);
    }

  private:
    std::unexpected<base::Error> fail() const {
        return base::fail(
            base::format("line {}: {}", row_.line,
                         ::csv_error(&parser_) == CSV_EPARSE
                             ? "a cell begins with a quotation mark that is never closed"
                             : ::csv_strerror(::csv_error(&parser_))));
    }

    static void on_cell(void* bytes, std::size_t length, void* self) {
        static_cast<Parser*>(self)->row_.cells.emplace_back(static_cast<const char*>(bytes),
                                                            length);
    }
    static void on_row(int, void* self_pointer) {
        auto* self = static_cast<Parser*>(self_pointer);
        bool is_empty = std::ranges::all_of(
            self->row_.cells, [](const std::string& cell) { return trim(cell).empty(); });
        if (!is_empty) self->rows_.push_back(std::move(self->row_));
        self->row_ = {};
        self->is_between_rows_ = true;
    }

    mutable csv_parser parser_{};
    CsvTable::Row row_;
    std::vector<CsvTable::Row> rows_;
    bool is_between_rows_ = true;
};

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
    auto found = std::ranges::find(columns, name);
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

std::string_view CsvTable::cell(const Row& row, std::size_t column) {
    return column < row.cells.size() ? trim(row.cells[column]) : std::string_view();
}

base::Result<CsvTable> read_csv(std::string_view text) {
    LINLI_TRY(rows, Parser(find_separator(text)).read(text));
    if (rows.empty()) return base::fail("the table has no first row that names its columns");
    if (rows.front().cells.size() > kMostColumns || rows.size() > kMostRows)
        return base::fail(
            base::format("the table has more than {} columns or {} rows", kMostColumns, kMostRows));
    CsvTable table;
    for (const std::string& name : rows.front().cells)
        table.columns.push_back(clean_text(name));
    rows.erase(rows.begin());
    table.rows = std::move(rows);
    return table;
}

}  // namespace linli::platform
