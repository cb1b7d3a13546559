#pragma once

#include <optional>
#include <string_view>

namespace linli::input {

/// The keys of a remote control that the application knows, whatever the remote calls them. Volume, mute and
/// power are not among them: they belong to the television.
enum class Key {
    Up, Down, Left, Right, Ok, Back, Home,
    Digit0, Digit1, Digit2, Digit3, Digit4, Digit5, Digit6, Digit7, Digit8, Digit9,
    Red, Green, Yellow, Blue,
    ChannelUp, ChannelDown, PageUp, PageDown,
    Info, Menu, Guide,
};
inline constexpr int kKeyCount = 28;

/// The names used in key maps and scripts: "UP", "OK", "7", "RED", "CHANNEL_UP".
std::string_view key_name(Key key);
std::optional<Key> key_from_name(std::string_view name);

/// The number on a digit key.
std::optional<int> digit_of(Key key);

bool is_arrow(Key key);

}  // namespace linli::input
