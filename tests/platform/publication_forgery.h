#pragma once

#include <string>
#include <vector>

#include "middleware/base/signature.h"
#include "platform/publication/head.h"
#include "platform/publication/root.h"
#include "platform/publication/signed_file.h"

namespace linli::tests {

using base::SecretKey;

/// Keys, roots and heads that are right in every part, for tests to spoil in one.
platform::KeySet key_set(unsigned threshold, const std::vector<const SecretKey*>& keys);
platform::Root make_root(std::uint64_t version, platform::KeySet keys);
platform::Head make_head(const std::string& area);
std::string signed_root(const platform::Root& root, const std::vector<const SecretKey*>& signers);
std::string signed_head(const platform::Head& head, const std::vector<const SecretKey*>& signers);

/// The text with the first `what` in it replaced; it must be there.
std::string replaced(std::string text, std::string_view what, std::string_view with);

}  // namespace linli::tests
