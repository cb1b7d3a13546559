#pragma once

#include <string>
#include <string_view>

#include "content/fault.h"

namespace linli::content {

/// The simple types of the exchange schema.
// clang-format off
enum class ValueType {
    Any, Text, Code, ItemId, ItemReference, Instant, Date, TimeOfDay, TelephoneNumber, ObjectReference,
    Choice, Weekdays, Boolean, Number, ByteCount, MediaType, Initials, WebAddress,
};
// clang-format on

/// Whether a value is of the type. Where the type allows white space around it (xs:token), it is
/// taken off `value`.
bool accept_value(ValueType type, std::string_view& value);

/// What values of the type look like, for a fault.
Message describe(ValueType type);

/// Text as it is shown: no white space at the ends; inside, a run of it with a line break in it
/// becomes one space, and nothing at all between two characters that are not ASCII (Chinese is
/// written without).
void tidy_white_space(std::string& text);

}  // namespace linli::content
