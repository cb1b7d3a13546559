#include "platform/publication/signed_file.h"

#include <algorithm>
#include <optional>
#include <set>

#include "middleware/base/format.h"

namespace linli::platform {

using base::Result;

namespace {

constexpr std::string_view kFirstLine = "linli-signed 1";
constexpr std::string_view kEd25519 = "ed25519";
constexpr std::size_t kMostSignatures = 16;
constexpr std::size_t kIdDigits = 16;
constexpr std::size_t kSignatureBytes = 64;

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/// Lower-case hex only, so that a signature has one way to be written.
std::optional<std::string> from_hex(std::string_view hex) {
    std::string bytes;
    if (hex.size() % 2 != 0) return std::nullopt;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        int high = digit_of(hex[i]);
        int low = digit_of(hex[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

std::string to_hex(std::string_view bytes) {
    std::string hex;
    for (unsigned char byte : bytes)
        hex += base::format("{:02x}", byte);
    return hex;
}

/// The next line without its end; nothing where the file ends before.
std::optional<std::string_view> next_line(std::string_view& rest) {
    auto end = rest.find('\n');
    if (end == rest.npos) return std::nullopt;
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

/// What comes after "ed25519 ".
Result<SignedFile::Signature> read_signature(std::string_view words) {
    auto space = words.find(' ');
    std::string_view id = words.substr(0, space);
    auto bytes = from_hex(space == words.npos ? std::string_view() : words.substr(space + 1));
    if (id.size() != kIdDigits || !from_hex(id) || !bytes || bytes->size() != kSignatureBytes)
        return base::fail(
            "a line is no signature: ed25519, 16 hex digits, 128 hex digits are expected");
    return SignedFile::Signature{std::string(id), std::move(*bytes)};
}

std::string write(const SignedFile& file) {
    std::string text = base::format("{}\n", kFirstLine);
    for (const SignedFile::Signature& one : file.signatures)
        text += base::format("{} {} {}\n", kEd25519, one.key_id, to_hex(one.bytes));
    return text + "\n" + file.payload;
}

auto find(auto& file, const std::string& key_id) {
    return std::ranges::find(file.signatures, key_id, &SignedFile::Signature::key_id);
}

SignedFile::Signature signature_of(std::string_view payload, const base::SecretKey& key) {
    return {key.public_key().id(), key.sign(payload)};
}

}  // namespace

Result<SignedFile> read_signed(std::string_view bytes) {
    if (bytes.size() > kMostSignedBytes)
        return base::fail(
            base::format("it has {} bytes, {} at most", bytes.size(), kMostSignedBytes));
    std::string_view rest = bytes;
    if (next_line(rest) != kFirstLine)
        return base::fail(
            base::format("it is no signed file: its first line is not \"{}\"", kFirstLine));
    SignedFile file;
    for (std::size_t lines = 0;; ++lines) {
        auto line = next_line(rest);
        if (!line)
            return base::fail(
                "the signed file is cut off: there is no empty line after the signatures");
        if (line->empty()) break;
        if (lines == kMostSignatures)
            return base::fail(base::format("there are more than {} signatures", kMostSignatures));
        if (!line->starts_with(base::format("{} ", kEd25519))) continue;
        LINLI_TRY(signature, read_signature(line->substr(kEd25519.size() + 1)));
        if (find(file, signature.key_id) != file.signatures.end())
            return base::fail(
                base::format("there are two signatures by the key {}", signature.key_id));
        file.signatures.push_back(std::move(signature));
    }
    if (file.signatures.empty()) return base::fail("there is no signature");
    file.payload = rest;
    return file;
}

std::string write_signed(std::string_view payload,
                         const std::vector<const base::SecretKey*>& keys) {
    SignedFile file{{}, std::string(payload)};
    for (const base::SecretKey* key : keys)
        file.signatures.push_back(signature_of(payload, *key));
    return write(file);
}

Result<std::string> add_signature(std::string_view bytes, const base::SecretKey& key) {
    LINLI_TRY(file, read_signed(bytes));
    SignedFile::Signature mine = signature_of(file.payload, key);
    auto old = find(file, mine.key_id);
    if (old != file.signatures.end())
        *old = std::move(mine);
    else
        file.signatures.push_back(std::move(mine));
    std::string signed_again = write(file);
    LINLI_TRY(checked, read_signed(signed_again));
    return signed_again;
}

Result<void> check_signatures(const SignedFile& file, const KeySet& keys) {
    std::set<base::PublicKey> good;
    for (const base::PublicKey& key : keys.keys) {
        auto one = find(file, key.id());
        if (one != file.signatures.end() && key.verifies(file.payload, one->bytes))
            good.insert(key);
    }
    if (keys.threshold >= 1 && good.size() >= keys.threshold) return {};
    return base::fail(base::format("{} good signatures of the {} keys that count, {} are needed",
                                   good.size(), keys.keys.size(), keys.threshold));
}

}  // namespace linli::platform
