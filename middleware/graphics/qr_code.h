#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"

namespace linli::graphics {

/// How many light modules are around a code on each side. @spec ISO/IEC 18004, quiet zone
inline constexpr int kQuietModules = 4;

/// A QR code as modules, without its quiet zone.
struct QrCode {
    int side = 0;
    std::vector<bool> dark;  // line by line

    bool is_dark(int x, int y) const { return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)]; }
    int side_with_quiet_zone() const { return side + 2 * kQuietModules; }
};

/// The smallest code for a text of UTF-8, with as much correction of errors as its size has room for. Refuses an empty text
/// and one of more than 1,000 bytes: on a television its modules would be too small for a telephone. About a millisecond.
base::Result<QrCode> make_qr_code(std::string_view text);

}  // namespace linli::graphics
