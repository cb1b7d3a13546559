#include "platform/importers/csv_mapping.h"

#include <algorithm>

#include "middleware/base/format.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

using Field = CsvMapping::Field;

constexpr std::pair<std::string_view, Field> kFields[] = {{"id", Field::Id},
                                                          {"name", Field::Name},
                                                          {"provider", Field::Provider},
                                                          {"summary", Field::Summary},
                                                          {"offer", Field::Offer},
                                                          {"address", Field::Address},
                                                          {"hours", Field::Hours},
                                                          {"telephone", Field::Telephone},
                                                          {"price", Field::Price},
                                                          {"eligibility", Field::Eligibility},
                                                          {"text", Field::Text},
                                                          {"category", Field::Category},
                                                          {"published", Field::Published}};

std::string names_of_fields() {
    std::string names;
    for (const auto& [name, field] : kFields)
        names += (names.empty() ? "" : ", ") + std::string(name);
    return names;
}

/// A part of a value: text as it is, or the name of a column.
struct Part {
    bool is_column = false;
    std::string_view text;
};

std::vector<Part> split(std::string_view value) {
    std::vector<Part> parts;
    while (!value.empty()) {
        std::size_t begin = std::min(value.find('{'), value.size());
        std::size_t end = value.find('}', begin);
        if (end == value.npos) begin = value.size();
        if (begin > 0) parts.push_back({false, value.substr(0, begin)});
        if (begin == value.size()) break;
        parts.push_back({true, trim(value.substr(begin + 1, end - begin - 1))});
        value.remove_prefix(end + 1);
    }
    return parts;
}

bool is_quoted(std::string_view value) {
    return value.size() >= 2 && value.front() == '"' && value.back() == '"';
}

bool labels_may_stand_after(Field field) {
    return field == Field::Telephone || field == Field::Text || field == Field::Category;
}

}  // namespace

base::Result<CsvMapping> CsvMapping::parse(std::string_view text) {
    CsvMapping mapping;
    for (std::size_t line = 1; !text.empty(); ++line) {
        std::string_view row = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(row.size() + 1, text.size()));
        row = trim(row);
        if (row.empty() || row.starts_with('#')) continue;
        auto sign = row.find('=');
        if (sign == row.npos)
            return base::fail(base::format("line {}: expected FIELD = VALUE", line));
        std::string_view left = trim(row.substr(0, sign));
        std::string_view name = left.substr(0, left.find_first_of(" \t"));
        auto found = std::ranges::find(kFields, name, &std::pair<std::string_view, Field>::first);
        if (found == std::end(kFields))
            return base::fail(base::format("line {}: \"{}\" is no field, expected one of {}", line,
                                           name, names_of_fields()));
        Rule rule{found->second, std::string(trim(left.substr(name.size()))),
                  std::string(trim(row.substr(sign + 1))), line};
        if (!rule.label.empty() && !labels_may_stand_after(rule.field))
            return base::fail(
                base::format("line {}: nothing may stand between {} and =", line, name));
        if (rule.value.empty())
            return base::fail(base::format("line {}: nothing stands after =", line));
        mapping.rules_.push_back(std::move(rule));
    }
    if (mapping.rules(Field::Name).empty())
        return base::fail("it does not say which column is the name");
    return mapping;
}

base::Result<void> CsvMapping::check(const CsvTable& table) const {
    std::string columns;
    for (const std::string& name : table.columns)
        columns += (columns.empty() ? "\"" : ", \"") + name + "\"";
    for (const Rule& rule : rules_) {
        bool is_meaning = rule.field == Field::Category && !rule.label.empty();
        if (is_meaning || is_quoted(rule.value) || table.column(rule.value)) continue;
        auto parts = split(rule.value);
        bool names_columns = std::ranges::any_of(parts, &Part::is_column);
        for (const Part& part : parts)
            if ((part.is_column || !names_columns) && !table.column(part.text))
                return base::fail(base::format("line {}: the table has no column \"{}\", only {}",
                                               rule.line, part.text, columns));
    }
    return {};
}

std::vector<const CsvMapping::Rule*> CsvMapping::rules(Field field) const {
    std::vector<const Rule*> found;
    for (const Rule& rule : rules_)
        if (rule.field == field) found.push_back(&rule);
    return found;
}

std::string CsvMapping::fill(const Rule& rule, const CsvTable& table, const CsvTable::Row& row) {
    if (auto column = table.column(rule.value)) return std::string(CsvTable::cell(row, *column));
    if (is_quoted(rule.value)) return rule.value.substr(1, rule.value.size() - 2);
    std::string text;
    bool holds_cells = false;
    for (const Part& part : split(rule.value)) {
        std::string_view piece = part.text;
        if (part.is_column) {
            auto column = table.column(part.text);
            piece = column ? CsvTable::cell(row, *column) : std::string_view();
            holds_cells |= !piece.empty();
        }
        text += piece;
    }
    return holds_cells ? std::string(trim(text)) : std::string();
}

std::string CsvMapping::text(Field field, const CsvTable& table, const CsvTable::Row& row) const {
    for (const Rule* rule : rules(field))
        if (std::string text = fill(*rule, table, row); !text.empty()) return text;
    return {};
}

std::string CsvMapping::category(const std::string& value) const {
    for (const Rule& rule : rules_)
        if (rule.field == Field::Category && !rule.label.empty() && rule.label == value)
            return rule.value;
    return value;
}

}  // namespace linli::platform
