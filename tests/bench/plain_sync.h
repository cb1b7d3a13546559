#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// What a plain program would do to get items from a document into a database: the limit of the sync benchmarks.
namespace linli::bench {

struct PlainRow {
    std::string id, title, detail, category;
    std::int64_t published = 0;
    int kind = 0;
    std::string xml;
};

std::vector<PlainRow> rows_of(const std::string& document);
/// One table without an index, a transaction an area, WAL.
void insert_plainly(const std::filesystem::path& file, const std::vector<std::vector<PlainRow>>& areas);
/// Expat with handlers that do nothing.
void parse_plainly(const std::string& document);

}  // namespace linli::bench
