#include "platform/server/sql/sql_connection.h"

#include <charconv>

namespace linli::platform {

using namespace std::chrono;

const std::string& SqlRow::text(std::size_t column) const {
    static const std::string kNothing;
    return values_[column] ? *values_[column] : kNothing;
}

std::int64_t SqlRow::integer(std::size_t column) const {
    const std::string& digits = text(column);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

sys_seconds SqlRow::time(std::size_t column) const { return sys_seconds(seconds(integer(column))); }

std::optional<sys_seconds> SqlRow::time_or_null(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return time(column);
}

}  // namespace linli::platform
