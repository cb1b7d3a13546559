#pragma once

#include <memory>
#include <string>

#include "platform/server/sql/sql_connection.h"

namespace linli::platform {

/// A PostgreSQL server, by an address such as "postgresql://user@host/database". Nothing is asked of it yet.
SqlResult<std::unique_ptr<SqlDatabase>> open_postgres(const std::string& address);

}  // namespace linli::platform
