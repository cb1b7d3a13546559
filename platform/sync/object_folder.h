#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "middleware/base/result.h"

namespace linli::platform {

/// Where the picture that an item names ("sha256:…") is, once it was fetched. Nothing for any other text, so that
/// no name from outside becomes a path.
std::optional<std::filesystem::path> object_file(const std::filesystem::path& folder, std::string_view reference);

/// The objects that sync has fetched, each in a file named by its hash whose time of change is that when it was last
/// shown (screens set it), and what is being fetched. May be thrown away as a whole. One thread at a time; others only
/// read, and set times.
class ObjectFolder {
  public:
    /// `quota` is in bytes of finished objects.
    ObjectFolder(std::filesystem::path folder, std::uint64_t quota) : folder_(std::move(folder)), quota_(quota) {}

    bool has(std::string_view sha256) const;
    /// Where a file is fetched to before it is kept.
    std::filesystem::path part_file(std::string_view sha256) const;
    /// Gives a part that is complete, and has the right hash, its name; it survives a power cut from then on.
    base::Result<void> keep(std::string_view sha256);
    /// Makes room for an object of so many bytes: the least recently shown go first, those in `spared` never. False, and
    /// nothing is gone, when that is not enough.
    bool make_room(std::uint64_t bytes, const std::set<std::string>& spared);
    /// Removes objects that are not in `named`, and all parts.
    void tidy(const std::set<std::string>& named);
    /// Of finished objects.
    std::uint64_t bytes() const;

  private:
    std::filesystem::path folder_;
    std::uint64_t quota_;
};

}  // namespace linli::platform
