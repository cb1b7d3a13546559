#include "middleware/base/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "middleware/base/file_descriptor.h"
#include "middleware/base/format.h"

namespace linli::base {
namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kOthers = 0077;

/// Names are in their folder, which comes to rest by itself.
Result<void> sync_folder_of(const std::filesystem::path& path) {
    auto parent = path.parent_path().empty() ? std::filesystem::path(".") : path.parent_path();
    FileDescriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0) return fail_with_errno("open", parent);
    // Some file systems cannot do it, and need not.
    if (::fsync(folder.get()) != 0 && errno != EINVAL) return fail_with_errno("write", parent);
    return {};
}

}  // namespace

Result<std::string> read_private_file(const std::filesystem::path& path, std::size_t most_bytes) {
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info {};
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0) return fail_with_errno("read", path);
    if (!S_ISREG(info.st_mode)) return fail(format("cannot read {}: not a file", path.string()));
    if ((info.st_mode & kOthers) != 0)
        return fail(format("{} must be readable by its owner only (chmod 600 {})", path.string(), path.string()));
    std::string bytes(most_bytes + 1, '\0');
    if (!fill(file.get(), bytes)) return fail_with_errno("read", path);
    if (bytes.size() > most_bytes) return fail(format("{} has more than {} bytes", path.string(), most_bytes));
    return bytes;
}

Result<void> write_private_file(const std::filesystem::path& path, std::string_view bytes) {
    std::filesystem::path temporary = path;
    temporary += ".new";
    {
        // What an earlier crash left may be of another mode.
        ::unlink(temporary.c_str());
        FileDescriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly));
        if (file.get() < 0) return fail_with_errno("write", temporary);
        LINLI_CHECK(write_and_sync(file, temporary, bytes));
    }
    LINLI_CHECK(put_in_place(temporary, path));
    return sync_folder_of(path);
}

Result<void> remove_private_file(const std::filesystem::path& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return fail_with_errno("remove", path);
    return sync_folder_of(path);
}

}  // namespace linli::base
