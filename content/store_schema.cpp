#include "content/store_schema.h"

#include <string>

namespace linli::content {

namespace {

// Items are appended as they come, which is what SQLite does fastest; their numbers are never used again, so that the
// search index can name them. Their names are in a table of their own, which a new part of an area fills at its end and in
// order: an index would be written all over. One index finds a list, and counts it without the items themselves. The XML
// of the items is in a table of its own, so that a list reads few pages. Categories are few and asked for by board. `part` is the number of `Part`: nearly everything is in the first, so that only the other is
// found by an index.
constexpr std::string_view kSchema = R"sql(
    CREATE TABLE items (
        item INTEGER PRIMARY KEY, area TEXT NOT NULL, part INTEGER NOT NULL, kind INTEGER NOT NULL,
        category TEXT NOT NULL, id TEXT NOT NULL, urgency INTEGER NOT NULL, published INTEGER NOT NULL,
        valid_from INTEGER, valid_until INTEGER, title TEXT NOT NULL, detail TEXT NOT NULL);
    CREATE TABLE texts (item INTEGER PRIMARY KEY, xml BLOB NOT NULL);
    CREATE TABLE names (
        area TEXT NOT NULL, id TEXT NOT NULL, item INTEGER NOT NULL,
        PRIMARY KEY (area, id)) WITHOUT ROWID;
    CREATE INDEX item_lists ON items (area, kind, category, valid_from, valid_until);
    CREATE INDEX item_alerts ON items (area) WHERE part = 1;
    CREATE TABLE categories (
        area TEXT NOT NULL, part INTEGER NOT NULL, board INTEGER NOT NULL, id TEXT NOT NULL,
        name TEXT NOT NULL, icon TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (area, board, id)) WITHOUT ROWID;
    CREATE TABLE objects (
        item INTEGER NOT NULL, sha256 TEXT NOT NULL, length INTEGER NOT NULL, is_prefetched INTEGER NOT NULL,
        PRIMARY KEY (item, sha256)) WITHOUT ROWID;
    CREATE INDEX object_names ON objects (sha256, length);
    CREATE TABLE parts (
        area TEXT NOT NULL, part INTEGER NOT NULL, sequence INTEGER NOT NULL, content_hash TEXT NOT NULL,
        published INTEGER NOT NULL, items INTEGER NOT NULL,
        PRIMARY KEY (area, part)) WITHOUT ROWID;
    CREATE TABLE search_segments (
        segment INTEGER PRIMARY KEY, area TEXT NOT NULL, part INTEGER NOT NULL,
        first_item INTEGER NOT NULL, last_item INTEGER NOT NULL, bytes INTEGER NOT NULL);
    CREATE TABLE search_blocks (key INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
)sql";

// Version 1 knew no parts, objects and search. What it has is still shown; its content has no hash any more, so that
// the next sync fetches it again, with all that is missing.
constexpr std::string_view kMakeRoom = R"sql(
    DROP INDEX item_names;
    DROP INDEX item_lists;
    ALTER TABLE items RENAME TO old_items;
    ALTER TABLE texts RENAME TO old_texts;
    ALTER TABLE categories RENAME TO old_categories;
)sql";
constexpr std::string_view kMoveIn = R"sql(
    INSERT INTO items SELECT rowid, area, 0, kind, category, id, urgency, published, valid_from, valid_until,
        title, detail FROM old_items;
    INSERT INTO names SELECT area, id, rowid FROM old_items;
    INSERT INTO texts SELECT item, xml FROM old_texts;
    INSERT INTO categories SELECT area, 0, board, id, name, icon, position FROM old_categories;
    INSERT INTO parts SELECT area, 0, sequence, '', published, 0 FROM areas;
    DROP TABLE old_items;
    DROP TABLE old_texts;
    DROP TABLE old_categories;
    DROP TABLE areas;
)sql";

}  // namespace

std::vector<storage::Migration> store_migrations() {
    using enum storage::Migration::Then;
    return {{0, kStoreVersion, std::string(kSchema), Nothing},
            {1, kStoreVersion, std::string(kMakeRoom).append(kSchema).append(kMoveIn), Vacuum}};
}

}  // namespace linli::content
