#include "middleware/base/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "middleware/base/format.h"

namespace linli::base {
namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kOthers = 0077;

std::unexpected<Error> fail_with_errno(const char* what, const std::filesystem::path& path) {
    return fail(format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

  private:
    int fd_;
};

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Names are in their folder, which comes to rest by itself.
Result<void> sync_folder_of(const std::filesystem::path& path) {
    auto parent = path.parent_path().empty() ? std::filesystem::path(".") : path.parent_path();
    Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0) return fail_with_errno("open", parent);
    // Some file systems cannot do it, and need not.
    if (::fsync(folder.get()) != 0 && errno != EINVAL) return fail_with_errno("write", parent);
    return {};
}

}  // namespace

Result<std::string> read_private_file(const std::filesystem::path& path, std::size_t most_bytes) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info {};
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0) return fail_with_errno("read", path);
    if (!S_ISREG(info.st_mode)) return fail(format("cannot read {}: not a file", path.string()));
    if ((info.st_mode & kOthers) != 0)
        return fail(format("{} must be readable by its owner only (chmod 600 {})", path.string(), path.string()));
    std::string bytes(most_bytes + 1, '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail_with_errno("read", path);
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    if (filled > most_bytes) return fail(format("{} has more than {} bytes", path.string(), most_bytes));
    bytes.resize(filled);
    return bytes;
}

Result<void> write_private_file(const std::filesystem::path& path, std::string_view bytes) {
    std::filesystem::path temporary = path;
    temporary += ".new";
    {
        // What an earlier crash left may be of another mode.
        ::unlink(temporary.c_str());
        Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly));
        if (file.get() < 0) return fail_with_errno("write", temporary);
        if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0) {
            auto error = fail_with_errno("write", temporary);
            ::unlink(temporary.c_str());
            return error;
        }
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        auto error = fail_with_errno("replace", path);
        ::unlink(temporary.c_str());
        return error;
    }
    return sync_folder_of(path);
}

Result<void> remove_private_file(const std::filesystem::path& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return fail_with_errno("remove", path);
    return sync_folder_of(path);
}

}  // namespace linli::base
