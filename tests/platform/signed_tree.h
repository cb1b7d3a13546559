#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/model.h"
#include "middleware/base/signature.h"
#include "platform/publication/head.h"
#include "platform/publication/root.h"

namespace linli::tests {

/// 2026-11-23T01:00:00Z
inline constexpr std::chrono::sys_seconds kMonday{std::chrono::seconds(1795395600)};

/// Writes a publication as docs/publication.md says, and, where a test wants it, as nobody should. A second publisher:
/// it shares the format's readers and writers with the first one, and nothing else. It has all keys, one an area.
class SignedTree {
  public:
    using Part = platform::Part;
    using Head = platform::Head;

    /// Writes the first root.
    explicit SignedTree(std::filesystem::path folder);

    const std::filesystem::path& folder() const { return folder_; }
    /// What a box is provisioned with: the first version, outside the tree.
    std::filesystem::path root_file() const { return folder_.string() + "-root.signed"; }

    /// Publishes these items, with deltas from the last three contents of the part. Areas above get a
    /// head too. Sequences are the seconds of `now`, or rise by one.
    Head publish(const content::AreaCode& area, std::span<const content::Item> items,
                 std::chrono::sys_seconds now = kMonday, Part part = Part::Content);
    /// Bytes that may be no document at all.
    Head publish_document(const content::AreaCode& area, std::string_view document, std::uint64_t items = 1,
                          std::chrono::sys_seconds now = kMonday);
    /// The same content, with a new head.
    Head renew(const content::AreaCode& area, std::chrono::sys_seconds now, Part part = Part::Content);
    /// Puts an object into the tree, and what an item has to say of it.
    content::Object add_object(std::string_view bytes, const std::string& media_type = "image/png");

    /// The present head of a part, which must have one.
    const Head& head(const content::AreaCode& area, Part part = Part::Content) const { return heads_.at({area, part}); }
    /// Signs a head with its area's key and puts it into the tree.
    void put_head(const Head& head);
    std::string sign(const content::AreaCode& area, std::string_view payload);
    std::filesystem::path head_file(const content::AreaCode& area, Part part = Part::Content) const {
        return folder_ / platform::head_path(area, part);
    }
    std::filesystem::path content_file(const Head& head) const {
        return folder_ / platform::packed_path(head.content.sha256);
    }

    base::SecretKey& key(const content::AreaCode& area);
    /// From now on an area has another key, and the area above, or the root, names it. Its own heads stay as they are.
    void change_key(const content::AreaCode& area, std::chrono::sys_seconds now);
    /// The next version of the root, with other keys of its own where `new_keys` are given.
    platform::Root next_root(std::vector<base::SecretKey> new_keys = {}, unsigned threshold = 1);

  private:
    void name_key(const content::AreaCode& area, std::chrono::sys_seconds now);
    void write_root(const std::vector<const base::SecretKey*>& signers);
    Head publish_packed(Head head, std::string_view document);
    void write(const std::string& path, std::string_view bytes) const;

    std::filesystem::path folder_;
    platform::Root root_;
    std::vector<base::SecretKey> root_keys_;
    std::map<content::AreaCode, base::SecretKey> keys_;
    std::map<std::pair<content::AreaCode, Part>, Head> heads_;
    struct Past {
        std::string hash;
        std::vector<content::Item> items;
    };
    std::map<std::pair<content::AreaCode, Part>, std::vector<Past>> past_;
};

}  // namespace linli::tests
