#include "middleware/base/secret.h"

#include <sodium.h>

namespace linli::base {

void wipe(std::string& secret) {
    sodium_memzero(secret.data(), secret.capacity());
    secret.clear();
}

std::string random_hex(std::size_t digits) {
    std::string bytes((digits + 1) / 2, '\0');
    // randombytes_buf reads the system's source itself and needs no sodium_init.
    randombytes_buf(bytes.data(), bytes.size());
    std::string hex(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    hex.resize(digits);
    return hex;
}

Result<std::string> hash_password(std::string_view password) {
    char hash[crypto_pwhash_STRBYTES];
    if (sodium_init() < 0) return fail("libsodium does not start");
    if (crypto_pwhash_str(hash, password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return fail("not enough memory to hash a password");
    return std::string(hash);
}

bool is_password(std::string_view password, const std::string& hash) {
    return sodium_init() >= 0 && crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace linli::base
