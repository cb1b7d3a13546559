#include "platform/publication/file_stamp.h"

#include <sys/stat.h>

#include <chrono>
#include <cstdlib>

#include "middleware/base/format.h"

namespace linli::platform {
namespace {

std::chrono::nanoseconds since_epoch(const timespec& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::string text_of(const struct stat& info) {
    return base::format("{} {} {} {} {}", info.st_size, since_epoch(info.st_mtim).count(),
                        since_epoch(info.st_ctim).count(), info.st_dev, info.st_ino);
}

}  // namespace

std::string file_stamp(const std::filesystem::path& file) {
    struct stat info {};
    return ::stat(file.c_str(), &info) == 0 ? text_of(info) : std::string();
}

std::string settled_stamp(const std::filesystem::path& file) {
    struct stat info {};
    if (::stat(file.c_str(), &info) != 0) return {};
    auto age = std::chrono::system_clock::now().time_since_epoch() - since_epoch(info.st_ctim);
    return std::chrono::abs(age) < std::chrono::seconds(1) ? std::string() : text_of(info);
}

}  // namespace linli::platform
