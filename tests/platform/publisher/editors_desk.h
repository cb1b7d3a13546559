#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "platform/publication/publisher.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// 2026-11-23T01:00:00Z
inline constexpr std::chrono::sys_seconds kNow{std::chrono::seconds(1795395600)};

/// What one content holds: the XML of each item by what names it in a removal, and the bytes of the whole.
struct ReadContent {
    std::map<content::Removal, std::string> items;
    std::string document;
};

/// A folder of an editor, a tree with keys for its areas, and what is published in it, read as a receiver does: by
/// signatures, hashes and lengths.
class EditorsDesk {
  public:
    explicit EditorsDesk(std::vector<std::string> areas = {"12", "12/0101"});

    /// Writes a file of the folder with these items, as XML.
    void write(const std::string& file, const std::string& area, std::string_view items);
    void write_bytes(const std::string& file, std::string_view bytes) { folder_.write("editor/" + file, bytes); }
    void remove(const std::string& file) { std::filesystem::remove(editor() / file); }

    base::Result<platform::PublishReport> try_publish(std::chrono::sys_seconds now = kNow, int deltas = 16);
    /// Fails the test where that is not possible, or the folder has faults.
    platform::PublishReport publish(std::chrono::sys_seconds now = kNow, int deltas = 16);
    platform::PublishOutcome publish_one(const std::string& area, std::chrono::sys_seconds now = kNow);

    platform::Head head(const std::string& area, platform::Part part = platform::Part::Content) const;
    ReadContent read(const platform::Head& head) const;
    /// What the content becomes to who has it and applies the delta to it.
    ReadContent apply(ReadContent from, const platform::Head::Delta& delta) const;
    /// Every file that is served, with its bytes.
    std::map<std::string, std::string> served() const;

    std::filesystem::path editor() const { return folder_.path() / "editor"; }
    std::filesystem::path tree() const { return folder_.path() / "tree"; }
    std::filesystem::path keys() const { return folder_.path() / "keys"; }

  private:
    std::string unpack(const std::string& hash, std::uint64_t length, std::uint64_t unpacked, bool is_delta) const;
    TemporaryFolder folder_;
};

std::string area_xml(std::string_view name);
std::string category_xml(std::string_view id, std::string_view board = "notices");
/// A notice of the category "news".
std::string notice_xml(std::string_view id, std::string_view title, std::string_view attributes = "",
                       std::string_view body = "<p>正文</p>");

}  // namespace linli::tests
