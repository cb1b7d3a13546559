#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "platform/publication/head.h"

namespace linli::platform {

/// Where the picture that an item names ("sha256:…") is, once it was fetched. Nothing for any other text, so that
/// no name from outside becomes a path.
std::optional<std::filesystem::path> object_file(const std::filesystem::path& folder, std::string_view reference);

/// The objects that sync has fetched, each in a file named by its hash, and the last head of each area, which
/// says what belongs there. May be thrown away as a whole. One thread at a time; others only read `object_file`.
class ObjectFolder {
  public:
    /// Given a function that hands over bytes piece by piece.
    using Sink = std::function<base::Result<void>(std::string_view)>;
    using Fetch = std::function<base::Result<void>(const Sink&)>;

    explicit ObjectFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    bool has(const Head::Object& object) const;
    /// Takes what `fetch` hands over into a temporary file, and keeps it when its length and hash are right.
    base::Result<void> add(const Head::Object& object, const Fetch& fetch);

    std::optional<Head> head(const content::AreaCode& area) const;
    base::Result<void> keep_head(const Head& head, std::string_view etag);
    /// The validator of the kept head; empty when there is none.
    std::string head_etag(const content::AreaCode& area) const;
    /// Removes objects that no head of these areas names, and what an interrupted `add` left.
    void tidy(const std::vector<content::AreaCode>& areas);

  private:
    std::filesystem::path head_file(const content::AreaCode& area) const;
    std::filesystem::path folder_;
};

}  // namespace linli::platform
