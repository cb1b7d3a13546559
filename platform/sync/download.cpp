#include "platform/sync/download.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include "middleware/base/format.h"
#include "middleware/base/hash.h"

namespace linli::platform {

using base::Result;

namespace {

constexpr int kOk = 200;
constexpr int kPartialContent = 206;
constexpr int kRangeNotSatisfiable = 416;

/// The bytes that have come, on the disk, and their hash so far.
class PartFile {
  public:
    static Result<PartFile> open(const std::filesystem::path& path) {
        std::error_code ignored;
        std::filesystem::create_directories(path.parent_path(), ignored);
        int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (fd < 0) return base::fail(base::format("cannot write {}: {}", path.string(), std::strerror(errno)));
        return PartFile(path, fd);
    }
    ~PartFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    PartFile(PartFile&& other) noexcept
        : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)), hash_(std::move(other.hash_)), length_(other.length_) {}
    PartFile& operator=(PartFile&&) = delete;

    std::uint64_t length() const { return length_; }

    /// Takes what an earlier attempt left, unless it is longer than it may be.
    void take_over(std::uint64_t most) {
        char buffer[64 << 10];
        for (ssize_t got; (got = ::read(fd_, buffer, sizeof buffer)) > 0;) {
            hash_->add({buffer, static_cast<std::size_t>(got)});
            length_ += static_cast<std::uint64_t>(got);
            if (length_ > most) break;
        }
        if (length_ > most) clear();
    }
    Result<void> write(std::string_view bytes) {
        hash_->add(bytes);
        length_ += bytes.size();
        while (!bytes.empty()) {
            ssize_t written = ::write(fd_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) {
                auto error = base::fail(base::format("cannot write {}: {}", path_.string(), std::strerror(errno)));
                ::unlink(path_.c_str());
                return error;
            }
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }
    /// Begins again.
    void clear() {
        if (::ftruncate(fd_, 0) != 0 || ::lseek(fd_, 0, SEEK_SET) != 0) ::unlink(path_.c_str());
        hash_ = std::make_unique<base::Sha256>();
        length_ = 0;
    }
    void remove() { ::unlink(path_.c_str()); }
    /// Nothing may be written after it.
    std::string hash() { return hash_->finish(); }

  private:
    PartFile(std::filesystem::path path, int fd) : path_(std::move(path)), fd_(fd), hash_(std::make_unique<base::Sha256>()) {}
    std::filesystem::path path_;
    int fd_;
    std::unique_ptr<base::Sha256> hash_;
    std::uint64_t length_ = 0;
};

/// Asks for what the part lacks.
Result<void> fetch_rest(net::HttpClient& client, const RemoteFile& file, const net::HttpLimits& limits, PartFile& part,
                        Traffic& traffic) {
    auto take = [&](std::uint64_t at, std::string_view bytes) -> Result<void> {
        if (at == 0 && part.length() > 0) part.clear();
        if (part.length() + bytes.size() > file.length) {
            part.remove();
            return base::fail(base::format("{}: it is longer than {} bytes", file.url, file.length));
        }
        return part.write(bytes);
    };
    LINLI_TRY(answer, client.get({.url = file.url, .from_byte = part.length()}, limits, take));
    traffic.add(answer);
    if (answer.status == kRangeNotSatisfiable) {
        part.clear();
        return {};
    }
    if (answer.status != kOk && answer.status != kPartialContent)
        return base::fail(base::format("{}: status {}", file.url, answer.status));
    return {};
}

}  // namespace

Result<void> download(net::HttpClient& client, const RemoteFile& file, const std::filesystem::path& path,
                      net::HttpLimits limits, Traffic& traffic) {
    limits.bytes = file.length + 1;  // so that it is here that what is too long is noticed
    LINLI_TRY(part, PartFile::open(path));
    part.take_over(file.length);
    // What was there may be other bytes than they were: then the whole comes once more.
    bool is_resumed = part.length() > 0;
    for (;;) {
        if (part.length() < file.length) {
            if (auto fetched = fetch_rest(client, file, limits, part, traffic); !fetched) {
                if (part.length() == 0) part.remove();
                return fetched;
            }
        }
        std::uint64_t length = part.length();
        if (length == file.length && part.hash() == file.sha256) return {};
        if (!std::exchange(is_resumed, false)) {
            part.remove();
            if (length != file.length)
                return base::fail(base::format("{}: it has {} bytes, not {}", file.url, length, file.length));
            return base::fail(base::format("{}: it has another hash", file.url));
        }
        part.clear();
    }
}

}  // namespace linli::platform
