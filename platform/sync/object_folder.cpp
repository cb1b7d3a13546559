#include "platform/sync/object_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <vector>

#include "middleware/base/format.h"
#include "middleware/base/hash.h"

namespace linli::platform {

using base::Result;

namespace {

constexpr std::string_view kReference = "sha256:";
constexpr std::string_view kUnfinished = ".part";

struct ObjectEntry {
    std::string name;
    std::uint64_t bytes = 0;
    std::filesystem::file_time_type shown;
};

std::vector<ObjectEntry> objects_in(const std::filesystem::path& folder) {
    std::vector<ObjectEntry> found;
    std::error_code error;
    std::filesystem::directory_iterator files(folder, error);
    if (error) return found;
    for (const auto& entry : files) {
        std::string name = entry.path().filename();
        if (!base::Sha256::is_hash(name)) continue;
        auto bytes = entry.file_size(error);
        if (error) continue;
        auto shown = entry.last_write_time(error);
        if (!error) found.push_back({std::move(name), bytes, shown});
    }
    return found;
}

std::uint64_t sum(const std::vector<ObjectEntry>& objects) {
    std::uint64_t bytes = 0;
    for (const ObjectEntry& object : objects) bytes += object.bytes;
    return bytes;
}

}  // namespace

std::optional<std::filesystem::path> object_file(const std::filesystem::path& folder, std::string_view reference) {
    if (!reference.starts_with(kReference)) return std::nullopt;
    reference.remove_prefix(kReference.size());
    if (!base::Sha256::is_hash(reference)) return std::nullopt;
    return folder / reference;
}

bool ObjectFolder::has(std::string_view sha256) const {
    std::error_code error;
    return std::filesystem::is_regular_file(folder_ / sha256, error);
}

std::filesystem::path ObjectFolder::part_file(std::string_view sha256) const {
    return folder_ / (std::string(sha256) + std::string(kUnfinished));
}

Result<void> ObjectFolder::keep(std::string_view sha256) {
    auto part = part_file(sha256);
    int fd = ::open(part.c_str(), O_RDONLY | O_CLOEXEC);
    bool is_kept = fd >= 0 && ::fsync(fd) == 0 && ::rename(part.c_str(), (folder_ / sha256).c_str()) == 0;
    int reason = errno;
    if (fd >= 0) ::close(fd);
    if (!is_kept) return base::fail(base::format("cannot keep {}: {}", part.string(), std::strerror(reason)));
    return {};
}

bool ObjectFolder::make_room(std::uint64_t bytes, const std::set<std::string>& spared) {
    auto objects = objects_in(folder_);
    std::uint64_t taken = sum(objects);
    std::erase_if(objects, [&](const ObjectEntry& object) { return spared.contains(object.name); });
    if (taken - sum(objects) + bytes > quota_) return false;
    std::ranges::sort(objects, {}, &ObjectEntry::shown);
    std::error_code ignored;
    for (const ObjectEntry& object : objects) {
        if (taken + bytes <= quota_) break;
        std::filesystem::remove(folder_ / object.name, ignored);
        taken -= object.bytes;
    }
    return true;
}

void ObjectFolder::tidy(const std::set<std::string>& named) {
    std::error_code error;
    std::filesystem::directory_iterator files(folder_, error);
    if (error) return;
    for (const auto& entry : files) {
        std::string name = entry.path().filename();
        bool is_unneeded = name.ends_with(kUnfinished) || (base::Sha256::is_hash(name) && !named.contains(name));
        if (is_unneeded) std::filesystem::remove(entry.path(), error);
    }
}

std::uint64_t ObjectFolder::bytes() const { return sum(objects_in(folder_)); }

}  // namespace linli::platform
