#pragma once

#include <string>
#include <string_view>

namespace linli::app {

/// The SHA-256, in hex, of an object of a publication; empty for any other. A name from outside becomes a path or an
/// address only where it can be nothing but a hash.
inline std::string object_hash(std::string_view src) {
    constexpr std::string_view kPrefix = "sha256:";
    constexpr std::size_t kHashLength = 64;
    if (!src.starts_with(kPrefix)) return {};
    src.remove_prefix(kPrefix.size());
    bool is_hash = src.size() == kHashLength && src.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    return is_hash ? std::string(src) : std::string();
}

}  // namespace linli::app
