#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "middleware/base/result.h"
#include "platform/publication/head.h"
#include "platform/publication/trust_chain.h"

namespace linli::platform {

/// What a box remembers of a publication's signatures, in a folder of its own: the roots since the provisioned one, and
/// the newest head of each area and part with its validator. Each file is written whole or not at all. Nothing in the
/// folder is trusted for being there: roots are followed one by one again, and who reads a head verifies it again; a
/// folder that was altered or thrown away costs requests and nothing else. One thread.
class TrustStore {
  public:
    struct KeptHead {
        /// The signed file as it came.
        std::string file;
        /// The validator (ETag) of the answer that brought it; may be empty.
        std::string etag;
    };

    /// Removes what an interrupted write left.
    explicit TrustStore(std::filesystem::path folder);

    /// From the provisioned root along the kept ones, as far as these are good. An error when the provisioned one is not.
    base::Result<TrustChain> chain(std::string_view provisioned_root) const;
    base::Result<void> keep_root(std::uint64_t version, std::string_view file);

    std::optional<KeptHead> head(const content::AreaCode& area, Part part) const;
    base::Result<void> keep_head(const content::AreaCode& area, Part part, const KeptHead& head);
    void forget_head(const content::AreaCode& area, Part part);

    /// When a platform was last reached with success, to an hour; nothing when it never was.
    std::optional<std::chrono::sys_seconds> last_contact() const;
    /// Writes it when the mark that is there is an hour older, or newer.
    void note_contact(std::chrono::sys_seconds now);

  private:
    std::filesystem::path root_file(std::uint64_t version) const;
    std::filesystem::path head_file(const content::AreaCode& area, Part part) const;
    std::filesystem::path folder_;
};

}  // namespace linli::platform
