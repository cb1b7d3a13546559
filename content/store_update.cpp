#include <array>
#include <string>
#include <utility>

#include "content/name_list.h"
#include "content/search/index_builder.h"
#include "content/store_core.h"
#include "middleware/base/format.h"

namespace linli::content {

using base::Result;
using storage::Database;
using storage::Statement;

namespace {

/// So begins what names an object by its hash; the reader has seen to it that a hash follows.
constexpr std::string_view kReference = "sha256:";

constexpr const char* kHasFailed = "an item could not be stored: the update is not committed";

}  // namespace

struct ContentStore::Update::Impl {
    Impl(Database& opened, AreaCode of, Part part_of, storage::Transaction begun)
        : database(opened),
          area(std::move(of)),
          part(part_of),
          transaction(std::move(begun)),
          insert_item(database.prepare("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
          insert_text(database.prepare("INSERT INTO texts VALUES (?, ?)")),
          insert_object(database.prepare("INSERT OR IGNORE INTO objects VALUES (?, ?, ?, ?)")),
          set_name(database.prepare("INSERT OR REPLACE INTO names VALUES (?, ?, ?)")),
          find_item(database.prepare("SELECT item, part FROM names JOIN items USING (area, item) WHERE area = ? AND names.id = ?")),
          delete_item{database.prepare("DELETE FROM texts WHERE item = ?"),
                      database.prepare("DELETE FROM objects WHERE item = ?"),
                      database.prepare("DELETE FROM items WHERE item = ?")},
          index(database, area, part) {}

    Result<void> start(Beginning beginning);
    Result<void> add_category(const Item& item, const Category& category);
    Result<void> add_item(const Item& item, std::string_view xml);
    Result<void> insert(const Item& item, std::string_view xml);
    Result<void> name(std::string_view id, std::int64_t item);
    /// Writes the names that were kept until now.
    Result<void> name_all();
    /// Takes away an item of this name that was there before the update; the name is about to be another's.
    Result<void> make_way(std::string_view id);
    Result<void> add_objects(const Item& item);
    Result<void> remove_item(std::string_view id);
    Result<void> remove_category(Board board, std::string_view id);
    Result<void> take_away(std::int64_t item);
    /// Subtracts one from what another part holds.
    Result<void> move_from(Part other);
    Result<void> save(const AreaVersion& version);

    Database& database;
    AreaCode area;
    Part part;
    storage::Transaction transaction;
    Statement insert_item, insert_text, insert_object, set_name, find_item;
    std::array<Statement, 3> delete_item;
    search::IndexBuilder index;
    NameList names;
    std::int64_t first_item = 1;
    std::int64_t next_item = 1;
    std::uint64_t items = 0;
    bool is_amended = false;
    bool has_failed = false;
};

Result<void> ContentStore::Update::Impl::start(Beginning beginning) {
    LINLI_TRY(last, database.number("SELECT max(ifnull((SELECT max(item) FROM items), 0),"
                                    " ifnull((SELECT max(last_item) FROM search_segments), 0))"));
    first_item = next_item = last + 1;
    is_amended = beginning == Beginning::AsItIs;
    if (!is_amended) return clear_part(database, area, part);
    Statement count = database.prepare("SELECT items FROM parts WHERE area = ? AND part = ?");
    count.bind(area.str()).bind(static_cast<std::int64_t>(part));
    if (count.step()) items = static_cast<std::uint64_t>(count.integer(0));
    return count.finish();
}

Result<void> ContentStore::Update::Impl::add_category(const Item& item, const Category& category) {
    Statement found = database.prepare("SELECT part FROM categories WHERE area = ? AND board = ? AND id = ?");
    found.bind(area.str()).bind(static_cast<std::int64_t>(category.board)).bind(item.id);
    if (found.step()) {
        auto other = static_cast<Part>(found.integer(0));
        if (other == part && !is_amended) return base::fail("it is there twice");
        if (other != part) LINLI_CHECK(move_from(other));
        if (other == part) --items;
    }
    LINLI_CHECK(found.finish());
    Statement insert = database.prepare("INSERT OR REPLACE INTO categories VALUES (?, ?, ?, ?, ?, ?, ?)");
    insert.bind(area.str()).bind(static_cast<std::int64_t>(part)).bind(static_cast<std::int64_t>(category.board));
    insert.bind(item.id).bind(category.name).bind(category.icon).bind(category.order);
    return insert.finish();
}

Result<void> ContentStore::Update::Impl::add_item(const Item& item, std::string_view xml) {
    if (is_amended) {
        LINLI_CHECK(make_way(item.id));
        LINLI_CHECK(name(item.id, next_item));
    } else {
        names.add(item.id, static_cast<std::uint32_t>(next_item - first_item));
    }
    return insert(item, xml);
}

Result<void> ContentStore::Update::Impl::name(std::string_view id, std::int64_t item) {
    return set_name.bind_borrowed(area.str()).bind_borrowed(id).bind(item).finish_and_reset();
}

Result<void> ContentStore::Update::Impl::name_all() {
    Statement other = database.prepare("SELECT count(*) FROM names WHERE area = ?");
    bool has_others = other.bind(area.str()).step() && other.integer(0) > 0;
    LINLI_CHECK(other.finish());
    return names.take([&](std::string_view id, std::uint32_t item) -> Result<void> {
        if (has_others) LINLI_CHECK(make_way(id));
        return name(id, first_item + item);
    });
}

Result<void> ContentStore::Update::Impl::make_way(std::string_view id) {
    find_item.bind(area.str()).bind(id);
    std::optional<std::pair<std::int64_t, Part>> found;
    if (find_item.step()) found = {find_item.integer(0), static_cast<Part>(find_item.integer(1))};
    LINLI_CHECK(find_item.finish_and_reset());
    if (!found) return {};
    if (found->first >= first_item) return base::fail("it is there twice");
    if (found->second == part) --items;
    if (found->second != part) LINLI_CHECK(move_from(found->second));
    return take_away(found->first);
}

Result<void> ContentStore::Update::Impl::insert(const Item& item, std::string_view xml) {
    auto* notice = std::get_if<Notice>(&item.content);
    insert_item.bind(next_item).bind_borrowed(area.str()).bind(static_cast<std::int64_t>(part));
    insert_item.bind(static_cast<std::int64_t>(item.kind())).bind_borrowed(item.category).bind_borrowed(item.id);
    insert_item.bind(static_cast<std::int64_t>(notice ? notice->urgency : Urgency::Normal));
    insert_item.bind(to_number(item.published));
    bind_time(insert_item, notice ? notice->valid_from : std::nullopt);
    bind_time(insert_item, notice ? notice->valid_until : std::nullopt);
    insert_item.bind_borrowed(item.title()).bind_borrowed(item.detail());
    LINLI_CHECK(insert_item.finish_and_reset());
    LINLI_CHECK(insert_text.bind(next_item).bind_borrowed_blob(xml).finish_and_reset());
    LINLI_CHECK(add_objects(item));
    return index.add(next_item++, item, xml);
}

Result<void> ContentStore::Update::Impl::add_objects(const Item& item) {
    for (const Object* object : objects_of(item)) {
        std::string_view sha256 = object->src;
        if (!sha256.starts_with(kReference)) continue;
        sha256.remove_prefix(kReference.size());
        insert_object.bind(next_item).bind(sha256).bind(static_cast<std::int64_t>(object->length));
        LINLI_CHECK(insert_object.bind(object->is_prefetched ? 1 : 0).finish_and_reset());
    }
    return {};
}

Result<void> ContentStore::Update::Impl::remove_item(std::string_view id) {
    find_item.bind(area.str()).bind(id);
    std::optional<std::int64_t> found;
    if (find_item.step() && static_cast<Part>(find_item.integer(1)) == part) found = find_item.integer(0);
    LINLI_CHECK(find_item.finish_and_reset());
    if (!found) return {};
    --items;
    LINLI_CHECK(database.prepare("DELETE FROM names WHERE area = ? AND id = ?").bind(area.str()).bind(id).finish());
    return take_away(*found);
}

Result<void> ContentStore::Update::Impl::remove_category(Board board, std::string_view id) {
    Statement remove = database.prepare("DELETE FROM categories WHERE area = ? AND part = ? AND board = ? AND id = ?");
    remove.bind(area.str()).bind(static_cast<std::int64_t>(part)).bind(static_cast<std::int64_t>(board)).bind(id);
    LINLI_CHECK(remove.finish());
    LINLI_TRY(removed, database.number("SELECT changes()"));
    items -= static_cast<std::uint64_t>(removed);
    return {};
}

Result<void> ContentStore::Update::Impl::take_away(std::int64_t item) {
    for (Statement& statement : delete_item) LINLI_CHECK(statement.bind(item).finish_and_reset());
    return {};
}

Result<void> ContentStore::Update::Impl::move_from(Part other) {
    Statement update = database.prepare("UPDATE parts SET items = items - 1 WHERE area = ? AND part = ?");
    return update.bind(area.str()).bind(static_cast<std::int64_t>(other)).finish();
}

Result<void> ContentStore::Update::Impl::save(const AreaVersion& version) {
    Statement statement = database.prepare("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?)");
    statement.bind(area.str()).bind(static_cast<std::int64_t>(part));
    statement.bind(static_cast<std::int64_t>(version.sequence)).bind(version.content_hash);
    return statement.bind(to_number(version.published)).bind(static_cast<std::int64_t>(items)).finish();
}

ContentStore::Update::Update(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ContentStore::Update::~Update() = default;
ContentStore::Update::Update(Update&&) noexcept = default;

Result<ContentStore::Update> ContentStore::begin(const AreaCode& area, Part part, Beginning beginning) {
    LINLI_CHECK(prepare_to_write(impl_->database));
    LINLI_TRY(transaction, storage::Transaction::begin(impl_->database));
    auto update = std::make_unique<Update::Impl>(impl_->database, area, part, std::move(transaction));
    LINLI_CHECK(update->start(beginning));
    return Update(std::move(update));
}

Result<ContentStore::Update> ContentStore::replace(const AreaCode& area, Part part) {
    return begin(area, part, Beginning::Empty);
}

Result<ContentStore::Update> ContentStore::amend(const AreaCode& area, Part part) {
    return begin(area, part, Beginning::AsItIs);
}

Result<void> ContentStore::Update::add(const Item& item, std::string_view xml) {
    if (impl_->has_failed) return base::fail(kHasFailed);
    auto* category = std::get_if<Category>(&item.content);
    auto added = category ? impl_->add_category(item, *category) : impl_->add_item(item, xml);
    if (added) {
        ++impl_->items;
        return {};
    }
    impl_->has_failed = true;
    return base::fail(ItemKey{impl_->area, item.id}.str() + ": " + added.error().message);
}

Result<void> ContentStore::Update::remove(const Removal& removal) {
    if (impl_->has_failed) return base::fail(kHasFailed);
    auto removed = removal.kind == Kind::Category ? impl_->remove_category(removal.board, removal.id)
                                                  : impl_->remove_item(removal.id);
    if (!removed) impl_->has_failed = true;
    return removed;
}

std::uint64_t ContentStore::Update::items() const { return impl_->items; }

Result<void> ContentStore::Update::commit(const AreaVersion& version) {
    if (impl_->has_failed) return base::fail(kHasFailed);
    if (auto named = impl_->name_all(); !named) return base::fail(impl_->area.str() + "#" + named.error().message);
    LINLI_CHECK(impl_->index.finish());
    LINLI_CHECK(impl_->save(version));
    return impl_->transaction.commit();
}

}  // namespace linli::content
