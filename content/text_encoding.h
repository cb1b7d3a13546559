#pragma once

#include <optional>
#include <string_view>

#include "content/fault.h"

namespace linli::content {

/// What is wrong with the encoding of an XML file: it is in GBK or UTF-16 (an editor's office
/// software), it is not text, or its first line names another encoding than UTF-8. Nothing when it
/// is UTF-8 and says so.
std::optional<Fault> check_encoding(std::string_view bytes);

/// The line and column of a byte.
xml::Place place_of(std::string_view bytes, std::size_t offset);

}  // namespace linli::content
