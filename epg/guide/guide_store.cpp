#include "epg/guide/guide_store.h"

#include <algorithm>

#include "middleware/base/format.h"
#include "middleware/storage/migration.h"

namespace linli::epg {

using base::Result;
using storage::Database;
using storage::Statement;
using storage::Transaction;

namespace {

constexpr std::int64_t kVersion = 1;
constexpr const char* kSchema = R"(
    CREATE TABLE channel(service INTEGER PRIMARY KEY, number INTEGER NOT NULL, name TEXT NOT NULL, provider TEXT NOT NULL,
        initials TEXT NOT NULL, kind INTEGER NOT NULL, is_scrambled INTEGER NOT NULL, is_community INTEGER NOT NULL,
        source TEXT NOT NULL);
    CREATE TABLE schedule(service INTEGER PRIMARY KEY, image BLOB NOT NULL);
    CREATE TABLE description(key INTEGER PRIMARY KEY, text TEXT NOT NULL);
)";
// Little of it is read twice.
constexpr const char* kBounds = "PRAGMA cache_size = -512; PRAGMA journal_size_limit = 4194304; PRAGMA max_page_count = {}";

std::int64_t number_of(const ServiceId& id) { return static_cast<std::int64_t>(id.packed()); }

ServiceId to_service(std::int64_t packed) {
    return {static_cast<std::uint16_t>(packed >> 32), static_cast<std::uint16_t>(packed >> 16), static_cast<std::uint16_t>(packed)};
}

Result<void> drop_tables(Database& database) {
    std::vector<std::string> names;
    Statement select = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    while (select.step()) names.emplace_back(select.text(0));
    LINLI_CHECK(select.finish());
    for (const std::string& name : names) LINLI_CHECK(database.run(base::format("DROP TABLE \"{}\"", name)));
    return database.run("PRAGMA user_version = 0");
}

}  // namespace

Result<GuideStore> GuideStore::open(const std::filesystem::path& file, int most_pages) {
    LINLI_TRY(database, Database::open(file, storage::OpenMode::ReadWrite));
    LINLI_CHECK(database.run(base::format(kBounds, most_pages)));
    LINLI_TRY(version, database.number("PRAGMA user_version"));
    if (version != kVersion) {
        if (version != 0) LINLI_CHECK(drop_tables(database));
        const storage::Migration kSteps[] = {{0, kVersion, kSchema}};
        LINLI_CHECK(storage::migrate(database, kSteps));
    }
    return GuideStore(std::move(database));
}

Result<std::vector<ServiceId>> GuideStore::services() {
    std::vector<ServiceId> services;
    Statement select = database_.prepare("SELECT service FROM schedule");
    while (select.step()) services.push_back(to_service(select.integer(0)));
    LINLI_CHECK(select.finish());
    return services;
}

Result<std::shared_ptr<const Schedule>> GuideStore::schedule(const ServiceId& id) {
    Statement select = database_.prepare("SELECT image FROM schedule WHERE service = ?");
    select.bind(number_of(id));
    if (select.step()) return Schedule::read(select.text(0));
    LINLI_CHECK(select.finish());
    return nullptr;
}

Result<std::string> GuideStore::description(std::uint64_t key) {
    Statement select = database_.prepare("SELECT text FROM description WHERE key = ?");
    select.bind(static_cast<std::int64_t>(key));
    if (select.step()) return std::string(select.text(0));
    LINLI_CHECK(select.finish());
    return std::string();
}

Result<std::vector<Channel>> GuideStore::channels() {
    std::vector<Channel> channels;
    Statement select = database_.prepare(
        "SELECT service, number, name, provider, initials, kind, is_scrambled, is_community, source FROM channel");
    while (select.step()) {
        auto kind = std::clamp<std::int64_t>(select.integer(5), 0, static_cast<int>(ChannelKind::Other));
        channels.push_back({.id = to_service(select.integer(0)),
                            .number = static_cast<int>(select.integer(1)),
                            .name = std::string(select.text(2)),
                            .provider = std::string(select.text(3)),
                            .initials = std::string(select.text(4)),
                            .kind = static_cast<ChannelKind>(kind),
                            .is_scrambled = select.integer(6) != 0,
                            .is_community = select.integer(7) != 0,
                            .source = std::string(select.text(8))});
    }
    LINLI_CHECK(select.finish());
    return channels;
}

