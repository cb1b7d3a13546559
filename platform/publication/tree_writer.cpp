#include "platform/publication/tree_writer.h"

#include <system_error>

#include "middleware/base/file.h"
#include "middleware/base/format.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;

namespace {

/// Whatever its signatures are good for: a sequence rises above that of a head by keys of yesterday, too.
std::uint64_t last_sequence(const std::filesystem::path& head_file) {
    auto bytes = base::read_file(head_file, kMostSignedBytes);
    auto file = bytes ? read_signed(*bytes) : base::fail("none");
    auto head = file ? read_head(file->payload) : base::fail("none");
    return head ? head->sequence : 0;
}

/// Apart from what every new head has anew.
bool says_the_same(Head head, const Head& old) {
    head.sequence = old.sequence;
    head.published = old.published;
    head.expires = old.expires;
    return write_head(head) == write_head(old);
}

Result<void> check_bounds(const Head& head, std::size_t signed_length) {
    if (head.content.length > kMostPackedBytes || head.content.unpacked_length > kMostUnpackedBytes)
        return base::fail(base::format("the content of area {} has {} bytes ({} packed), {} at most ({} packed)",
                                       head.area.str(), head.content.unpacked_length, head.content.length,
                                       kMostUnpackedBytes, kMostPackedBytes));
    if (signed_length > kMostSignedBytes)
        return base::fail(base::format("the head of area {} has {} bytes, {} at most: it names {} deltas and {} areas below",
                                       head.area.str(), signed_length, kMostSignedBytes, head.deltas.size(),
                                       head.areas.size()));
    return {};
}

}  // namespace

bool TreeWriter::has(const std::string& path, std::uint64_t length) const {
    std::error_code error;
    return std::filesystem::file_size(tree_ / path, error) == length && !error;
}

Result<void> TreeWriter::put(const std::string& path, std::string_view bytes) const {
    if (has(path, bytes.size())) return {};
    return base::write_file_atomically(tree_ / path, bytes);
}

bool TreeWriter::can_sign(const AreaCode& area) const {
    const KeySet* keys = delegations_.keys_of(area);
    return keys && keys_.can_sign(*keys);
}

bool TreeWriter::has_head(const AreaCode& area, Part part) const {
    std::error_code error;
    return std::filesystem::exists(tree_ / head_path(area, part), error);
}

Result<PublishOutcome> TreeWriter::put_head(Head head) const {
    head.root = delegations_.root().version;
    if (head.part == Part::Content) head.areas = delegations_.below(head.area);
    std::filesystem::path file = tree_ / head_path(head.area, head.part);
    auto old = delegations_.head(head.area, head.part);
    bool is_young = old && options_.now < old->published + (old->expires - old->published) / 2;
    if (is_young && says_the_same(head, *old)) return PublishOutcome::Unchanged;
    if (!can_sign(head.area)) return PublishOutcome::NoKey;

    head.sequence = next_sequence(last_sequence(file), options_.now);
    head.published = options_.now;
    head.expires = options_.now + options_.lifetime;
    LINLI_TRY(signed_head, keys_.sign(write_head(head), *delegations_.keys_of(head.area)));
    LINLI_CHECK(check_bounds(head, signed_head.size()));
    LINLI_CHECK(base::write_file_atomically(file, signed_head));
    // Web servers make an ETag of time and length: now no two heads have the same one, and all mirrors of one have.
    std::error_code ignored;
    auto time = std::chrono::sys_seconds(std::chrono::seconds(head.sequence));
    std::filesystem::last_write_time(file, std::chrono::file_clock::from_sys(time), ignored);
    bool is_same = old && old->content == head.content;
    return is_same ? PublishOutcome::Renewed : PublishOutcome::Changed;
}

}  // namespace linli::platform
