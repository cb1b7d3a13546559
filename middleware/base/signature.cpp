#include "middleware/base/signature.h"

#include <sodium.h>

#include <cstdlib>
#include <optional>
#include <span>
#include <vector>

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/secret.h"

namespace linli::base {
namespace {

constexpr std::string_view kFirstLine = "linli-key 1";
constexpr std::size_t kIdDigits = 16;
constexpr std::size_t kSaltBytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t kNonceBytes = crypto_secretbox_NONCEBYTES;
constexpr std::size_t kSeedBytes = crypto_sign_SEEDBYTES;
constexpr std::size_t kSealedBytes = kSeedBytes + crypto_secretbox_MACBYTES;

template <std::size_t N>
using Bytes = std::array<unsigned char, N>;

/// Bytes of a secret; wiped when they go.
template <std::size_t N>
struct Secret {
    Bytes<N> bytes{};
    Secret() = default;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { sodium_memzero(bytes.data(), N); }
};

const unsigned char* data_of(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/// Lower-case hex of exactly as many bytes as there is room for.
bool read_hex(std::string_view hex, std::span<unsigned char> bytes) {
    if (hex.size() != 2 * bytes.size()) return false;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        int high = digit_of(hex[2 * i]);
        int low = digit_of(hex[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i] = static_cast<unsigned char>(high * 16 + low);
    }
    return true;
}

std::string to_hex(std::span<const unsigned char> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * bytes.size());
    for (unsigned char byte : bytes) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 15];
    }
    return hex;
}

/// libsodium chooses its implementations and its source of randomness here; without one no key may
/// be made.
void start_sodium() {
    if (sodium_init() < 0) std::abort();
}

