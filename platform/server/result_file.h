#pragma once

#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "platform/appointments/appointment_types.h"

namespace linli::platform {

/// Reads a file of results of applications: docs/platform.md has the format. Refused, with line and column: a receipt
/// with fewer than four digits or that is there twice, a state or a time that is none, a guide without its area, and what is
/// not known.
base::Result<std::vector<ApplicationResult>> read_result_file(std::string_view xml);

}  // namespace linli::platform
