#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "middleware/base/result.h"

namespace linli::base {

/// The bytes of a file. An error when it cannot be read or is larger than `most_bytes`.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t most_bytes = 256u << 20);

/// Writes a file so that a reader, or a crash at any moment, sees the old bytes or the new ones: a
/// temporary file beside it, synced, then renamed over it. Makes missing folders.
Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace linli::base
