#include "content/content_store.h"

#include <algorithm>
#include <array>
#include <utility>

#include "content/exchange_reader.h"
#include "content/search/segment_merge.h"
#include "content/store_core.h"
#include "middleware/base/format.h"

namespace linli::content {

using base::Result;
using std::chrono::sys_seconds;
using storage::Statement;

namespace {

/// At once; 4 MB. What is left is given back after the next rounds.
constexpr int kMostPagesGivenBack = 1024;

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
        case Board::Classes:
            return {Kind::Course};
        case Board::Live:
        case Board::Settings:
        case Board::Results:
            break;
    }
    return {};
}

/// The board whose categories a board uses.
Board board_of_categories(Board board) {
    return board == Board::Appointments ? Board::Services : board;
}

void bind_board(Statement& statement, Board board, const std::vector<AreaCode>& chain,
                std::optional<sys_seconds> now) {
    bind_chain(statement, chain);
    for (auto kind : kinds_on(board))
        bind_optional(statement,
                      kind ? std::optional(static_cast<std::int64_t>(*kind)) : std::nullopt);
    bind_time(statement, now);
}

}  // namespace

ContentStore::ContentStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ContentStore::~ContentStore() = default;
ContentStore::ContentStore(ContentStore&&) noexcept = default;
ContentStore& ContentStore::operator=(ContentStore&&) noexcept = default;

void ContentStore::give_back_memory() {
    (void)impl_->database.run("PRAGMA shrink_memory");
}

void ContentStore::settle() {
    // Each is for later as well: where something is in the way it is done after the next round.
    (void)search::merge_segments(impl_->database);
    (void)impl_->database.run(base::format("PRAGMA incremental_vacuum({})", kMostPagesGivenBack));
    (void)impl_->database.checkpoint();
    impl_->reserve.keep();
}

const std::string& ContentStore::notice() const {
    return impl_->notice;
}

Result<std::vector<ItemRow>> ContentStore::items(Board board, const std::string& category,
                                                 const std::vector<AreaCode>& chain,
                                                 std::optional<sys_seconds> now, ItemWindow window) {
    ReadStatements::Lists& lists = impl_->statements.lists(category);
    Statement& statement = board == Board::Notices ? lists.newest : lists.nearest;
    bind_board(statement, board, chain, now);
    statement.bind(category);  // not looked at in the lists of all
    statement.bind(static_cast<std::int64_t>(window.most)).bind(static_cast<std::int64_t>(window.first));
    std::vector<ItemRow> rows;
    while (statement.step())
        if (auto row = row_at(statement, chain)) rows.push_back(std::move(*row));
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

Result<std::optional<AreaVersion>> ContentStore::version(const AreaCode& code, Part part) {
    Statement& statement = impl_->statements.version;
    statement.bind(code.str()).bind(static_cast<std::int64_t>(part));
    std::optional<AreaVersion> version;
    if (statement.step())
        version = {static_cast<std::uint64_t>(statement.integer(0)), std::string(statement.text(1)),
                   to_time(statement.integer(2))};
    LINLI_CHECK(statement.finish_and_reset());
    return version;
}

Result<std::vector<AreaCode>> ContentStore::areas() {
    Statement statement = impl_->database.prepare("SELECT DISTINCT area FROM parts");
    std::vector<AreaCode> areas;
    while (statement.step())
        if (auto area = AreaCode::parse(statement.text(0))) areas.push_back(std::move(*area));
    LINLI_CHECK(statement.finish());
    return areas;
}

Result<std::optional<ObjectRow>> ContentStore::object(std::string_view sha256) {
    Statement statement = impl_->database.prepare(
        "SELECT length, max(is_prefetched) FROM objects WHERE sha256 = ? GROUP BY length ORDER BY length LIMIT 1");
    statement.bind(sha256);
    std::optional<ObjectRow> row;
    if (statement.step())
        row = {std::string(sha256), static_cast<std::uint64_t>(statement.integer(0)), statement.integer(1) != 0};
    LINLI_CHECK(statement.finish());
    return row;
}

Result<std::vector<ObjectRow>> ContentStore::prefetched_objects(const std::vector<AreaCode>& chain) {
    Statement statement = impl_->database.prepare(
        // Objects are few, items many: CROSS JOIN keeps this order.
        "SELECT DISTINCT sha256, length FROM objects CROSS JOIN items USING (item)"
        " WHERE is_prefetched AND area IN (?1, ?2, ?3, ?4) ORDER BY sha256, length");
    bind_chain(statement, chain);
    std::vector<ObjectRow> rows;
    while (statement.step())
        rows.push_back({std::string(statement.text(0)), static_cast<std::uint64_t>(statement.integer(1)), true});
    LINLI_CHECK(statement.finish());
    return rows;
}

Result<std::set<std::string>> ContentStore::named_objects() {
    Statement statement = impl_->database.prepare("SELECT DISTINCT sha256 FROM objects");
    std::set<std::string> names;
    while (statement.step()) names.emplace(statement.text(0));
    LINLI_CHECK(statement.finish());
    return names;
}

}  // namespace linli::content
