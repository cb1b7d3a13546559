#include "platform/publication/used_files.h"

#include <system_error>

#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/hash.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using storage::Statement;

namespace {

std::int64_t number(Part part) { return static_cast<std::int64_t>(part); }

/// The objects that a content names, without reading it as XML: rather one too many.
void collect_objects(const std::filesystem::path& file, std::set<std::string>& paths) {
    auto packed = base::read_file(file, kMostPackedBytes);
    auto text = packed ? base::decompress(*packed, kMostUnpackedBytes, {.frames = base::Frames::Several})
                       : base::fail("none");
    if (!text) return;
    constexpr std::string_view kMark = "sha256:";
    for (auto at = text->find(kMark); at != text->npos; at = text->find(kMark, at + 1)) {
        std::string_view hash = std::string_view(*text).substr(at + kMark.size(), 64);
        if (base::Sha256::is_hash(hash)) paths.insert(object_path(hash));
    }
}

}  // namespace

Result<void> UsedFiles::set(const AreaCode& area, Part part, const std::set<std::string>& paths,
                            std::chrono::sys_seconds now) {
    std::set<std::string> before;
    Statement known = state_.prepare("SELECT path FROM used WHERE area = ? AND part = ?");
    known.bind(area.str()).bind(number(part));
    while (known.step()) before.emplace(known.text(0));
    LINLI_CHECK(known.finish());
    for (const std::string& path : paths) {
        if (before.erase(path) > 0) continue;
        LINLI_CHECK(state_.prepare("INSERT INTO used VALUES(?, ?, ?)").bind(area.str()).bind(number(part)).bind(path).finish());
        LINLI_CHECK(state_.prepare("DELETE FROM garbage WHERE path = ?").bind(path).finish());
    }
    for (const std::string& path : before) {
        LINLI_CHECK(state_.prepare("DELETE FROM used WHERE area = ? AND part = ? AND path = ?")
                        .bind(area.str()).bind(number(part)).bind(path).finish());
        LINLI_CHECK(state_.prepare("INSERT OR IGNORE INTO garbage SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM used WHERE "
                                   "path = ?1)")
                        .bind(path).bind(now.time_since_epoch().count()).finish());
    }
    return {};
}

Result<std::set<std::string>> UsedFiles::named_by_heads() const {
    std::set<std::string> paths;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator at(tree_ / "areas", error), end; !error && at != end;
         at.increment(error)) {
        if (at->path().extension() != ".signed") continue;
        auto bytes = base::read_file(at->path(), kMostSignedBytes);
        auto file = bytes ? read_signed(*bytes) : base::fail("none");
        auto head = file ? read_head(file->payload) : base::fail("none");
        if (!head) continue;
        paths.insert(packed_path(head->content.sha256));
        for (const Head::Delta& delta : head->deltas) paths.insert(packed_path(delta.sha256));
        Statement known = state_.prepare("SELECT 1 FROM used WHERE area = ? AND part = ? LIMIT 1");
        if (!known.bind(head->area.str()).bind(number(head->part)).step())
            collect_objects(tree_ / packed_path(head->content.sha256), paths);
    }
    return paths;
}

Result<void> UsedFiles::sweep(std::chrono::sys_seconds now) {
    LINLI_TRY(named, named_by_heads());
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator at(tree_ / "objects", error), end; !error && at != end;
         at.increment(error)) {
        std::string path = at->path().lexically_relative(tree_).generic_string();
        if (!at->is_regular_file(error) || named.contains(path)) continue;
        LINLI_CHECK(state_.prepare("INSERT OR IGNORE INTO garbage SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM used WHERE "
                                   "path = ?1)")
                        .bind(path).bind(now.time_since_epoch().count()).finish());
    }
    return {};
}

Result<int> UsedFiles::remove_garbage(std::chrono::sys_seconds now) {
    std::int64_t latest = (now - kObjectGrace).time_since_epoch().count();
    int removed = 0;
    Statement old = state_.prepare("SELECT path FROM garbage WHERE since <= ?");
    old.bind(latest);
    while (old.step()) {
        std::error_code ignored;
        if (std::filesystem::remove(tree_ / old.text(0), ignored)) ++removed;
    }
    LINLI_CHECK(old.finish());
    LINLI_CHECK(state_.prepare("DELETE FROM garbage WHERE since <= ?").bind(latest).finish());
    return removed;
}

}  // namespace linli::platform
