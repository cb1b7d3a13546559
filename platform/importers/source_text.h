#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "middleware/base/result.h"
#include "platform/importers/import.h"

namespace linli::platform {

/// Text of a file in UTF-8 without a byte order mark, whatever it was written in: UTF-8, UTF-16
/// with its mark, or else GB18030 (with GBK and GB 2312 in it), which is what office programs in
/// China write. `declared` is the encoding that the document names itself and goes before a guess;
/// empty where it names none. An error when the bytes are not text in that encoding.
base::Result<std::string> to_utf8(std::string bytes, std::string_view declared = {});

/// Reads a file as text.
base::Result<std::string> read_text(const std::filesystem::path& file,
                                    std::size_t most_bytes = kMostImportBytes);

}  // namespace linli::platform
