#pragma once

#include <string>
#include <string_view>

namespace linli::platform {

/// Text as the television shows it: a run of white space is one space (nothing between two Chinese
/// characters where it breaks a line), none at the ends; what only computers see (byte order marks,
/// soft hyphens, zero-width joiners) is gone, and so is what follows readers of web addresses
/// (utm_source and its like). Characters that no box can show, such as emoji, are left out and
/// added to `left_out`.
std::string clean_text(std::string_view raw, std::u32string& left_out);

/// The same where nobody asks what was left out.
std::string clean_text(std::string_view raw);

/// Whether `text` begins with `prefix`, small and capital letters A to Z being the same.
bool begins_with_no_case(std::string_view text, std::string_view prefix);
/// Letters A to Z made small.
std::string lower_case(std::string_view text);
/// Without ASCII white space at both ends.
std::string_view trim(std::string_view text);

}  // namespace linli::platform
