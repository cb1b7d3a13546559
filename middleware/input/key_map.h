#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "middleware/base/result.h"
#include "middleware/input/key.h"

namespace linli::input {

/// Which key of a remote means what. A file a model of remote control: a line `CURSOR_UP = UP` each, the name
/// that DirectFB gives the symbol and the key it means; `#` begins a comment. Keys that are not named do nothing.
class KeyMap {
  public:
    /// An error names the line that is wrong.
    static base::Result<KeyMap> parse(std::string_view text);

    std::optional<Key> find(std::string_view symbol) const;

  private:
    std::map<std::string, Key, std::less<>> keys_;
};

}  // namespace linli::input
