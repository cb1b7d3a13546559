#include "stb-app/household/household_store.h"

#include <charconv>
#include <optional>
#include <system_error>
#include <unordered_set>
#include <vector>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/secret.h"
#include "middleware/storage/database.h"
#include "middleware/storage/migration.h"

namespace linli::app {

using base::Result;
using storage::Database;

namespace {

constexpr int kSchemaVersion = 3;
constexpr const char* kAcknowledged = "CREATE TABLE acknowledged(hash TEXT PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID;";
/// `turn` rises with each that is kept.
constexpr const char* kPlaces =
    "CREATE TABLE place(item TEXT PRIMARY KEY, seconds INTEGER NOT NULL, turn INTEGER NOT NULL) WITHOUT ROWID;";
constexpr std::int64_t kMostPlaces = 200;
constexpr const char* kSchema = R"(
    CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE read_notice(item TEXT PRIMARY KEY) WITHOUT ROWID;
)";

std::vector<storage::Migration> migrations() {
    return {{0, kSchemaVersion, std::string(kSchema) + kAcknowledged + kPlaces},
            {1, 2, kAcknowledged},
            {2, kSchemaVersion, kPlaces}};
}

/// Longer than any reminder comes before its appointment.
constexpr std::chrono::days kKeptAcknowledged(14);
constexpr std::size_t kSaltDigits = 32;

/// What was kept, within what may be chosen.
int chosen(std::string_view value, int most, int otherwise) {
    int number = 0;
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    bool is_good = error == std::errc() && end == value.data() + value.size() && number >= 0 && number <= most;
    return is_good ? number : otherwise;
}
constexpr int kLatestHour = 20;
constexpr int kMostHoursBefore = 3;

constexpr std::chrono::hours kBackupAge(24);

constexpr const char* kTextSizes[kTextSizeCount] = {"standard", "large", "extra-large"};

Result<Database> open_file(const std::filesystem::path& file) {
    LINLI_TRY(database, Database::open(file, storage::OpenMode::ReadWrite));
    LINLI_TRY(version, database.number("PRAGMA user_version"));
    if (version > kSchemaVersion)
        return base::fail(base::format("{} was written by a newer version ({})", file.string(), version));
    LINLI_CHECK(storage::migrate(database, migrations()));
    LINLI_CHECK(database.run("PRAGMA cache_size = -64"));
    return database;
}

std::filesystem::path with_suffix(std::filesystem::path file, const char* suffix) { return file += suffix; }

/// The time of a file; nothing where there is none, or nothing in it.
std::optional<std::chrono::file_clock::time_point> time_of(const std::filesystem::path& file) {
    std::error_code error;
    auto time = std::filesystem::last_write_time(file, error);
    if (error || std::filesystem::file_size(file, error) == 0 || error) return std::nullopt;
    return time;
}

bool is_damaged(const std::filesystem::path& file) {
    auto health = storage::examine(file);
    return health && *health == storage::Health::Damaged;
}

void remove_journal(const std::filesystem::path& file) {
    std::error_code ignored;
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(with_suffix(file, suffix), ignored);
}

/// Puts the backup, or nothing, in the place of a damaged file.
void replace_damaged(const std::filesystem::path& file) {
    std::error_code ignored;
    std::filesystem::rename(file, with_suffix(file, ".damaged"), ignored);
    remove_journal(file);
    auto backup = base::read_file(with_suffix(file, ".backup"));
    if (!backup || !base::write_file_atomically(file, *backup) || !is_damaged(file)) return;
    std::filesystem::remove(file, ignored);
    remove_journal(file);
}

}  // namespace

struct HouseholdStore::Impl {
    std::filesystem::path file;
    Database database;
    std::optional<std::unordered_set<std::string>> read;
    std::string trouble;
    std::string salt = {};

    std::unordered_set<std::string>& read_notices() {
        if (!read) {
            read.emplace();
            storage::Statement select = database.prepare("SELECT item FROM read_notice");
            while (select.step()) read->emplace(select.text(0));
        }
        return *read;
    }

    /// Without it the hash of so short a text could be looked up in a table.
    const std::string& salt_of_reminders() {
        if (!salt.empty()) return salt;
        storage::Statement select = database.prepare("SELECT value FROM setting WHERE name = 'reminder-salt'");
        if (select.step()) return salt = select.text(0);
        salt = base::random_hex(kSaltDigits);
        // Where it cannot be kept, what is put away is forgotten at the end of this run.
        (void)database.prepare("INSERT INTO setting VALUES ('reminder-salt', ?)").bind(salt).finish();
        return salt;
    }
    std::string hash_of(std::string_view reminder) {
        return base::Sha256::of(salt_of_reminders() + std::string(reminder)).substr(0, kSaltDigits);
    }
};

HouseholdStore::HouseholdStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HouseholdStore::~HouseholdStore() = default;
HouseholdStore::HouseholdStore(HouseholdStore&&) noexcept = default;

