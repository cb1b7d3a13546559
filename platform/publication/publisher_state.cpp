#include "platform/publication/publisher_state.h"

#include <system_error>

#include "middleware/base/format.h"

namespace linli::platform {

using base::Result;
using storage::Database;

namespace {

/// Rises when the tables change, or what is written of an item does: the state of a publisher before is not used then.
constexpr std::int64_t kVersion = 1;

// files      an editor's files; `stamp` says what the file was like when it was read, empty where it may have been
//            written at that very moment
// items      in canonical form; `place` sorts them canonically, `name` tells them apart in their area; `changed`: since
//            the content of this generation of their part they have been what they are
// mentions   what a file names: what 0 a category (of a board), 1 an item (of a kind), 2 a file of the folder
// objects    the files of the folder that are named
// contents   of a part of an area: the present one and those from which deltas lead on; one generation more each
// frames     of the present content; one that is missing has to be packed again. `place` is that of its last item
// removals   what a part lost on the way to a generation
// used       files of the tree that the present heads and contents name
// garbage    files of the tree that nothing names, and since when
constexpr std::string_view kTables = R"(
CREATE TABLE files(id INTEGER PRIMARY KEY, path TEXT UNIQUE, stamp BLOB, area TEXT, items INTEGER);
CREATE TABLE items(id INTEGER PRIMARY KEY, file INTEGER, area TEXT, part INTEGER, place BLOB, name TEXT, kind INTEGER,
                   ends_frame INTEGER, changed INTEGER, xml TEXT);
CREATE UNIQUE INDEX items_by_name ON items(area, name);
CREATE UNIQUE INDEX items_by_place ON items(area, part, place);
CREATE INDEX items_at_ends ON items(area, part, place) WHERE ends_frame;
CREATE INDEX items_by_file ON items(file);
CREATE INDEX items_changed ON items(area, part, changed) WHERE changed > 0;
CREATE TABLE mentions(file INTEGER, what INTEGER, of INTEGER, target TEXT, PRIMARY KEY(file, what, of, target))
    WITHOUT ROWID;
CREATE INDEX mentions_by_target ON mentions(target);
CREATE TABLE objects(path TEXT PRIMARY KEY, stamp BLOB, hash TEXT, length INTEGER, media_type TEXT) WITHOUT ROWID;
CREATE TABLE contents(area TEXT, part INTEGER, generation INTEGER, hash TEXT, length INTEGER, unpacked INTEGER,
                      items INTEGER, stamp BLOB, PRIMARY KEY(area, part, generation)) WITHOUT ROWID;
CREATE TABLE frames(area TEXT, part INTEGER, place BLOB, start INTEGER, length INTEGER, unpacked INTEGER,
                    items INTEGER, PRIMARY KEY(area, part, place)) WITHOUT ROWID;
CREATE TABLE removals(area TEXT, part INTEGER, place BLOB, kind INTEGER, name TEXT, generation INTEGER,
                      PRIMARY KEY(area, part, kind, name)) WITHOUT ROWID;
CREATE TABLE used(area TEXT, part INTEGER, path TEXT, PRIMARY KEY(path, area, part)) WITHOUT ROWID;
CREATE INDEX used_by_area ON used(area, part);
CREATE TABLE garbage(path TEXT PRIMARY KEY, since INTEGER) WITHOUT ROWID;
)";

std::filesystem::path state_file(const std::filesystem::path& tree) { return tree / ".publisher" / "state.db"; }

void remove_state(const std::filesystem::path& tree) {
    for (const char* ending : {"", "-wal", "-shm"}) {
        std::filesystem::path file = state_file(tree);
        file += ending;
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
    }
}

}  // namespace

bool PublisherState::discard_if_damaged(const std::filesystem::path& tree) {
    auto health = storage::examine(state_file(tree));
    if (!health || *health == storage::Health::Good) return false;
    remove_state(tree);
    return true;
}

Result<PublisherState> PublisherState::open(const std::filesystem::path& tree) {
    {
        LINLI_TRY(database, Database::open(state_file(tree), storage::OpenMode::ReadWrite));
        LINLI_TRY(version, database.number("PRAGMA user_version"));
        if (version == kVersion) return PublisherState(std::move(database), false);
    }
    remove_state(tree);
    LINLI_TRY(database, Database::open(state_file(tree), storage::OpenMode::ReadWrite));
    return PublisherState(std::move(database), true);
}

Result<storage::Transaction> PublisherState::begin() {
    LINLI_TRY(transaction, storage::Transaction::begin(database_));
    if (is_new_) {
        LINLI_CHECK(database_.run(kTables));
        LINLI_CHECK(database_.run(base::format("PRAGMA user_version = {}", kVersion)));
    }
    return transaction;
}

}  // namespace linli::platform
