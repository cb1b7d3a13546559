#pragma once

#include <string>
#include <string_view>

namespace linli::app {

/// The character of the Material Design Icons font for a symbol of the exchange interface ("bullhorn") or of
/// the application itself ("arrow-left"). An unknown name gives the symbol "information".
std::string symbol(std::string_view name);

}  // namespace linli::app
