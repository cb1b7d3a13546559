#include "platform/publication/tree_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "middleware/base/format.h"

namespace linli::platform {

base::Result<TreeLock> TreeLock::take(const std::filesystem::path& tree) {
    std::error_code error;
    std::filesystem::create_directories(tree, error);
    std::filesystem::path file = tree / ".publishing";
    int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0 || ::flock(fd, LOCK_EX) != 0)
        return base::fail(base::format("cannot write {}: {}", file.string(), std::strerror(errno)));
    return TreeLock(fd);
}

TreeLock::~TreeLock() {
    if (fd_ >= 0) ::close(fd_);
}

TreeLock::TreeLock(TreeLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

}  // namespace linli::platform
