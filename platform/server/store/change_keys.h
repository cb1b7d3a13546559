#pragma once

#include <variant>

#include "platform/server/store/rows.h"

/// What was answered to the key of a change, kept with the change itself.
namespace linli::platform {

/// An appointment by its id, or a refusal.
using KeptAnswer = std::variant<std::int64_t, Refusal>;

/// What was answered before; `key-reused` where it was to another question, or to another household (none: the desk).
SqlResult<std::optional<KeptAnswer>> find_answer(SqlConnection& sql, std::string_view key,
                                                 std::optional<std::int64_t> household, std::string_view question);
/// In the transaction of the change. An error of kind Retry when the key has come into use meanwhile: what was done is to
/// be rolled back, and finds the other's answer when it comes again.
SqlResult<void> keep_answer(SqlConnection& sql, std::string_view key, std::optional<std::int64_t> household,
                            std::string_view question, const KeptAnswer& answer, std::chrono::sys_seconds now);

}  // namespace linli::platform
