#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace linli::base {

using fmt::format;

/// For patterns that are only known at run time, such as translations. A pattern that does not fit its arguments
/// is returned as it is: a mistake of a translator must not take the screen away.
template <typename... Args>
std::string format_text(std::string_view pattern, const Args&... args) {
    try {
        return fmt::vformat(pattern, fmt::make_format_args(args...));
    } catch (const fmt::format_error&) {
        return std::string(pattern);
    }
}

}  // namespace linli::base
