#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/publication/signed_file.h"

namespace linli::platform {

using content::Part;

// What a box takes at most; a publisher that gives more publishes for nobody.
inline constexpr std::uint64_t kMostPackedBytes = 64u << 20;
inline constexpr std::uint64_t kMostUnpackedBytes = 256u << 20;
inline constexpr std::uint64_t kMostObjectBytes = 64u << 20;

/// What one area publishes at one time in one part, and the keys of the areas below: the payload of a signed file.
/// docs/publication.md says what each field means.
struct Head {
    /// A file to be fetched: its SHA-256 in hex, its bytes, those that it unpacks to, and the items in these.
    struct Content {
        std::string sha256;
        std::uint64_t length = 0;
        std::uint64_t unpacked_length = 0;
        std::uint64_t items = 0;
        bool operator==(const Content&) const = default;
    };
    /// A file that leads from the content with the hash `from` to the present one.
    struct Delta {
        std::string from;
        std::string sha256;
        std::uint64_t length = 0;
        std::uint64_t unpacked_length = 0;
        bool operator==(const Delta&) const = default;
    };

    Part part = Part::Content;
    content::AreaCode area;
    std::uint64_t sequence = 0;
    std::chrono::sys_seconds published{};
    std::chrono::sys_seconds expires{};
    /// A box asks no more often than this.
    std::chrono::seconds poll{300};
    /// The newest version of the root.
    std::uint64_t root = 1;
    /// The poll of the area's alerts head; nothing where it has none.
    std::optional<std::chrono::seconds> alerts{};
    Content content{};
    std::vector<Delta> deltas{};
    /// The keys of the areas directly below.
    std::map<content::AreaCode, KeySet> areas{};
};

/// Reads the payload of a head's signed file. Attributes and elements that version 1 does not know are passed over.
base::Result<Head> read_head(std::string_view xml);
std::string write_head(const Head& head);

/// The sequence of a head that follows one with the sequence `last` (0: none): seconds since 1970, or one more than the
/// last. One that lies ten years and more ahead is not counted: it was made by a thief, to shut out all that come after,
/// and receivers forget it with his key.
std::uint64_t next_sequence(std::uint64_t last, std::chrono::sys_seconds now);

// Where things are below a publication's root, as paths and as addresses.

/// "areas/12/0101/head.signed", "areas/12/0101/alerts.signed"
std::string head_path(const content::AreaCode& area, Part part);
/// Content and deltas: "objects/02/02cf….zst"
std::string packed_path(std::string_view sha256);
/// Pictures and attachments: "objects/57/5727…"
std::string object_path(std::string_view sha256);

}  // namespace linli::platform
