#include "middleware/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

#include "middleware/base/file_descriptor.h"
#include "middleware/base/format.h"

namespace linli::base {

Result<std::string> read_file(const std::filesystem::path& path, std::size_t most_bytes) {
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat info {};
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0) return fail_with_errno("read", path);
    if (!S_ISREG(info.st_mode)) return fail(format("cannot read {}: not a file", path.string()));
    if (static_cast<std::size_t>(info.st_size) > most_bytes)
        return fail(format("{} has {} bytes, {} at most", path.string(), info.st_size, most_bytes));
    std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
    if (!fill(file.get(), bytes)) return fail_with_errno("read", path);
    return bytes;
}

Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
    std::error_code ignored;
    std::filesystem::create_directories(path.parent_path(), ignored);
    std::filesystem::path temporary = path;
    temporary += format(".{}.new", ::getpid());
    {
        FileDescriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
        if (file.get() < 0) return fail_with_errno("write", temporary);
        LINLI_CHECK(write_and_sync(file, temporary, bytes));
    }
    return put_in_place(temporary, path);
}

}  // namespace linli::base
