#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "middleware/base/result.h"

/// Files that only their owner may read: what proves a box, and what it must not lose over a power cut.
namespace linli::base {

/// The bytes of a file. Refused, with the command that helps, where its mode lets anybody but its owner at it.
Result<std::string> read_private_file(const std::filesystem::path& path, std::size_t most_bytes);

/// Writes a file of mode 0600 so that a crash at any moment leaves the old bytes or the new ones. Bytes and name are at
/// rest when it returns; after an error the old ones are.
Result<void> write_private_file(const std::filesystem::path& path, std::string_view bytes);

/// Removes a file for good. One that is not there is no error.
Result<void> remove_private_file(const std::filesystem::path& path);

}  // namespace linli::base