bool derive(std::string_view passphrase, const Bytes<kSaltBytes>& salt,
            Secret<crypto_secretbox_KEYBYTES>& key) {
    return crypto_pwhash(key.bytes.data(), key.bytes.size(), passphrase.data(), passphrase.size(),
                         salt.data(), crypto_pwhash_OPSLIMIT_MODERATE,
                         crypto_pwhash_MEMLIMIT_MODERATE, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

/// The lines of a key file: what it is, "public HEX", then "secret HEX" or "sealed SALT NONCE HEX".
struct KeyFile {
    std::string_view public_key;
    std::string_view kind;
    std::vector<std::string_view> words;
};

std::string_view cut(std::string_view& rest, char end) {
    auto at = rest.find(end);
    std::string_view part = rest.substr(0, at);
    rest.remove_prefix(at == rest.npos ? rest.size() : at + 1);
    return part;
}

std::optional<KeyFile> split(std::string_view file) {
    KeyFile parts;
    if (cut(file, '\n') != kFirstLine) return std::nullopt;
    std::string_view line = cut(file, '\n');
    if (cut(line, ' ') != "public") return std::nullopt;
    parts.public_key = line;
    line = cut(file, '\n');
    parts.kind = cut(line, ' ');
    while (!line.empty())
        parts.words.push_back(cut(line, ' '));
    bool is_plain = parts.kind == "secret" && parts.words.size() == 1;
    bool is_sealed = parts.kind == "sealed" && parts.words.size() == 3;
    if ((!is_plain && !is_sealed) || !file.empty()) return std::nullopt;
    return parts;
}

Result<void> unseal(const KeyFile& parts, std::string_view passphrase, Secret<kSeedBytes>& seed) {
    Bytes<kSaltBytes> salt;
    Bytes<kNonceBytes> nonce;
    Bytes<kSealedBytes> sealed;
    if (!read_hex(parts.words[0], salt) || !read_hex(parts.words[1], nonce) ||
        !read_hex(parts.words[2], sealed))
        return fail("the key file is damaged");
    if (passphrase.empty()) return fail("the key is sealed: its passphrase is missing");
    Secret<crypto_secretbox_KEYBYTES> key;
    if (!derive(passphrase, salt, key))
        return fail("not enough memory to open a sealed key (256 MiB)");
    if (crypto_secretbox_open_easy(seed.bytes.data(), sealed.data(), sealed.size(), nonce.data(),
                                   key.bytes.data()) != 0)
        return fail("the passphrase is wrong, or the key file was changed");
    return {};
}

}  // namespace

PublicKey::PublicKey(const std::array<unsigned char, 32>& bytes)
    : bytes_(bytes),
      id_(Sha256::of({reinterpret_cast<const char*>(bytes.data()), bytes.size()})
              .substr(0, kIdDigits)) {}

Result<PublicKey> PublicKey::parse(std::string_view hex) {
    std::array<unsigned char, 32> bytes;
    if (!read_hex(hex, bytes)) return fail("a public key is 64 lower-case hex digits");
    return PublicKey(bytes);
}

std::string PublicKey::hex() const {
    return to_hex(bytes_);
}

bool PublicKey::verifies(std::string_view bytes, std::string_view signature) const {
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(data_of(signature), data_of(bytes), bytes.size(),
                                       bytes_.data()) == 0;
}

SecretKey::SecretKey(const std::array<unsigned char, 64>& bytes, PublicKey public_key)
    : bytes_(bytes), public_key_(std::move(public_key)) {}

SecretKey SecretKey::from_seed(const std::array<unsigned char, 32>& seed) {
    Secret<crypto_sign_SECRETKEYBYTES> secret;
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_bytes;
    crypto_sign_seed_keypair(public_bytes.data(), secret.bytes.data(), seed.data());
    return SecretKey(secret.bytes, PublicKey(public_bytes));
}

SecretKey SecretKey::generate() {
    start_sodium();
    Secret<kSeedBytes> seed;
    randombytes_buf(seed.bytes.data(), seed.bytes.size());
    return from_seed(seed.bytes);
}

bool SecretKey::is_sealed(std::string_view file) {
    auto parts = split(file);
    return parts && parts->kind == "sealed";
}

Result<SecretKey> SecretKey::parse(std::string_view file, std::string_view passphrase) {
    start_sodium();
    auto parts = split(file);
    if (!parts)
        return fail(format("it is no key file: the first line is not \"{}\", or lines are missing",
                           kFirstLine));
    Secret<kSeedBytes> seed;
    if (parts->kind == "sealed") {
        LINLI_CHECK(unseal(*parts, passphrase, seed));
    } else if (!read_hex(parts->words[0], seed.bytes)) {
        return fail("the key file is damaged");
    }
    SecretKey key = from_seed(seed.bytes);
    if (key.public_key().hex() != parts->public_key)
        return fail("the key file is damaged: its two keys are no pair");
    return key;
}

Result<std::string> SecretKey::to_file(std::string_view passphrase) const {
    start_sodium();
    std::string head = format("{}\npublic {}\n", kFirstLine, public_key_.hex());
    std::span<const unsigned char> seed = std::span(bytes_).first(kSeedBytes);
    if (passphrase.empty()) {
        std::string secret = to_hex(seed);
        std::string file;
        file.reserve(head.size() + secret.size() + 16);
        file.append(head).append("secret ").append(secret).append("\n");
        wipe(secret);
        return file;
    }
    Bytes<kSaltBytes> salt;
    Bytes<kNonceBytes> nonce;
    Bytes<kSealedBytes> sealed;
    randombytes_buf(salt.data(), salt.size());
    randombytes_buf(nonce.data(), nonce.size());
    Secret<crypto_secretbox_KEYBYTES> key;
    if (!derive(passphrase, salt, key)) return fail("not enough memory to seal a key (256 MiB)");
    crypto_secretbox_easy(sealed.data(), seed.data(), seed.size(), nonce.data(), key.bytes.data());
    return format("{}sealed {} {} {}\n", head, to_hex(salt), to_hex(nonce), to_hex(sealed));
}

SecretKey::~SecretKey() {
    sodium_memzero(bytes_.data(), bytes_.size());
}

SecretKey::SecretKey(SecretKey&& other) noexcept
    : bytes_(other.bytes_), public_key_(std::move(other.public_key_)) {
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
    if (this == &other) return *this;
    bytes_ = other.bytes_;
    public_key_ = std::move(other.public_key_);
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
    return *this;
}

std::string SecretKey::sign(std::string_view bytes) const {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         data_of(bytes), bytes.size(), bytes_.data());
    return signature;
}

}  // namespace linli::base
