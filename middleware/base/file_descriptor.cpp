#include "middleware/base/file_descriptor.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "middleware/base/format.h"

namespace linli::base {
namespace {

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

FileDescriptor::~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
}

std::unexpected<Error> fail_with_errno(const char* what, const std::filesystem::path& path) {
    return fail(format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

bool fill(int fd, std::string& bytes) {
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        ssize_t got = ::read(fd, bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return true;
}

Result<void> write_and_sync(const FileDescriptor& file, const std::filesystem::path& path, std::string_view bytes) {
    if (write_all(file.get(), bytes) && ::fsync(file.get()) == 0) return {};
    auto error = fail_with_errno("write", path);
    ::unlink(path.c_str());
    return error;
}

Result<void> put_in_place(const std::filesystem::path& temporary, const std::filesystem::path& path) {
    if (::rename(temporary.c_str(), path.c_str()) == 0) return {};
    auto error = fail_with_errno("replace", path);
    ::unlink(temporary.c_str());
    return error;
}

}  // namespace linli::base
