#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "middleware/base/result.h"
#include "middleware/base/signature.h"
#include "platform/publication/signed_file.h"

namespace linli::platform {

/// The private keys that are at hand on a publisher's machine. For head-end tools only; a box has
/// none.
class KeyRing {
  public:
    /// Asked for the passphrase of a sealed key file.
    using AskPassphrase = std::function<std::string(const std::filesystem::path& key_file)>;

    KeyRing() = default;
    /// Reads key files, and every `*.key` of folders. A key file that others may read (mode other
    /// than 0600 or 0400) is refused, and so is one that cannot be opened.
    static base::Result<KeyRing> open(const std::vector<std::filesystem::path>& files,
                                      const AskPassphrase& ask);

    void add(base::SecretKey key);
    /// Null where it is not at hand.
    const base::SecretKey* find(const std::string& key_id) const;
    const std::vector<base::SecretKey>& all() const { return keys_; }
    /// Whether as many keys of the set as its threshold asks for are at hand.
    bool can_sign(const KeySet& keys) const;
    /// A signed file by as many keys of the set as its threshold asks for. An error names what is
    /// missing.
    base::Result<std::string> sign(std::string_view payload, const KeySet& keys) const;

  private:
    std::vector<base::SecretKey> keys_;
};

/// Writes a new key: NAME.key (mode 0600) and NAME.pub in the folder. Refuses to overwrite one.
base::Result<base::PublicKey> create_key(const std::filesystem::path& folder,
                                         const std::string& name, std::string_view passphrase);
/// A public key as 64 hex digits, or from a NAME.pub file.
base::Result<base::PublicKey> read_public_key(const std::string& hex_or_file);

}  // namespace linli::platform
