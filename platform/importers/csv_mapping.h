#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "platform/importers/csv_table.h"

namespace linli::platform {

/// Says which column of a table is which field of a listing. Lines of text, each `FIELD = VALUE`;
/// `#` begins a comment. VALUE is the name of a column, text in which {Column} stands for a cell
/// (`address = {Street} {No}`), or text in quotation marks, the same for all rows. After the field
/// may stand what a telephone number is for, the heading of a text, or the value of the category's
/// column that is meant:
///
///     name = Company
///     telephone At night = Phone 2
///     text Getting there = Bus line {Bus}
///     category = Trade
///     category Baker = shops
class CsvMapping {
  public:
    // clang-format off
    enum class Field { Id, Name, Provider, Summary, Offer, Address, Hours, Telephone, Price, Eligibility, Text, Category, Published };
    // clang-format on

    struct Rule {
        Field field;
        /// What stands between the field and the `=`.
        std::string label;
        std::string value;
        std::size_t line = 0;
    };

    /// An error names the line.
    static base::Result<CsvMapping> parse(std::string_view text);

    /// Whether every column that is named is there; an error names the line and the columns that
    /// are.
    base::Result<void> check(const CsvTable& table) const;

    /// The rules of a field, in the order of the file.
    std::vector<const Rule*> rules(Field field) const;
    /// The text of a rule for a row, empty when all cells that it names are.
    static std::string fill(const Rule& rule, const CsvTable& table, const CsvTable::Row& row);
    /// The text of the first rule of a field that gives one.
    std::string text(Field field, const CsvTable& table, const CsvTable::Row& row) const;
    /// The category that a value of the category's column means; the value itself where no rule
    /// says.
    std::string category(const std::string& value) const;

  private:
    std::vector<Rule> rules_;
};

}  // namespace linli::platform
