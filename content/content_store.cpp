// What the field taught, and what is done about it:
//   a power cut while content is replaced: one transaction, so the old content is there (tests:
//     ContentStore.DropsAnUpdateThatIsNotCommitted)
//   flash that lost pages, a file of zeros, a file that is something else: looked for at `open`,
//   set aside,
//     fetched again (ContentStore.SetsADamagedFileAside…)
//   a box set back to an older program: the newer file is set aside, not misread
//   (ContentStore.SetsANewerFileAside) a full disk: the update fails, the old content stays
//   (ContentStore.KeepsOldContentWhenTheDiskIsFull)

#include "content/content_store.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include "content/exchange_reader.h"
#include "middleware/base/format.h"
#include "middleware/storage/database.h"

namespace linli::content {

using base::Result;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using storage::Database;
using storage::Statement;

namespace {

constexpr std::int64_t kSchemaVersion = 1;

// Items are appended as they come, which is what SQLite does fastest; one index finds an item by
// its name, the other a list, and counts it without the items themselves. The XML of the items is in
// a table of its own, so that a list reads few pages. Categories are few and asked for by board.
constexpr std::string_view kSchema = R"sql(
    CREATE TABLE items (
        area TEXT NOT NULL, kind INTEGER NOT NULL, category TEXT NOT NULL, id TEXT NOT NULL,
        urgency INTEGER NOT NULL, published INTEGER NOT NULL, valid_from INTEGER, valid_until INTEGER,
        title TEXT NOT NULL, detail TEXT NOT NULL);
    CREATE TABLE texts (item INTEGER PRIMARY KEY, xml BLOB NOT NULL);
    CREATE UNIQUE INDEX item_names ON items (area, id);
    CREATE INDEX item_lists ON items (area, kind, category, valid_from, valid_until);
    CREATE TABLE categories (
        area TEXT NOT NULL, board INTEGER NOT NULL, id TEXT NOT NULL,
        name TEXT NOT NULL, icon TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (area, board, id)) WITHOUT ROWID;
    CREATE TABLE areas (
        area TEXT PRIMARY KEY, sequence INTEGER NOT NULL, content_hash TEXT NOT NULL, head_etag TEXT NOT NULL,
        published INTEGER NOT NULL, checked INTEGER NOT NULL) WITHOUT ROWID;
)sql";

// ?1–?4 are the areas of a chain, ?5 and ?6 the kinds of a board, ?7 the time. Where the time is
// not known it is NULL, and no comparison with it is true.
constexpr std::string_view kInForce =
    "area IN (?1, ?2, ?3, ?4) AND kind IN (?5, ?6)"
    " AND (valid_from > ?7) IS NOT TRUE AND (valid_until < ?7) IS NOT TRUE";

constexpr std::string_view kInCategory = " AND category = ?8";

constexpr std::string_view kItems =
    "SELECT area, kind, category, id, urgency, published, title, detail FROM items WHERE ";
constexpr std::string_view kNewestFirst = " ORDER BY urgency DESC, published DESC, area, id";
constexpr std::string_view kNearestFirst = " ORDER BY length(area) DESC, title, id";

constexpr std::string_view kWindow = " LIMIT ?9 OFFSET ?10";

constexpr std::size_t kLongestChain = 4;

std::int64_t to_number(sys_seconds time) {
    return time.time_since_epoch().count();
}
sys_seconds to_time(std::int64_t number) {
    return sys_seconds(seconds(number));
}

/// The kinds of item on a board; none is NULL, which is in no list.
std::array<std::optional<Kind>, 2> kinds_on(Board board) {
    switch (board) {
        case Board::Notices:
            return {Kind::Notice};
        case Board::Services:
            return {Kind::Listing, Kind::Service};
        case Board::Appointments:
            return {Kind::Service};
        case Board::Guides:
            return {Kind::Guide};
        case Board::Live:
        case Board::Settings:
            break;
    }
    return {};
}

/// The board whose categories a board uses.
Board board_of_categories(Board board) {
    return board == Board::Appointments ? Board::Services : board;
}

void bind_optional(Statement& statement, std::optional<std::int64_t> value) {
    if (value) {
        statement.bind(*value);
    } else {
        statement.bind_null();
    }
}

void bind_time(Statement& statement, std::optional<sys_seconds> time) {
    bind_optional(statement, time ? std::optional(to_number(*time)) : std::nullopt);
}

void bind_chain(Statement& statement, const std::vector<AreaCode>& chain) {
    for (std::size_t i = 0; i < kLongestChain; ++i) {
        if (i < chain.size()) {
            statement.bind(chain[i].str());
        } else {
            statement.bind_null();
        }
    }
}

void bind_board(Statement& statement, Board board, const std::vector<AreaCode>& chain,
                std::optional<sys_seconds> now) {
    bind_chain(statement, chain);
    for (auto kind : kinds_on(board))
        bind_optional(statement,
                      kind ? std::optional(static_cast<std::int64_t>(*kind)) : std::nullopt);
    bind_time(statement, now);
}

/// The area in a row: nearly always one of the chain, so that it is not parsed again.
std::optional<AreaCode> area_in_row(std::string_view text, const std::vector<AreaCode>& chain) {
    auto found = std::ranges::find(chain, text, &AreaCode::str);
    return found == chain.end() ? AreaCode::parse(text) : std::optional(*found);
}

/// Moves a database with what belongs to it out of the way.
Result<void> set_aside(const std::filesystem::path& file, std::string_view suffix) {
    std::filesystem::path aside = file;
    aside += suffix;
    std::error_code error;
    std::filesystem::rename(file, aside, error);
    if (error)
        return base::fail(base::format("cannot move {} aside: {}", file.string(), error.message()));
    for (const char* companion : {"-wal", "-shm"}) {
        std::filesystem::path beside = file;
        beside += companion;
        std::filesystem::remove(beside, error);
    }
    return {};
}

/// Sets the file aside where it cannot be used, and says so.
Result<std::string> clear_the_way(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return {};
    LINLI_TRY(health, storage::examine(file));
    if (health == storage::Health::Damaged) {
        LINLI_CHECK(set_aside(file, ".damaged"));
        return base::format("{} is damaged: moved aside to {}.damaged", file.string(),
                            file.filename().string());
    }
    std::int64_t version = 0;
    {
        LINLI_TRY(database, Database::open(file, storage::OpenMode::ReadWrite));
        LINLI_TRY(number, database.number("PRAGMA user_version"));
        version = number;
    }
    if (version <= kSchemaVersion) return {};
    LINLI_CHECK(set_aside(file, ".newer"));
    return base::format("{} was written by a newer version ({}): moved aside to {}.newer",
                        file.string(), version, file.filename().string());
}

Result<void> make_schema(Database& database) {
    LINLI_TRY(version, database.number("PRAGMA user_version"));
    if (version == kSchemaVersion) return {};
    LINLI_TRY(transaction, storage::Transaction::begin(database));
    // Another thread may have made it in the meantime.
    LINLI_TRY(version_now, database.number("PRAGMA user_version"));
    if (version_now != kSchemaVersion) {
        LINLI_CHECK(database.run(kSchema));
        LINLI_CHECK(database.run(base::format("PRAGMA user_version = {}", kSchemaVersion)));
    }
    return transaction.commit();
}

struct Statements {
    explicit Statements(Database& database)
        : all{database, ""},
          of_category{database, kInCategory},
          counts(database.prepare(base::format(
              "SELECT category, count(*) FROM items WHERE {} GROUP BY category", kInForce))),
          // With max(), the other columns are those of the nearest area.
          categories(database.prepare("SELECT id, name, icon, max(length(area)) FROM categories"
                                      " WHERE area IN (?1, ?2, ?3, ?4) AND board = ?5"
                                      " GROUP BY id ORDER BY position, name")),
          item(database.prepare("SELECT xml FROM items JOIN texts ON item = items.rowid WHERE area = ? AND id = ?")),
          portal(database.prepare(
              base::format("SELECT xml FROM items JOIN texts ON item = items.rowid"
                           " WHERE area IN (?1, ?2, ?3, ?4) AND kind = {}"
                           " ORDER BY length(area) DESC, id LIMIT 1",
                           static_cast<int>(Kind::Portal)))),
          version(database.prepare("SELECT sequence, content_hash, head_etag, published, checked "
                                   "FROM areas WHERE area = ?")),
          add_item(database.prepare("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
          add_text(database.prepare("INSERT INTO texts VALUES (last_insert_rowid(), ?)")),
          add_category(database.prepare("INSERT INTO categories VALUES (?, ?, ?, ?, ?, ?)")) {}

    /// The lists of a board, whole or of one category: an index serves each.
    struct Lists {
        Lists(Database& database, std::string_view narrowed)
            : newest(database.prepare(base::format("{}{}{}{}{}", kItems, kInForce, narrowed, kNewestFirst, kWindow))),
              nearest(database.prepare(base::format("{}{}{}{}{}", kItems, kInForce, narrowed, kNearestFirst, kWindow))),
              count(database.prepare(base::format("SELECT count(*) FROM items WHERE {}{}", kInForce, narrowed))) {}
        Statement newest, nearest, count;
    };
    Lists& lists(const std::string& category) { return category.empty() ? all : of_category; }

    Lists all, of_category;
    Statement counts, categories, item, portal, version;
    Statement add_item, add_text, add_category;
};

}  // namespace

struct ContentStore::Impl {
    Impl(Database opened, std::string said)
        : database(std::move(opened)), notice(std::move(said)), statements(database) {}

