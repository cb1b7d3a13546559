#include "platform/publication/tree_verifier.h"

#include <map>
#include <optional>
#include <set>
#include <system_error>

#include "content/exchange_reader.h"
#include "content/fault.h"
#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "platform/publication/delta_prefix.h"
#include "platform/publication/trust_chain.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using content::Item;
using content::Removal;
namespace fs = std::filesystem;

namespace {

/// An exchange document: its items as they stand there, by name.
struct Document {
    std::map<Removal, std::string> items;
    std::vector<Removal> removed;
    std::map<std::string, content::Object> objects;
    std::optional<AreaCode> area;
};

Result<Document> read_document(std::string_view xml) {
    Document document;
    std::string fault;
    content::ExchangeReader reader(
        content::ExchangeReader::Strictness::FirstFault,
        [&](const Item& item, std::string_view bytes, xml::Place) {
            Removal name{.kind = item.kind(), .id = item.id};
            if (auto* category = std::get_if<content::Category>(&item.content)) name.board = category->board;
            document.items[name] = bytes;
            for (const content::Object* object : content::objects_of(item)) document.objects[object->src] = *object;
        },
        [&](const content::Fault& first) { fault = content::to_text(first); },
        [&](const Removal& removal) { document.removed.push_back(removal); });
    if (!reader.push(xml) || !reader.finish() || !fault.empty()) return base::fail(fault);
    document.area = reader.area();
    return document;
}

class TreeVerifier {
  public:
    TreeVerifier(const fs::path& tree, TrustChain chain, std::chrono::sys_seconds now)
        : tree_(tree), chain_(std::move(chain)), now_(now) {}

    TreeReport run() {
        follow_roots();
        for (const auto& [city, keys] : std::map(chain_.root().cities)) walk(city);
        find_strays();
        return std::move(report_);
    }

  private:
    void note(const std::string& file, std::string_view what) { report_.faults.push_back(base::format("{}: {}", file, what)); }

    void follow_roots() {
        for (;;) {
            std::string file = root_path(chain_.root().version + 1);
            if (!fs::exists(tree_ / file)) return;
            auto bytes = base::read_file(tree_ / file, kMostSignedBytes);
            auto followed = bytes ? chain_.follow(*bytes) : base::fail(bytes.error().message);
            if (!followed) return note(file, followed.error().message);
        }
    }

    void walk(const AreaCode& area) {
        std::optional<Head> head = verify_part(area, Part::Content);
        if (!head) return;
        if (head->alerts) {
            if (!fs::exists(tree_ / head_path(area, Part::Alerts)))
                note(head_path(area, Part::Content), "says that there are alerts, but there is no head of them");
            verify_part(area, Part::Alerts);
        }
        chain_.take_delegations(*head);
        for (const auto& [child, keys] : head->areas) walk(child);
    }

    std::optional<Head> verify_part(const AreaCode& area, Part part) {
        std::string file = head_path(area, part);
        if (!fs::exists(tree_ / file)) return std::nullopt;
        ++report_.heads;
        seen_heads_.insert(file);
        auto bytes = base::read_file(tree_ / file, kMostSignedBytes);
        auto head = bytes ? chain_.verify(*bytes, area, part) : base::fail(bytes.error().message);
        if (!head) {
            note(file, head.error().message);
            return std::nullopt;
        }
        if (head->expires < now_) note(file, "has expired");
        if (head->root > chain_.root().version)
            note(file, base::format("names root {}, which is not there", head->root));
        verify_content(file, *head);
        return std::move(*head);
    }

