#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "middleware/base/signature.h"

namespace linli::platform {

inline constexpr std::size_t kMostSignedBytes = 64u << 10;

/// Some keys, and how many of them must have signed. 1 to 16 keys, each once.
struct KeySet {
    unsigned threshold = 1;
    std::vector<base::PublicKey> keys;
    bool operator==(const KeySet&) const = default;
};

/// A payload with detached signatures over its bytes (docs/publication.md, "Signed files"). Read,
/// but not verified.
struct SignedFile {
    struct Signature {
        std::string key_id;
        std::string bytes;
    };
    std::vector<Signature> signatures;
    std::string payload;
};

base::Result<SignedFile> read_signed(std::string_view file);
/// The keys in the order given. The same payload and keys give the same bytes.
std::string write_signed(std::string_view payload, const std::vector<const base::SecretKey*>& keys);
/// Adds a signature to a file that other holders of keys have signed before; one of the same key is
/// replaced.
base::Result<std::string> add_signature(std::string_view file, const base::SecretKey& key);

/// An error unless as many keys of the set as its threshold says have signed the payload. Says how
/// many were good.
base::Result<void> check_signatures(const SignedFile& file, const KeySet& keys);

}  // namespace linli::platform
