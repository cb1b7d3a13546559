#pragma once

#include "middleware/graphics/directfb_library.h"

namespace linli::tests {

/// DirectFB without a screen, started when it is first asked for; it can be started once a process.
graphics::DirectFbLibrary& directfb();

}  // namespace linli::tests