Result<void> GuideStore::write(const GuideChanges& changes) {
    LINLI_TRY(transaction, Transaction::begin(database_));
    LINLI_CHECK(write_schedules(changes));
    LINLI_CHECK(write_descriptions(changes));
    if (changes.channels) LINLI_CHECK(write_channels(*changes.channels));
    return transaction.commit();
}

Result<void> GuideStore::write_schedules(const GuideChanges& changes) {
    Statement insert = database_.prepare("INSERT OR REPLACE INTO schedule VALUES (?, ?)");
    Statement remove = database_.prepare("DELETE FROM schedule WHERE service = ?");
    for (const auto& [id, schedule] : changes.schedules) {
        if (schedule->shown().empty()) {
            LINLI_CHECK(remove.bind(number_of(id)).finish_and_reset());
        } else {
            LINLI_CHECK(insert.bind(number_of(id)).bind_borrowed_blob(schedule->bytes()).finish_and_reset());
        }
    }
    return {};
}

Result<void> GuideStore::write_descriptions(const GuideChanges& changes) {
    // In the order of the table, so that each of its pages is touched once.
    std::vector<std::pair<std::uint64_t, std::string_view>> texts(changes.descriptions.begin(), changes.descriptions.end());
    std::ranges::sort(texts);
    Statement insert = database_.prepare("INSERT OR IGNORE INTO description VALUES (?, ?)");
    for (const auto& [key, text] : texts)
        LINLI_CHECK(insert.bind(static_cast<std::int64_t>(key)).bind_borrowed(text).finish_and_reset());
    return {};
}

Result<void> GuideStore::write_channels(const std::vector<Channel>& channels) {
    LINLI_CHECK(database_.run("DELETE FROM channel"));
    Statement insert = database_.prepare("INSERT OR IGNORE INTO channel VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const Channel& channel : channels)
        LINLI_CHECK(insert.bind(number_of(channel.id))
                        .bind(channel.number)
                        .bind_borrowed(channel.name)
                        .bind_borrowed(channel.provider)
                        .bind_borrowed(channel.initials)
                        .bind(static_cast<std::int64_t>(channel.kind))
                        .bind(channel.is_scrambled ? 1 : 0)
                        .bind(channel.is_community ? 1 : 0)
                        .bind_borrowed(channel.source)
                        .finish_and_reset());
    return {};
}

Result<void> GuideStore::sweep(const GuideChanges& coming) {
    LINLI_TRY(ids, services());
    std::vector<std::uint64_t> used;
    auto use = [&](const Schedule& schedule) {
        for (const Claim& claim : schedule.claims())
            if (claim.description != 0) used.push_back(claim.description);
    };
    for (const ServiceId& id : ids) {
        LINLI_TRY(one, schedule(id));
        if (one) use(*one);
    }
    for (const auto& [id, one] : coming.schedules) use(*one);
    std::ranges::sort(used);
    std::vector<std::int64_t> unused;
    Statement select = database_.prepare("SELECT key FROM description");
    while (select.step())
        if (!std::ranges::binary_search(used, static_cast<std::uint64_t>(select.integer(0)))) unused.push_back(select.integer(0));
    LINLI_CHECK(select.finish());
    LINLI_TRY(transaction, Transaction::begin(database_));
    Statement remove = database_.prepare("DELETE FROM description WHERE key = ?");
    for (std::int64_t key : unused) LINLI_CHECK(remove.bind(key).finish_and_reset());
    LINLI_CHECK(transaction.commit());
    return database_.run("PRAGMA incremental_vacuum");
}

}  // namespace linli::epg
