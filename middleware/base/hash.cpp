#include "middleware/base/hash.h"

#include <sodium.h>

#include <algorithm>
#include <new>

namespace linli::base {
namespace {

using State = crypto_hash_sha256_state;

State* state_in(unsigned char* bytes) { return std::launder(reinterpret_cast<State*>(bytes)); }

const unsigned char* data_of(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

}  // namespace

Sha256::Sha256() {
    static_assert(sizeof(State) <= kStateBytes && alignof(State) <= 16);
    crypto_hash_sha256_init(new (state_) State);
}

void Sha256::add(std::string_view bytes) { crypto_hash_sha256_update(state_in(state_), data_of(bytes), bytes.size()); }

std::string Sha256::finish() {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state_in(state_), hash);
    char hex[2 * sizeof hash + 1];
    return sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
}

std::string Sha256::of(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

bool Sha256::is_hash(std::string_view text) {
    return text.size() == 2 * crypto_hash_sha256_BYTES &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace linli::base
