#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "middleware/base/result.h"

/// What the files of this folder share. Errors name the path and the system's reason.
namespace linli::base {

/// Closes what it was given, where that is one.
class FileDescriptor {
  public:
    explicit FileDescriptor(int fd) : fd_(fd) {}
    ~FileDescriptor();
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    int get() const { return fd_; }

  private:
    int fd_;
};

/// "cannot WHAT PATH: REASON", by errno.
std::unexpected<Error> fail_with_errno(const char* what, const std::filesystem::path& path);

/// Reads until `bytes` is full or the file ends, and makes it as long as what came. False: errno says why.
bool fill(int fd, std::string& bytes);

/// Writes all of it and waits until it is at rest; `path` is removed where that fails.
Result<void> write_and_sync(const FileDescriptor& file, const std::filesystem::path& path, std::string_view bytes);

/// Puts a file in the place of another; it is removed where that fails.
Result<void> put_in_place(const std::filesystem::path& temporary, const std::filesystem::path& path);

}  // namespace linli::base