    void verify_content(const std::string& head_file, const Head& head) {
        const Head::Content& content = head.content;
        auto document = unpack(packed_path(content.sha256), content.sha256, content.length, content.unpacked_length,
                               {.frames = base::Frames::Several});
        if (!document) return note(head_file, document.error().message);
        if (document->area != head.area || !document->removed.empty())
            return note(head_file, "the content is not that of the area");
        if (document->items.size() != content.items)
            note(head_file, base::format("the content has {} items, not {}", document->items.size(), content.items));
        for (const auto& [src, object] : document->objects)
            if (auto verified = verify_object(object); !verified) note(head_file, verified.error().message);
        for (const Head::Delta& delta : head.deltas)
            if (auto verified = verify_delta(head, delta, *document); !verified)
                note(head_file, base::format("delta {}: {}", delta.sha256, verified.error().message));
    }

    Result<void> verify_object(const content::Object& object) {
        std::string hash = object.src.starts_with("sha256:") ? object.src.substr(7) : "";
        if (hash.empty()) return base::fail(base::format("an item names {}, which is not published", object.src));
        LINLI_CHECK(read(object_path(hash), hash, object.length, kMostObjectBytes));
        return {};
    }

    Result<void> verify_delta(const Head& head, const Head::Delta& delta, const Document& present) {
        LINLI_TRY(change, unpack(packed_path(delta.sha256), delta.sha256, delta.length, delta.unpacked_length,
                                 {.prefix = delta_prefix()}));
        if (change.area != head.area) return base::fail("it is that of another area");
        // What it leads from is kept for a while only.
        auto packed = base::read_file(tree_ / packed_path(delta.from), kMostPackedBytes);
        if (!packed) return {};
        LINLI_TRY(xml, base::decompress(*packed, kMostUnpackedBytes, {.frames = base::Frames::Several}));
        LINLI_TRY(old, read_document(xml));
        for (const Removal& removal : change.removed) old.items.erase(removal);
        for (auto& [name, item] : change.items) old.items[name] = std::move(item);
        if (old.items != present.items) return base::fail("it does not lead to the present content");
        return {};
    }

    Result<Document> unpack(const std::string& file, const std::string& hash, std::uint64_t length,
                            std::uint64_t unpacked_length, const base::DecompressOptions& options) {
        if (unpacked_length > kMostUnpackedBytes) return base::fail(base::format("{} unpacks to too much", file));
        LINLI_TRY(packed, read(file, hash, length, kMostPackedBytes));
        LINLI_TRY(xml, base::decompress(packed, unpacked_length, options));
        if (xml.size() != unpacked_length)
            return base::fail(base::format("{} unpacks to {} bytes, not {}", file, xml.size(), unpacked_length));
        return read_document(xml);
    }

    /// The bytes of a file that is named by its hash.
    Result<std::string> read(const std::string& file, const std::string& hash, std::uint64_t length, std::uint64_t most) {
        LINLI_TRY(bytes, base::read_file(tree_ / file, most));
        if (bytes.size() != length) return base::fail(base::format("{} has {} bytes, not {}", file, bytes.size(), length));
        if (base::Sha256::of(bytes) != hash) return base::fail(base::format("{} has another hash", file));
        if (seen_files_.insert(file).second) {
            ++report_.files;
            report_.bytes += bytes.size();
        }
        return bytes;
    }

    void find_strays() {
        std::error_code error;
        for (fs::recursive_directory_iterator at(tree_ / "areas", error), end; at != end; at.increment(error)) {
            std::string file = at->path().lexically_relative(tree_).generic_string();
            if (at->path().extension() == ".signed" && !seen_heads_.contains(file))
                note(file, "no head above it, and no root, names keys for it");
        }
    }

    const fs::path& tree_;
    TrustChain chain_;
    std::chrono::sys_seconds now_;
    TreeReport report_;
    std::set<std::string> seen_heads_;
    std::set<std::string> seen_files_;
};

}  // namespace

Result<TreeReport> verify_tree(const fs::path& tree, std::string_view root_file, std::chrono::sys_seconds now) {
    LINLI_TRY(chain, TrustChain::start(root_file));
    return TreeVerifier(tree, std::move(chain), now).run();
}

}  // namespace linli::platform
