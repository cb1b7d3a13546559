#pragma once

#include <string_view>

#include "middleware/base/result.h"

namespace linli::platform {

/// Whether a box may talk to a platform at this address: https, or http on this machine alone. The error says what is
/// wrong with it.
base::Result<void> check_platform_address(std::string_view url);

}  // namespace linli::platform
