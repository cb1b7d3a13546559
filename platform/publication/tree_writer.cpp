#include "platform/publication/tree_writer.h"

#include <algorithm>
#include <set>
#include <system_error>

#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"

namespace linli::platform {

using base::Result;
using namespace std::chrono;

namespace {

bool is_there(const std::filesystem::path& file, std::uint64_t length) {
    std::error_code error;
    return std::filesystem::file_size(file, error) == length && !error;
}

/// A file named by its hash is written once and never changes.
Result<void> write_object(const std::filesystem::path& file, std::string_view bytes) {
    if (is_there(file, bytes.size())) return {};
    return base::write_file_atomically(file, bytes);
}

/// A head that is damaged is as good as none: what it named is published again.
std::optional<Head> read_old_head(const std::filesystem::path& file) {
    auto bytes = base::read_file(file, kMostSignedBytes);
    if (!bytes) return std::nullopt;
    auto signed_file = read_signed(*bytes);
    auto head = signed_file ? read_head(signed_file->payload) : base::fail("no signed file");
    if (!head) return std::nullopt;
    return std::move(*head);
}

/// The content as it was packed before, when that is the same document; another version of zstd packs otherwise.
std::optional<std::string> packed_before(const std::filesystem::path& tree, const std::optional<Head>& old,
                                         std::string_view document) {
    if (!old || old->content.unpacked_length != document.size()) return std::nullopt;
    auto packed = base::read_file(tree / packed_path(old->content.sha256), kMostPackedBytes);
    if (!packed || base::Sha256::of(*packed) != old->content.sha256) return std::nullopt;
    auto unpacked = base::decompress(*packed, document.size());
    if (!unpacked || *unpacked != document) return std::nullopt;
    return std::move(*packed);
}

std::vector<Head::Object> describe(const std::vector<ObjectBytes>& objects) {
    std::vector<Head::Object> described;
    for (const ObjectBytes& object : objects)
        described.push_back({base::Sha256::of(object.bytes), object.bytes.size(), object.media_type});
    return described;
}

Result<void> check_bounds(const Head& head) {
    if (head.content.length > kMostPackedBytes || head.content.unpacked_length > kMostUnpackedBytes)
        return base::fail(base::format("the content of area {} has {} bytes ({} packed), {} at most ({} packed)",
                                       head.area.str(), head.content.unpacked_length, head.content.length,
                                       kMostUnpackedBytes, kMostPackedBytes));
    for (const Head::Object& object : head.objects) {
        if (object.length > kMostObjectBytes)
            return base::fail(base::format("object {} of area {} has {} bytes, {} at most", object.sha256,
                                           head.area.str(), object.length, kMostObjectBytes));
    }
    if (std::size_t size = write_head(head).size(); size > kMostSignedBytes)
        return base::fail(
            base::format("area {} has {} pictures and attachments, too many for its head ({} bytes, {} at most)",
                         head.area.str(), head.objects.size(), size, kMostSignedBytes));
    return {};
}

std::set<std::string> files_of(const Head& head) {
    std::set<std::string> files{packed_path(head.content.sha256)};
    for (const Head::Object& object : head.objects) files.insert(object_path(object.sha256));
    return files;
}

/// The grace of an object begins when the last head lets go of it.
void start_grace(const std::filesystem::path& tree, const Head& old, const Head& head) {
    std::set<std::string> used = files_of(head);
    for (const std::string& file : files_of(old)) {
        std::error_code ignored;
        if (!used.contains(file))
            std::filesystem::last_write_time(tree / file, std::filesystem::file_time_type::clock::now(), ignored);
    }
}

/// The sequence only rises, also when the tree was lost and is made anew.
std::uint64_t next_sequence(const std::optional<Head>& old, sys_seconds now) {
    auto from_time = static_cast<std::uint64_t>(std::max<std::int64_t>(now.time_since_epoch().count(), 1));
    return old ? std::max(from_time, old->sequence + 1) : from_time;
}

}  // namespace

Result<PublishOutcome> publish_area(const std::filesystem::path& tree, const AreaPublication& publication,
                                    const PublishOptions& options) {
    std::filesystem::path head_file = tree / head_path(publication.area, Part::Content);
    std::optional<Head> old = read_old_head(head_file);
    std::optional<std::string> packed = packed_before(tree, old, publication.document);
    if (!packed) {
        LINLI_TRY(fresh, base::compress(publication.document));
        packed = std::move(fresh);
    }

    Head head{.area = publication.area};
    head.sequence = next_sequence(old, options.now);
    head.published = options.now;
    head.expires = options.now + options.lifetime;
    head.poll = options.poll;
    head.content = {base::Sha256::of(*packed), packed->size(), publication.document.size(), 0};
    head.objects = describe(publication.objects);
    LINLI_CHECK(check_bounds(head));

    LINLI_CHECK(write_object(tree / packed_path(head.content.sha256), *packed));
    for (std::size_t i = 0; i < head.objects.size(); ++i)
        LINLI_CHECK(write_object(tree / object_path(head.objects[i].sha256), publication.objects[i].bytes));

    bool is_same = old && old->content == head.content && old->objects == head.objects && old->poll == head.poll;
    bool is_young = old && options.now < old->published + (old->expires - old->published) / 2;
    if (is_same && is_young) return PublishOutcome::Unchanged;
    auto key = base::SecretKey::generate();
    LINLI_CHECK(base::write_file_atomically(head_file, write_signed(write_head(head), {&key})));
    if (old) start_grace(tree, *old, head);
    return is_same ? PublishOutcome::Renewed : PublishOutcome::Changed;
}

Result<int> remove_unused_objects(const std::filesystem::path& tree, hours grace) {
    std::set<std::string> used;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator at(tree / "areas", error), end; at != end; at.increment(error)) {
        if (error) break;
        if (at->path().filename() != "head.signed") continue;
        LINLI_TRY(bytes, base::read_file(at->path(), kMostSignedBytes));
        LINLI_TRY(file, read_signed(bytes));
        LINLI_TRY(head, read_head(file.payload));
        used.merge(files_of(head));
    }
    if (error) return base::fail(base::format("cannot read {}: {}", tree.string(), error.message()));

    int removed = 0;
    auto oldest = std::filesystem::file_time_type::clock::now() - grace;
    for (std::filesystem::recursive_directory_iterator at(tree / "objects", error), end; at != end;
         at.increment(error)) {
        if (error) break;
        if (!at->is_regular_file(error) || used.contains(at->path().lexically_relative(tree).generic_string()))
            continue;
        if (at->last_write_time(error) > oldest) continue;
        if (std::filesystem::remove(at->path(), error)) ++removed;
    }
    return removed;
}

}  // namespace linli::platform
