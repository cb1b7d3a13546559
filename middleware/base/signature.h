#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>

#include "middleware/base/result.h"

/// Ed25519 signatures over bytes. @spec RFC 8032, with libsodium
namespace linli::base {

class PublicKey {
  public:
    /// From 64 hex digits.
    static Result<PublicKey> parse(std::string_view hex);

    std::string hex() const;
    /// Names the key in files and messages: the first 16 hex digits of the SHA-256 of its bytes.
    const std::string& id() const { return id_; }
    /// `signature` is 64 raw bytes.
    bool verifies(std::string_view bytes, std::string_view signature) const;
    auto operator<=>(const PublicKey&) const = default;

  private:
    friend class SecretKey;
    explicit PublicKey(const std::array<unsigned char, 32>& bytes);
    std::array<unsigned char, 32> bytes_;
    std::string id_;
};

/// A private key. Its memory is wiped when it goes.
class SecretKey {
  public:
    static SecretKey generate();
    /// Whether a key file is sealed with a passphrase.
    static bool is_sealed(std::string_view file);
    /// Reads a key file. A sealed one needs its passphrase; an error says whether it is missing or wrong.
    static Result<SecretKey> parse(std::string_view file, std::string_view passphrase);
    /// The text of a key file (a line that says what it is, the public key, the secret), sealed with a passphrase
    /// where one is given: Argon2id "moderate" (256 MiB and about a second), then XSalsa20-Poly1305. The caller wipes it.
    Result<std::string> to_file(std::string_view passphrase) const;

    ~SecretKey();
    SecretKey(SecretKey&& other) noexcept;
    SecretKey& operator=(SecretKey&& other) noexcept;

    const PublicKey& public_key() const { return public_key_; }
    /// 64 raw bytes; the same bytes give the same signature.
    std::string sign(std::string_view bytes) const;

  private:
    SecretKey(const std::array<unsigned char, 64>& bytes, PublicKey public_key);
    static SecretKey from_seed(const std::array<unsigned char, 32>& seed);
    std::array<unsigned char, 64> bytes_;
    PublicKey public_key_;
};

}  // namespace linli::base
