#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "middleware/base/format.h"
#include "middleware/base/result.h"

/// The small words that steps of a script are made of.
namespace linli::simulator {

std::string_view trim(std::string_view text);
/// The error "expected …, found …".
std::unexpected<base::Error> expected(std::string_view what, std::string_view found);
/// "a text" without its quotes.
base::Result<std::string> quoted(std::string_view argument);
/// "20s"
base::Result<std::chrono::seconds> seconds_of(std::string_view argument);
/// Takes the first word, or the first text in quotes (with them), off the front of `rest`; empty at its end.
std::string_view take_word(std::string_view& rest);

}  // namespace linli::simulator
