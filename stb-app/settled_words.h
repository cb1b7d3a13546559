#pragma once

#include <string>

#include "stb-app/navigation/screen.h"

namespace linli::app::words {

/// What became of a change that the resident could not be told about at once, in a sentence or two. It names the service
/// as a reminder does: not where that is nobody's business.
std::string settled_change(const Context& context, const platform::SettledChange& change);

}  // namespace linli::app::words
