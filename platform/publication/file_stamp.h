#pragma once

#include <filesystem>
#include <string>

namespace linli::platform {

/// Size, times and inode of a file, as a text: while it stays the same nobody has written to the file, nor put another
/// one in its place. Empty where there is none.
std::string file_stamp(const std::filesystem::path& file);

/// The same of a file that others write to. Empty, too, within a second of its last change, when another one might
/// fall into the same tick of the file system's clock.
std::string settled_stamp(const std::filesystem::path& file);

}  // namespace linli::platform
