#pragma once

#include "middleware/base/result.h"

namespace linli::base {

/// From now on this process leaves no picture of its memory behind when it crashes, and lets no other process of its user
/// look into it. Called first thing in `main` by programs that hold PINs, tokens or names; what they start later is not
/// covered.
Result<void> forbid_core_dumps();

}  // namespace linli::base
