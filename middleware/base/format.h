#pragma once

#include <fmt/format.h>

namespace linli::base {

using fmt::format;

}  // namespace linli::base
