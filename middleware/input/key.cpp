#include "middleware/input/key.h"

#include <array>

namespace linli::input {
namespace {

constexpr std::array<std::string_view, kKeyCount> kNames{
    "UP", "DOWN", "LEFT", "RIGHT", "OK", "BACK", "HOME",
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
    "RED", "GREEN", "YELLOW", "BLUE",
    "CHANNEL_UP", "CHANNEL_DOWN", "PAGE_UP", "PAGE_DOWN",
    "INFO", "MENU", "GUIDE",
};

}  // namespace

std::string_view key_name(Key key) { return kNames[static_cast<std::size_t>(key)]; }

std::optional<Key> key_from_name(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return static_cast<Key>(i);
    return std::nullopt;
}

std::optional<int> digit_of(Key key) {
    if (key < Key::Digit0 || key > Key::Digit9) return std::nullopt;
    return static_cast<int>(key) - static_cast<int>(Key::Digit0);
}

bool is_arrow(Key key) { return key == Key::Up || key == Key::Down || key == Key::Left || key == Key::Right; }

}  // namespace linli::input
