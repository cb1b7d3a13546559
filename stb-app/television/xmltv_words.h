#pragma once

#include <string>
#include <utility>
#include <vector>

#include "stb-app/navigation/screen.h"
#include "stb-app/television/xmltv_source.h"

namespace linli::app::words {

/// What became of the second source of the guide, in lines for Diagnostics.
std::vector<std::pair<std::string, std::string>> xmltv_facts(const Context& context, const XmltvStatus& status);

}  // namespace linli::app::words
