#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linli::platform {

/// The values of a query ("service=12/0101%23x&day=2026-11-27") by these names, percent-decoded, in this order. Nothing
/// where a name is missing, is there twice or is not one of them, and where the coding is wrong or hides a control character.
std::optional<std::vector<std::string>> query_values(std::string_view query, std::initializer_list<std::string_view> names);
/// Of a query with one name.
std::optional<std::string> query_value(std::string_view query, std::string_view name);

}  // namespace linli::platform
