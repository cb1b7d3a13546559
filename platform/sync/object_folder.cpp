#include "platform/sync/object_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <string>
#include <system_error>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;

namespace {

constexpr std::string_view kReference = "sha256:";
constexpr std::string_view kUnfinished = ".part";

/// A file that is not there unless `keep` has succeeded.
class NewFile {
  public:
    explicit NewFile(std::filesystem::path path)
        : path_(std::move(path)), fd_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {}
    ~NewFile() {
        if (fd_ < 0) return;
        ::close(fd_);
        if (!is_kept_) ::unlink(path_.c_str());
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    Result<void> write(std::string_view bytes) {
        while (!bytes.empty()) {
            ssize_t written = ::write(fd_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return failure("write");
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }
    Result<void> keep(const std::filesystem::path& final_path) {
        if (::fsync(fd_) != 0 || ::rename(path_.c_str(), final_path.c_str()) != 0) return failure("keep");
        is_kept_ = true;
        return {};
    }

  private:
    std::unexpected<base::Error> failure(const char* what) const {
        return base::fail(base::format("cannot {} {}: {}", what, path_.string(), std::strerror(errno)));
    }
    std::filesystem::path path_;
    int fd_;
    bool is_kept_ = false;
};

}  // namespace

std::optional<std::filesystem::path> object_file(const std::filesystem::path& folder, std::string_view reference) {
    if (!reference.starts_with(kReference)) return std::nullopt;
    reference.remove_prefix(kReference.size());
    if (!base::Sha256::is_hash(reference)) return std::nullopt;
    return folder / reference;
}

bool ObjectFolder::has(const Head::Object& object) const {
    std::error_code error;
    return std::filesystem::file_size(folder_ / object.sha256, error) == object.length && !error;
}

Result<void> ObjectFolder::add(const Head::Object& object, const Fetch& fetch) {
    std::error_code ignored;
    std::filesystem::create_directories(folder_, ignored);
    NewFile file(folder_ / (object.sha256 + std::string(kUnfinished)));
    base::Sha256 hash;
    std::uint64_t length = 0;
    LINLI_CHECK(fetch([&](std::string_view bytes) {
        hash.add(bytes);
        length += bytes.size();
        return file.write(bytes);
    }));
    if (length != object.length)
        return base::fail(base::format("object {} has {} bytes, not {}", object.sha256, length, object.length));
    if (hash.finish() != object.sha256) return base::fail(base::format("object {} has another hash", object.sha256));
    return file.keep(folder_ / object.sha256);
}

std::optional<Head> ObjectFolder::head(const AreaCode& area) const {
    auto bytes = base::read_file(head_file(area), kMostSignedBytes);
    if (!bytes) return std::nullopt;
    auto head = read_head(*bytes);
    if (!head || head->area != area) return std::nullopt;
    return std::move(*head);
}

Result<void> ObjectFolder::keep_head(const Head& head, std::string_view etag) {
    auto file = head_file(head.area);
    LINLI_CHECK(base::write_file_atomically(file, write_head(head)));
    return base::write_file_atomically(file.replace_extension("etag"), etag);
}

std::string ObjectFolder::head_etag(const AreaCode& area) const {
    return base::read_file(head_file(area).replace_extension("etag"), kMostSignedBytes).value_or("");
}

void ObjectFolder::tidy(const std::vector<AreaCode>& areas) {
    std::set<std::string> wanted;
    for (const AreaCode& area : areas) {
        if (auto known = head(area)) {
            for (const Head::Object& object : known->objects) wanted.insert(object.sha256);
        }
    }
    std::error_code error;
    std::filesystem::directory_iterator files(folder_, error);
    if (error) return;
    for (const auto& entry : files) {
        std::string name = entry.path().filename();
        bool is_ours = base::Sha256::is_hash(name) || name.ends_with(kUnfinished);
        if (is_ours && !wanted.contains(name)) std::filesystem::remove(entry.path(), error);
    }
}

std::filesystem::path ObjectFolder::head_file(const AreaCode& area) const {
    std::string name = area.str();
    std::ranges::replace(name, '/', '-');
    return folder_ / "heads" / (name + ".xml");
}

}  // namespace linli::platform
