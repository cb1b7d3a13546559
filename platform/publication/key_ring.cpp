#include "platform/publication/key_ring.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/secret.h"

namespace linli::platform {

using base::Result;
using base::SecretKey;

namespace {

constexpr std::size_t kMostKeyFileBytes = 4096;

std::unexpected<base::Error> fail_with_errno(const char* what, const std::filesystem::path& path) {
    return base::fail(base::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

/// Refuses a key that others on this machine may have read.
Result<void> check_mode(const std::filesystem::path& file) {
    struct stat info {};
    if (::stat(file.c_str(), &info) != 0) return fail_with_errno("read", file);
    unsigned mode = info.st_mode & 07777;
    if (mode == 0600 || mode == 0400) return {};
    return base::fail(base::format(
        "{} has mode {:04o}: others may read or change this key; chmod 600 it, and replace "
        "the key where somebody may have done so",
        file.string(), mode));
}

Result<SecretKey> read_key(const std::filesystem::path& file, const KeyRing::AskPassphrase& ask) {
    LINLI_CHECK(check_mode(file));
    LINLI_TRY(text, base::read_file(file, kMostKeyFileBytes));
    std::string passphrase;
    if (SecretKey::is_sealed(text) && ask) passphrase = ask(file);
    auto key = SecretKey::parse(text, passphrase);
    base::wipe(text);
    base::wipe(passphrase);
    if (!key) return base::fail(base::format("{}: {}", file.string(), key.error().message));
    return key;
}

Result<std::vector<std::filesystem::path>> key_files_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".key") files.push_back(entry.path());
    }
    if (error)
        return base::fail(base::format("cannot read {}: {}", folder.string(), error.message()));
    std::ranges::sort(files);
    return files;
}

/// A new file that its owner alone may read, on the disk when this returns.
Result<void> write_secret(const std::filesystem::path& file, std::string_view bytes) {
    int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return base::fail(base::format("{} is there already", file.string()));
    if (fd < 0) return fail_with_errno("write", file);
    bool is_written = ::fchmod(fd, 0600) == 0 &&
                      ::write(fd, bytes.data(), bytes.size()) == std::ssize(bytes) &&
                      ::fsync(fd) == 0;
    auto failure = fail_with_errno("write", file);
    ::close(fd);
    if (is_written) return {};
    ::unlink(file.c_str());
    return failure;
}

}  // namespace

Result<KeyRing> KeyRing::open(const std::vector<std::filesystem::path>& files,
                              const AskPassphrase& ask) {
    KeyRing ring;
    for (const std::filesystem::path& path : files) {
        std::vector<std::filesystem::path> several{path};
        if (std::filesystem::is_directory(path)) {
            LINLI_TRY(found, key_files_in(path));
            several = std::move(found);
        }
        for (const std::filesystem::path& file : several) {
            LINLI_TRY(key, read_key(file, ask));
            ring.add(std::move(key));
        }
    }
    return ring;
}

void KeyRing::add(SecretKey key) {
    if (!find(key.public_key().id())) keys_.push_back(std::move(key));
}

const SecretKey* KeyRing::find(const std::string& key_id) const {
    auto found = std::ranges::find_if(
        keys_, [&](const SecretKey& key) { return key.public_key().id() == key_id; });
    return found == keys_.end() ? nullptr : &*found;
}

bool KeyRing::can_sign(const KeySet& keys) const {
    auto is_here = [&](const base::PublicKey& key) { return find(key.id()) != nullptr; };
    return std::ranges::count_if(keys.keys, is_here) >= keys.threshold;
}

Result<std::string> KeyRing::sign(std::string_view payload, const KeySet& keys) const {
    std::vector<const SecretKey*> signers;
    std::string missing;
    for (const base::PublicKey& key : keys.keys) {
        const SecretKey* mine = find(key.id());
        if (mine && signers.size() < keys.threshold) signers.push_back(mine);
        if (!mine) missing += " " + key.id();
    }
    if (signers.size() < keys.threshold)
        return base::fail(base::format("{} of {} keys that are needed are at hand; missing:{}",
                                       signers.size(), keys.threshold, missing));
    std::string file = write_signed(payload, signers);
    if (file.size() > kMostSignedBytes)
        return base::fail(base::format(
            "the signed file has {} bytes, {} at most: too many keys or deltas are named",
            file.size(), kMostSignedBytes));
    return file;
}

Result<base::PublicKey> create_key(const std::filesystem::path& folder, const std::string& name,
                                   std::string_view passphrase) {
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    std::filesystem::path public_file = folder / (name + ".pub");
    if (std::filesystem::exists(public_file))
        return base::fail(base::format("{} is there already", public_file.string()));
    SecretKey key = SecretKey::generate();
    LINLI_TRY(text, key.to_file(passphrase));
    auto written = write_secret(folder / (name + ".key"), text);
    base::wipe(text);
    LINLI_CHECK(written);
    LINLI_CHECK(base::write_file_atomically(public_file, key.public_key().hex() + "\n"));
    return key.public_key();
}

Result<base::PublicKey> read_public_key(const std::string& hex_or_file) {
    if (auto key = base::PublicKey::parse(hex_or_file)) return key;
    LINLI_TRY(text, base::read_file(hex_or_file, kMostKeyFileBytes));
    text.erase(text.find_last_not_of(" \r\n") + 1);
    auto key = base::PublicKey::parse(text);
    if (!key) return base::fail(base::format("{}: {}", hex_or_file, key.error().message));
    return key;
}

}  // namespace linli::platform
