#pragma once

#include <expected>
#include <string>
#include <utility>

namespace linli::base {

/// What went wrong, in words that a person can act on. English: it goes to the log and to Diagnostics;
/// what a resident sees is chosen by the screen from the situation, not from this text.
struct Error {
    std::string message;
};

/// A value, or why there is none. Nothing throws across our headers.
template <typename T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(std::string message) {
    return std::unexpected(Error{std::move(message)});
}

}  // namespace linli::base

/// Declares `variable` with the value of `expression`, a Result; hands its error on to the caller.
#define LINLI_TRY(variable, expression)                                              \
    auto variable##_or_error = (expression);                                         \
    if (!variable##_or_error) return std::unexpected(variable##_or_error.error()); \
    auto variable = std::move(*variable##_or_error)

/// The same for a Result<void>.
#define LINLI_CHECK(expression)                                                             \
    if (auto checked = (expression); !checked) return std::unexpected(checked.error())
