#include "middleware/input/key_map.h"

#include <algorithm>

#include "middleware/base/format.h"

namespace linli::input {
namespace {

std::string_view trim(std::string_view text) {
    auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

base::Result<KeyMap> KeyMap::parse(std::string_view text) {
    KeyMap map;
    for (int number = 1; !text.empty(); ++number) {
        auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        line = trim(line.substr(0, line.find('#')));
        if (line.empty()) continue;
        auto equals = line.find('=');
        std::string_view symbol = trim(line.substr(0, std::min(equals, line.size())));
        if (equals == std::string_view::npos || symbol.empty())
            return base::fail(base::format("line {}: expected SYMBOL = KEY, found \"{}\"", number, line));
        std::string_view name = trim(line.substr(equals + 1));
        std::optional<Key> key = key_from_name(name);
        if (!key) return base::fail(base::format("line {}: there is no key \"{}\"", number, name));
        map.keys_[std::string(symbol)] = *key;
    }
    return map;
}

std::optional<Key> KeyMap::find(std::string_view symbol) const {
    auto found = keys_.find(symbol);
    if (found == keys_.end()) return std::nullopt;
    return found->second;
}

}  // namespace linli::input
