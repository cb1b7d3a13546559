#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "middleware/base/result.h"
#include "middleware/storage/database.h"

namespace linli::storage {

/// A step from one version of a schema to another. Version 0 is an empty file.
struct Migration {
    std::int64_t from = 0;
    std::int64_t to = 0;
    /// Statements that take no values.
    std::string sql;
    /// `Vacuum` writes the whole file again, as one must to make a file shrinkable that was not made so. Where there is
    /// no room for that the file serves as it is.
    enum class Then { Nothing, Vacuum };
    Then then = Then::Nothing;
};

/// Takes one step after the other from the version of the file (`PRAGMA user_version`) until none leads on. Each is a
/// transaction with the note of its version: after an error or a power cut the file has the version before or after it.
/// Several programs and threads may do it at the same time. Of several steps from a version, the longest is taken.
base::Result<void> migrate(Database& database, std::span<const Migration> steps);

}  // namespace linli::storage
