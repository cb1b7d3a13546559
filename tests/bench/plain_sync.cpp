#include "tests/bench/plain_sync.h"

#include <expat.h>
#include <sqlite3.h>

#include "content/exchange_reader.h"
#include "content/fault.h"

namespace linli::bench {

std::vector<PlainRow> rows_of(const std::string& document) {
    std::vector<PlainRow> rows;
    content::ExchangeReader reader(
        content::ExchangeReader::Strictness::FirstFault,
        [&](const content::Item& item, std::string_view xml, xml::Place) {
            rows.push_back({item.id, item.title(), item.detail(), item.category, item.published.time_since_epoch().count(),
                            static_cast<int>(item.kind()), std::string(xml)});
        },
        [](const content::Fault&) {});
    reader.push(document);
    reader.finish();
    return rows;
}

void insert_plainly(const std::filesystem::path& file, const std::vector<std::vector<PlainRow>>& areas) {
    sqlite3* database = nullptr;
    sqlite3_open(file.c_str(), &database);
    sqlite3_exec(database,
                 "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                 "CREATE TABLE item(area INTEGER, id TEXT, kind INTEGER, category TEXT, published INTEGER, title TEXT, "
                 "detail TEXT, xml BLOB)",
                 nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(database, "INSERT INTO item VALUES (?,?,?,?,?,?,?,?)", -1, &insert, nullptr);
    auto bind = [&](int column, const std::string& text) {
        sqlite3_bind_text(insert, column, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    };
    for (std::size_t area = 0; area < areas.size(); ++area) {
        sqlite3_exec(database, "BEGIN", nullptr, nullptr, nullptr);
        for (const PlainRow& row : areas[area]) {
            sqlite3_bind_int64(insert, 1, static_cast<std::int64_t>(area));
            bind(2, row.id);
            sqlite3_bind_int(insert, 3, row.kind);
            bind(4, row.category);
            sqlite3_bind_int64(insert, 5, row.published);
            bind(6, row.title);
            bind(7, row.detail);
            sqlite3_bind_blob(insert, 8, row.xml.data(), static_cast<int>(row.xml.size()), SQLITE_STATIC);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
    }
    sqlite3_finalize(insert);
    sqlite3_close(database);
}

void parse_plainly(const std::string& document) {
    XML_Parser parser = XML_ParserCreateNS(nullptr, '\n');
    XML_SetElementHandler(parser, [](void*, const XML_Char*, const XML_Char**) {}, [](void*, const XML_Char*) {});
    XML_SetCharacterDataHandler(parser, [](void*, const XML_Char*, int) {});
    XML_Parse(parser, document.data(), static_cast<int>(document.size()), 1);
    XML_ParserFree(parser);
}

}  // namespace linli::bench
