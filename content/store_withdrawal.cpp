#include <array>

#include "content/search/segment_store.h"
#include "content/store_core.h"

namespace linli::content {

using base::Result;
using storage::Database;
using storage::Statement;

namespace {

/// Everything of a part but its segments and the note of its version.
constexpr const char* kRemovals[] = {
    "DELETE FROM texts WHERE item IN (SELECT item FROM items WHERE area = ?1 AND part = ?2)",
    "DELETE FROM objects WHERE item IN (SELECT item FROM items WHERE area = ?1 AND part = ?2)",
    "DELETE FROM names WHERE area = ?1 AND item IN (SELECT item FROM items WHERE area = ?1 AND part = ?2)",
    "DELETE FROM items WHERE area = ?1 AND part = ?2",
    "DELETE FROM categories WHERE area = ?1 AND part = ?2",
};

/// What these need in the journal is well below `kReservedBytes`, wherever in the file they are.
constexpr std::int64_t kItemsOfAStep = 200;

constexpr const char* kStepRemovals[] = {
    "DELETE FROM texts WHERE item BETWEEN ?1 AND ?2",
    "DELETE FROM objects WHERE item BETWEEN ?1 AND ?2",
    "DELETE FROM names WHERE (area, id) IN (SELECT area, id FROM items WHERE item BETWEEN ?1 AND ?2)",
    "DELETE FROM items WHERE item BETWEEN ?1 AND ?2",
};

Result<void> remove_segments(Database& database, const AreaCode& area, Part part) {
    LINLI_TRY(segments, search::segments_of(database, area, part));
    for (const search::Segment& segment : segments) LINLI_CHECK(search::remove_segment(database, segment.number));
    return {};
}

Result<void> forget_version(Database& database, const AreaCode& area) {
    return database.prepare("DELETE FROM parts WHERE area = ?").bind(area.str()).finish();
}

Result<void> withdraw_at_once(Database& database, const AreaCode& area) {
    LINLI_TRY(transaction, storage::Transaction::begin(database));
    for (Part part : {Part::Content, Part::Alerts}) LINLI_CHECK(clear_part(database, area, part));
    LINLI_CHECK(forget_version(database, area));
    return transaction.commit();
}

/// The numbers of some items of an area that lie beside each other; nothing where it has none.
Result<std::optional<std::pair<std::int64_t, std::int64_t>>> next_items(Database& database, const AreaCode& area) {
    Statement items = database.prepare("SELECT item, area = ?1 FROM items WHERE item >="
                                       " (SELECT min(item) FROM items WHERE area = ?1) ORDER BY item LIMIT ?2");
    items.bind(area.str()).bind(kItemsOfAStep);
    std::optional<std::pair<std::int64_t, std::int64_t>> range;
    while (items.step() && items.integer(1) != 0) range = {range ? range->first : items.integer(0), items.integer(0)};
    LINLI_CHECK(items.reset());
    return range;
}

/// What is shown goes first, what tells that something is left to do goes last.
Result<void> withdraw_in_steps(Database& database, const AreaCode& area) {
    while (true) {
        LINLI_TRY(range, next_items(database, area));
        if (!range) break;
        LINLI_TRY(transaction, storage::Transaction::begin(database));
        for (const char* sql : kStepRemovals)
            LINLI_CHECK(database.prepare(sql).bind(range->first).bind(range->second).finish());
        LINLI_CHECK(transaction.commit());
        (void)database.checkpoint();
    }
    return withdraw_at_once(database, area);
}

}  // namespace

Result<void> clear_part(Database& database, const AreaCode& area, Part part) {
    for (const char* sql : kRemovals)
        LINLI_CHECK(database.prepare(sql).bind(area.str()).bind(static_cast<std::int64_t>(part)).finish());
    return remove_segments(database, area, part);
}

Result<void> prepare_to_write(Database& database) {
    return database.run("PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = OFF");
}

Result<void> ContentStore::withdraw(const AreaCode& area) {
    LINLI_CHECK(prepare_to_write(impl_->database));
    if (withdraw_at_once(impl_->database, area)) return {};
    impl_->reserve.let_go();
    auto withdrawn = withdraw_in_steps(impl_->database, area);
    (void)impl_->database.checkpoint();
    impl_->reserve.keep();
    return withdrawn;
}

}  // namespace linli::content
