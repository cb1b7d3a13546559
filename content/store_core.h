#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/content_store.h"
#include "middleware/storage/database.h"
#include "middleware/storage/space_reserve.h"

/// What the files of the content store share, and nobody else: its database, its statements, and how values stand in it.
namespace linli::content {

inline std::int64_t to_number(std::chrono::sys_seconds time) { return time.time_since_epoch().count(); }
inline std::chrono::sys_seconds to_time(std::int64_t number) {
    return std::chrono::sys_seconds(std::chrono::seconds(number));
}

/// Absent is NULL.
void bind_optional(storage::Statement& statement, std::optional<std::int64_t> value);
void bind_time(storage::Statement& statement, std::optional<std::chrono::sys_seconds> time);
/// Always the four areas ?1–?4.
void bind_chain(storage::Statement& statement, const std::vector<AreaCode>& chain);

/// The columns of a row in a list, in this order.
inline constexpr std::string_view kRowColumns = "area, kind, category, id, urgency, published, title, detail";
/// Nothing where the area is none.
std::optional<ItemRow> row_at(const storage::Statement& statement, const std::vector<AreaCode>& chain);

/// The statements that are run again and again.
struct ReadStatements {
    explicit ReadStatements(storage::Database& database);

    /// The lists of a board, whole or of one category: an index serves each.
    struct Lists {
        Lists(storage::Database& database, std::string_view narrowed);
        storage::Statement newest, nearest, count;
    };
    Lists& lists(const std::string& category) { return category.empty() ? all : of_category; }

    Lists all, of_category;
    storage::Statement counts, categories, item, portal, version;
};

/// What is published can be thrown away and fetched again: nothing is overwritten to make it unreadable, and the journal
/// is emptied by `settle` alone.
base::Result<void> prepare_to_write(storage::Database& database);

/// Takes away everything of a part but the note of its version.
base::Result<void> clear_part(storage::Database& database, const AreaCode& area, Part part);

/// What taking away a step's worth of items needs at the most, and then some.
inline constexpr std::uint64_t kReservedBytes = 4u << 20;

struct ContentStore::Impl {
    Impl(storage::Database opened, const std::filesystem::path& file, std::string said)
        : database(std::move(opened)),
          reserve(std::filesystem::path(file) += ".reserve", kReservedBytes),
          notice(std::move(said)),
          statements(database) {}

    storage::Database database;
    storage::SpaceReserve reserve;
    std::string notice;
    ReadStatements statements;
};

}  // namespace linli::content
