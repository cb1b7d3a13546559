#pragma once

#include <filesystem>
#include <memory>

#include "platform/server/sql/sql_connection.h"

namespace linli::platform {

/// A database in a file. What is committed outlives a power cut (synchronous=FULL). Any number of processes may write:
/// they queue for a lock on "FILE-turn", so that each gets its turn and none starves.
SqlResult<std::unique_ptr<SqlDatabase>> open_sqlite(const std::filesystem::path& file);

}  // namespace linli::platform
