#pragma once

#include <string_view>

namespace linli::platform {

/// The bytes of platform/publication/delta_prefix.xml: what every delta is packed with and unpacked with
/// (docs/publication.md, "Deltas"). Part of the format: another text would be another version of it.
std::string_view delta_prefix();

}  // namespace linli::platform
