#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"

namespace linli::platform {

inline constexpr std::string_view kPublicationNamespace = "urn:linli:publication:1";

// What a box takes at most; a publisher that gives more publishes for nobody.
inline constexpr std::size_t kMostHeadBytes = 64u << 10;
inline constexpr std::uint64_t kMostPackedBytes = 16u << 20;
inline constexpr std::uint64_t kMostUnpackedBytes = 64u << 20;
inline constexpr std::uint64_t kMostObjectBytes = 8u << 20;

/// What one area publishes at one time: the root from which everything else is found and verified.
/// docs/publication.md says what each field means.
struct Head {
    struct Content {
        /// Of the file as it is fetched, in hex.
        std::string sha256;
        std::uint64_t length = 0;
        std::uint64_t unpacked_length = 0;
        bool operator==(const Content&) const = default;
    };
    struct Object {
        std::string sha256;
        std::uint64_t length = 0;
        std::string media_type;
        bool operator==(const Object&) const = default;
    };

    content::AreaCode area;
    std::uint64_t sequence = 0;
    std::chrono::sys_seconds published{};
    std::chrono::sys_seconds expires{};
    /// A box asks no more often than this.
    std::chrono::seconds poll{60};
    Content content{};
    std::vector<Object> objects{};
};

/// Reads a head. Attributes and elements that version 1 does not know are passed over.
base::Result<Head> read_head(std::string_view xml);
std::string write_head(const Head& head);

// Where things are below a publication's root, as paths and as addresses.
std::string head_path(const content::AreaCode& area);
std::string content_path(const Head::Content& content);
std::string object_path(const Head::Object& object);

}  // namespace linli::platform
