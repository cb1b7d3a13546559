#include "stb-app/household/household_store.h"

#include <optional>
#include <system_error>
#include <unordered_set>

#include "middleware/base/format.h"
#include "middleware/storage/database.h"

namespace linli::app {

using base::Result;
using storage::Database;

namespace {

constexpr int kSchemaVersion = 1;
constexpr const char* kSchema = R"(
    CREATE TABLE IF NOT EXISTS setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS read_notice(item TEXT PRIMARY KEY) WITHOUT ROWID;
    PRAGMA user_version = 1;
)";

constexpr const char* kTextSizes[kTextSizeCount] = {"standard", "large", "extra-large"};

Result<Database> open_file(const std::filesystem::path& file) {
    LINLI_TRY(database, Database::open(file, storage::OpenMode::ReadWrite));
    LINLI_TRY(version, database.number("PRAGMA user_version"));
    if (version > kSchemaVersion)
        return base::fail(base::format("{} was written by a newer version ({})", file.string(), version));
    if (version == 0) LINLI_CHECK(database.run(kSchema));
    LINLI_CHECK(database.run("PRAGMA cache_size = -64"));
    return database;
}

}  // namespace

struct HouseholdStore::Impl {
    Database database;
    std::optional<std::unordered_set<std::string>> read;
    std::string trouble;

    std::unordered_set<std::string>& read_notices() {
        if (!read) {
            read.emplace();
            storage::Statement select = database.prepare("SELECT item FROM read_notice");
            while (select.step()) read->emplace(select.text(0));
        }
        return *read;
    }
};

HouseholdStore::HouseholdStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HouseholdStore::~HouseholdStore() = default;
HouseholdStore::HouseholdStore(HouseholdStore&&) noexcept = default;

Result<HouseholdStore> HouseholdStore::open(const std::filesystem::path& file) {
    auto health = storage::examine(file);
    if (health && *health == storage::Health::Damaged) {
        std::error_code ignored;
        std::filesystem::path aside = file;
        aside += ".damaged";
        std::filesystem::rename(file, aside, ignored);
        for (const char* suffix : {"-wal", "-shm"}) {
            std::filesystem::path journal = file;
            journal += suffix;
            std::filesystem::remove(journal, ignored);
        }
    }
    auto database = open_file(file);
    std::string trouble;
    if (!database) {
        trouble = database.error().message;
        database = open_file(":memory:");
    }
    if (!database) return std::unexpected(database.error());
    return HouseholdStore(std::make_unique<Impl>(Impl{std::move(*database), std::nullopt, std::move(trouble)}));
}

const std::string& HouseholdStore::trouble() const { return impl_->trouble; }

Settings HouseholdStore::settings() {
    Settings settings;
    storage::Statement select = impl_->database.prepare("SELECT name, value FROM setting");
    while (select.step()) {
        std::string_view name = select.text(0), value = select.text(1);
        if (name == "text-size") {
            for (int i = 0; i < kTextSizeCount; ++i)
                if (value == kTextSizes[i]) settings.text_size = static_cast<TextSize>(i);
        } else if (name == "language") {
            settings.language = value == "en" ? text::Language::English : text::Language::Chinese;
        }
    }
    return settings;
}

Result<void> HouseholdStore::save(const Settings& settings) {
    storage::Statement insert = impl_->database.prepare("INSERT OR REPLACE INTO setting VALUES (?1, ?2), (?3, ?4)");
    return insert.bind("text-size")
        .bind(kTextSizes[static_cast<int>(settings.text_size)])
        .bind("language")
        .bind(settings.language == text::Language::English ? "en" : "zh_CN")
        .finish();
}

bool HouseholdStore::is_read(const content::ItemKey& notice) { return impl_->read_notices().contains(notice.str()); }

Result<void> HouseholdStore::mark_read(const content::ItemKey& notice) {
    if (!impl_->read_notices().insert(notice.str()).second) return {};
    return impl_->database.prepare("INSERT OR IGNORE INTO read_notice VALUES (?)").bind(notice.str()).finish();
}

}  // namespace linli::app
