// What the field taught, and what is done about it (tests/content/content_store_test.cpp):
//   a power cut while content is replaced: one transaction, so the old content is there (DropsAnUpdateThatIsNotCommitted)
//   flash that lost pages, a file of zeros, a file that is something else: looked for at `open`, set aside, fetched
//     again (SetsADamagedFileAside…)
//   a box set back to an older program: the newer file is set aside, not misread (SetsANewerFileAside)
//   a full disk: the update fails, the old content stays (KeepsOldContentWhenTheDiskIsFull); what must go can go all the
//     same (tests/faults/withdraw_test.cpp)

#include <system_error>
#include <utility>

#include "content/store_core.h"
#include "content/store_schema.h"
#include "middleware/base/format.h"

namespace linli::content {

using base::Result;
using storage::Database;

namespace {

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
    if (version <= kStoreVersion) return {};
    LINLI_CHECK(set_aside(file, ".newer"));
    return base::format("{} was written by a newer version ({}): moved aside to {}.newer",
                        file.string(), version, file.filename().string());
}

}  // namespace

Result<ContentStore> ContentStore::open(const std::filesystem::path& file, Examination examination) {
    if (examination == Examination::Frozen) {
        LINLI_TRY(database, Database::open(file, storage::OpenMode::Frozen));
        LINLI_TRY(version, database.number("PRAGMA user_version"));
        if (version != kStoreVersion) return base::fail(base::format("{} has another version ({})", file.string(), version));
        return ContentStore(std::make_unique<Impl>(std::move(database), file, std::string()));
    }
    if (examination == Examination::Brief) {
        auto database = Database::open(file, storage::OpenMode::ReadWrite);
        auto version = database ? database->number("PRAGMA user_version") : base::fail("");
        if (version && *version == kStoreVersion)
            return ContentStore(std::make_unique<Impl>(std::move(*database), file, std::string()));
    }
    LINLI_TRY(notice, clear_the_way(file));
    LINLI_TRY(database, Database::open(file, storage::OpenMode::ReadWrite));
    LINLI_CHECK(storage::migrate(database, store_migrations()));
    auto impl = std::make_unique<Impl>(std::move(database), file, std::move(notice));
    if (examination == Examination::Thorough) impl->reserve.keep();
    return ContentStore(std::move(impl));
}

}  // namespace linli::content
