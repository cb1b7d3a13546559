#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "platform/booking/booking_store.h"

namespace linli::platform {

/// What became of one row of an office's table.
struct DeskOutcome {
    std::size_t line = 0;
    bool is_done = false;
    /// What was done, or why not; no names.
    std::string said;
};

/// Does what an office has written into a table (docs/platform.md), row by row: a row that cannot be done is told with its
/// line and holds up none of the others. A row that was done before is done already: importing again doubles nothing. An
/// error where the table as a whole cannot be read, or the database is away; what came before that is done.
base::Result<std::vector<DeskOutcome>> import_desk_table(std::string_view csv, BookingStore& store,
                                                         std::chrono::sys_seconds now);

}  // namespace linli::platform
