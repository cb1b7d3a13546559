#pragma once

#include "platform/server/sql/sql_connection.h"

namespace linli::platform {

/// Makes the tables where there are none. To be called in a transaction that is alone. An error when a newer version of
/// the program made them.
SqlResult<void> make_tables(SqlConnection& sql);

}  // namespace linli::platform