    Database database;
    std::string notice;
    Statements statements;
};

ContentStore::ContentStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ContentStore::~ContentStore() = default;
ContentStore::ContentStore(ContentStore&&) noexcept = default;
ContentStore& ContentStore::operator=(ContentStore&&) noexcept = default;

Result<ContentStore> ContentStore::open(const std::filesystem::path& file, Examination examination) {
    if (examination == Examination::Frozen) {
        LINLI_TRY(database, Database::open(file, storage::OpenMode::Frozen));
        LINLI_TRY(version, database.number("PRAGMA user_version"));
        if (version != kSchemaVersion) return base::fail(base::format("{} has another version ({})", file.string(), version));
        return ContentStore(std::make_unique<Impl>(std::move(database), std::string()));
    }
    if (examination == Examination::Brief) {
        auto database = Database::open(file, storage::OpenMode::ReadWrite);
        auto version = database ? database->number("PRAGMA user_version") : base::fail("");
        if (version && *version == kSchemaVersion)
            return ContentStore(std::make_unique<Impl>(std::move(*database), std::string()));
    }
    LINLI_TRY(notice, clear_the_way(file));
    LINLI_TRY(database, Database::open(file, storage::OpenMode::ReadWrite));
    LINLI_CHECK(make_schema(database));
    return ContentStore(std::make_unique<Impl>(std::move(database), std::move(notice)));
}

void ContentStore::give_back_memory() {
    (void)impl_->database.run("PRAGMA shrink_memory");
}

void ContentStore::settle() {
    // Where a reader is in the way it is done after the next round; until then the journal serves as well.
    (void)impl_->database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

const std::string& ContentStore::notice() const {
    return impl_->notice;
}

Result<std::vector<ItemRow>> ContentStore::items(Board board, const std::string& category,
                                                 const std::vector<AreaCode>& chain,
                                                 std::optional<sys_seconds> now, ItemWindow window) {
    Statements::Lists& lists = impl_->statements.lists(category);
    Statement& statement = board == Board::Notices ? lists.newest : lists.nearest;
    bind_board(statement, board, chain, now);
    statement.bind(category);  // not looked at in the lists of all
    statement.bind(static_cast<std::int64_t>(window.most)).bind(static_cast<std::int64_t>(window.first));
    std::vector<ItemRow> rows;
    while (statement.step()) {
        auto area = area_in_row(statement.text(0), chain);
        if (!area) continue;
        rows.push_back({{std::move(*area), std::string(statement.text(3))},
                        static_cast<Kind>(statement.integer(1)),
                        std::string(statement.text(6)),
                        std::string(statement.text(7)),
                        std::string(statement.text(2)),
                        static_cast<Urgency>(statement.integer(4)),
                        to_time(statement.integer(5))});
    }
    LINLI_CHECK(statement.finish_and_reset());
    return rows;
}

Result<std::size_t> ContentStore::count(Board board, const std::string& category, const std::vector<AreaCode>& chain,
                                        std::optional<sys_seconds> now) {
    Statement& statement = impl_->statements.lists(category).count;
    bind_board(statement, board, chain, now);
    if (!category.empty()) statement.bind(category);
    std::size_t count = statement.step() ? static_cast<std::size_t>(statement.integer(0)) : 0;
    LINLI_CHECK(statement.finish_and_reset());
    return count;
}

Result<std::vector<CategoryRow>> ContentStore::all_categories(Board board, const std::vector<AreaCode>& chain) {
    Statement& statement = impl_->statements.categories;
    bind_chain(statement, chain);
    statement.bind(static_cast<std::int64_t>(board_of_categories(board)));
    std::vector<CategoryRow> rows;
    while (statement.step())
        rows.push_back({std::string(statement.text(0)), std::string(statement.text(1)),
                        std::string(statement.text(2)), 0});
    LINLI_CHECK(statement.finish_and_reset());
    return rows;
}

Result<std::vector<CategoryRow>> ContentStore::categories(Board board,
                                                          const std::vector<AreaCode>& chain,
                                                          std::optional<sys_seconds> now) {
    LINLI_TRY(rows, all_categories(board, chain));
    Statement& counts = impl_->statements.counts;
    bind_board(counts, board, chain, now);
    while (counts.step()) {
        auto counted = std::ranges::find(rows, counts.text(0), &CategoryRow::id);
        if (counted != rows.end()) counted->items = static_cast<int>(counts.integer(1));
    }
    LINLI_CHECK(counts.finish_and_reset());
    std::erase_if(rows, [](const CategoryRow& row) { return row.items == 0; });
    return rows;
}

Result<std::optional<Item>> ContentStore::item(const ItemKey& key) {
    Statement& statement = impl_->statements.item;
    statement.bind(key.area.str()).bind(key.id);
    std::optional<Result<Item>> read;
    if (statement.step()) read = read_item(statement.text(0));
    LINLI_CHECK(statement.finish_and_reset());
    if (!read) return std::nullopt;
    if (!*read) return base::fail(key.str() + ": " + read->error().message);
    return std::move(**read);
}

Result<std::optional<Portal>> ContentStore::portal(const std::vector<AreaCode>& chain) {
    Statement& statement = impl_->statements.portal;
    bind_chain(statement, chain);
    std::optional<Result<Item>> read;
    if (statement.step()) read = read_item(statement.text(0));
    LINLI_CHECK(statement.finish_and_reset());
    if (!read) return std::nullopt;
    LINLI_TRY(item, std::move(*read));
    auto* portal = std::get_if<Portal>(&item.content);
    if (!portal) return base::fail("the portal in the store is not a portal");
    return std::move(*portal);
}

Result<std::optional<Area>> ContentStore::area(const AreaCode& code) {
    LINLI_TRY(item, this->item({code, "area"}));
    if (!item) return std::nullopt;
    auto* area = std::get_if<Area>(&item->content);
    if (!area) return std::nullopt;
    return std::move(*area);
}

Result<std::optional<AreaVersion>> ContentStore::version(const AreaCode& code) {
    Statement& statement = impl_->statements.version;
    statement.bind(code.str());
    std::optional<AreaVersion> version;
    if (statement.step())
        version = {static_cast<std::uint64_t>(statement.integer(0)), std::string(statement.text(1)),
                   std::string(statement.text(2)), to_time(statement.integer(3)),
                   to_time(statement.integer(4))};
    LINLI_CHECK(statement.finish_and_reset());
    return version;
}

struct ContentStore::Update::Impl {
    ContentStore::Impl& store;
    AreaCode area;
    storage::Transaction transaction;
    bool has_failed = false;

    Result<void> add_category(const Item& item, const Category& category) {
        Statement& statement = store.statements.add_category;
        statement.bind(area.str()).bind(static_cast<std::int64_t>(category.board)).bind(item.id);
        statement.bind(category.name).bind(category.icon).bind(category.order);
        return statement.finish_and_reset();
    }

    Result<void> add_item(const Item& item, std::string_view xml) {
        auto* notice = std::get_if<Notice>(&item.content);
        Statement& statement = store.statements.add_item;
        statement.bind(area.str())
            .bind(static_cast<std::int64_t>(item.kind()))
            .bind(item.category)
            .bind(item.id);
        statement.bind(static_cast<std::int64_t>(notice ? notice->urgency : Urgency::Normal));
        statement.bind(to_number(item.published));
        bind_time(statement, notice ? notice->valid_from : std::nullopt);
        bind_time(statement, notice ? notice->valid_until : std::nullopt);
        statement.bind(item.title()).bind(item.detail());
        LINLI_CHECK(statement.finish_and_reset());
        return store.statements.add_text.bind_blob(xml).finish_and_reset();
    }
};

ContentStore::Update::Update(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ContentStore::Update::~Update() = default;
ContentStore::Update::Update(Update&&) noexcept = default;

Result<ContentStore::Update> ContentStore::replace(const AreaCode& area) {
    LINLI_CHECK(impl_->database.run("PRAGMA wal_autocheckpoint = 0"));
    LINLI_TRY(transaction, storage::Transaction::begin(impl_->database));
    for (const char* sql :
         {"DELETE FROM texts WHERE item IN (SELECT rowid FROM items WHERE area = ?)",
          "DELETE FROM items WHERE area = ?", "DELETE FROM categories WHERE area = ?"})
        LINLI_CHECK(impl_->database.prepare(sql).bind(area.str()).finish());
    return Update(std::make_unique<Update::Impl>(*impl_, area, std::move(transaction)));
}

Result<void> ContentStore::Update::add(const Item& item, std::string_view xml) {
    auto* category = std::get_if<Category>(&item.content);
    auto added = category ? impl_->add_category(item, *category) : impl_->add_item(item, xml);
    if (added) return {};
    impl_->has_failed = true;
    return base::fail(ItemKey{impl_->area, item.id}.str() + ": " + added.error().message);
}

Result<void> ContentStore::Update::commit(const AreaVersion& version) {
    if (impl_->has_failed)
        return base::fail("an item could not be stored: the update is not committed");
    Statement statement =
        impl_->store.database.prepare("INSERT OR REPLACE INTO areas VALUES (?, ?, ?, ?, ?, ?)");
    statement.bind(impl_->area.str()).bind(static_cast<std::int64_t>(version.sequence));
    statement.bind(version.content_hash).bind(version.head_etag);
    statement.bind(to_number(version.published)).bind(to_number(version.checked));
    LINLI_CHECK(statement.finish());
    return impl_->transaction.commit();
}

Result<void> ContentStore::confirm(const AreaCode& area, std::string_view etag,
                                   sys_seconds checked) {
    Statement statement =
        impl_->database.prepare("UPDATE areas SET head_etag = ?, checked = ? WHERE area = ?");
    statement.bind(etag).bind(to_number(checked)).bind(area.str());
    return statement.finish();
}

}  // namespace linli::content