Result<HouseholdStore> HouseholdStore::open(const std::filesystem::path& file) {
    if (is_damaged(file)) replace_damaged(file);
    auto database = open_file(file);
    std::string trouble;
    if (!database) {
        trouble = database.error().message;
        database = open_file(":memory:");
    }
    if (!database) return std::unexpected(database.error());
    return HouseholdStore(std::make_unique<Impl>(Impl{file, std::move(*database), std::nullopt, std::move(trouble)}));
}

const std::string& HouseholdStore::trouble() const { return impl_->trouble; }

Result<void> HouseholdStore::back_up_when_due(std::chrono::file_clock::time_point now) {
    if (!impl_->trouble.empty()) return {};
    auto backup = with_suffix(impl_->file, ".backup");
    if (auto made = time_of(backup)) {
        bool has_changed = time_of(impl_->file) > made || time_of(with_suffix(impl_->file, "-wal")) > made;
        bool is_old = now >= *made + kBackupAge || now < *made;
        if (!has_changed || !is_old) return {};
    }
    LINLI_TRY(image, impl_->database.image());
    return base::write_file_atomically(backup, image);
}

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
        } else if (name == "remind-day-before-at") {
            settings.remind_day_before_at = chosen(value, kLatestHour, settings.remind_day_before_at);
        } else if (name == "remind-hours-before") {
            settings.remind_hours_before = chosen(value, kMostHoursBefore, settings.remind_hours_before);
        }
    }
    return settings;
}

Result<void> HouseholdStore::save(const Settings& settings) {
    storage::Statement insert = impl_->database.prepare("INSERT OR REPLACE INTO setting VALUES (?1, ?2), (?3, ?4), (?5, ?6), (?7, ?8)");
    return insert.bind("text-size")
        .bind(kTextSizes[static_cast<int>(settings.text_size)])
        .bind("language")
        .bind(settings.language == text::Language::English ? "en" : "zh_CN")
        .bind("remind-day-before-at")
        .bind(std::to_string(settings.remind_day_before_at))
        .bind("remind-hours-before")
        .bind(std::to_string(settings.remind_hours_before))
        .finish();
}

std::string HouseholdStore::note(std::string_view name) {
    storage::Statement select = impl_->database.prepare("SELECT value FROM setting WHERE name = 'note.' || ?");
    select.bind(name);
    return select.step() ? std::string(select.text(0)) : std::string();
}

Result<void> HouseholdStore::save_note(std::string_view name, std::string_view text) {
    return impl_->database.prepare("INSERT OR REPLACE INTO setting VALUES ('note.' || ?, ?)").bind(name).bind(text).finish();
}

bool HouseholdStore::is_read(const content::ItemKey& notice) { return impl_->read_notices().contains(notice.str()); }

Result<void> HouseholdStore::mark_read(const content::ItemKey& notice) {
    if (!impl_->read_notices().insert(notice.str()).second) return {};
    return impl_->database.prepare("INSERT OR IGNORE INTO read_notice VALUES (?)").bind(notice.str()).finish();
}

std::optional<std::chrono::seconds> HouseholdStore::place(const content::ItemKey& video) {
    storage::Statement select = impl_->database.prepare("SELECT seconds FROM place WHERE item = ?");
    select.bind(video.str());
    return select.step() ? std::optional(std::chrono::seconds(select.integer(0))) : std::nullopt;
}

Result<void> HouseholdStore::save_place(const content::ItemKey& video, std::chrono::seconds place) {
    LINLI_CHECK(impl_->database.prepare("INSERT OR REPLACE INTO place"
                                        " VALUES (?, ?, (SELECT COALESCE(MAX(turn), 0) + 1 FROM place))")
                    .bind(video.str()).bind(static_cast<std::int64_t>(place.count())).finish());
    return impl_->database.prepare("DELETE FROM place WHERE turn <= (SELECT MAX(turn) FROM place) - ?").bind(kMostPlaces).finish();
}

Result<void> HouseholdStore::forget_place(const content::ItemKey& video) {
    return impl_->database.prepare("DELETE FROM place WHERE item = ?").bind(video.str()).finish();
}

bool HouseholdStore::is_acknowledged(std::string_view reminder) {
    return impl_->database.prepare("SELECT 1 FROM acknowledged WHERE hash = ?").bind(impl_->hash_of(reminder)).step();
}

Result<void> HouseholdStore::acknowledge(std::string_view reminder, std::chrono::sys_days today) {
    auto day = static_cast<std::int64_t>(today.time_since_epoch().count());
    LINLI_CHECK(impl_->database.prepare("DELETE FROM acknowledged WHERE day < ?").bind(day - kKeptAcknowledged.count()).finish());
    return impl_->database.prepare("INSERT OR REPLACE INTO acknowledged VALUES (?, ?)")
        .bind(impl_->hash_of(reminder))
        .bind(day)
        .finish();
}

}  // namespace linli::app
