#pragma once

#include <string>
#include <string_view>

#include "middleware/base/result.h"

namespace linli::base {

/// Overwrites a secret, also where the compiler sees no reader, and empties it.
void wipe(std::string& secret);

/// That many hex digits from the system's source of randomness, for what nobody may guess.
std::string random_hex(std::size_t digits);

/// A text from which a password or PIN cannot be read back in reasonable time; takes about 0.1 s and 64 MiB, so it
/// is for servers. @spec Argon2id as in libsodium's crypto_pwhash_str, "interactive"
Result<std::string> hash_password(std::string_view password);
bool is_password(std::string_view password, const std::string& hash);

}  // namespace linli::base
