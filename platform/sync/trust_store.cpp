#include "platform/sync/trust_store.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "middleware/base/file.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using namespace std::chrono;

namespace {

/// A validator is kept in the line before the head; a longer one is not worth it.
constexpr std::size_t kMostEtagBytes = 512;
constexpr std::size_t kMostContactBytes = 32;
constexpr seconds kContactEvery = hours(1);

}  // namespace

TrustStore::TrustStore(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::error_code error;
    std::filesystem::directory_iterator files(folder_, error);
    if (error) return;
    for (const auto& entry : files)
        if (entry.path().extension() == ".new") std::filesystem::remove(entry.path(), error);
}

Result<TrustChain> TrustStore::chain(std::string_view provisioned_root) const {
    LINLI_TRY(chain, TrustChain::start(provisioned_root));
    for (;;) {
        auto file = base::read_file(root_file(chain.root().version + 1), kMostSignedBytes);
        if (!file || !chain.follow(*file)) return chain;
    }
}

Result<void> TrustStore::keep_root(std::uint64_t version, std::string_view file) {
    return base::write_file_atomically(root_file(version), file);
}

std::optional<TrustStore::KeptHead> TrustStore::head(const AreaCode& area, Part part) const {
    auto bytes = base::read_file(head_file(area, part), kMostSignedBytes + kMostEtagBytes + 1);
    if (!bytes) return std::nullopt;
    std::size_t line_end = bytes->find('\n');
    if (line_end == std::string::npos) return std::nullopt;
    return KeptHead{bytes->substr(line_end + 1), bytes->substr(0, line_end)};
}

Result<void> TrustStore::keep_head(const AreaCode& area, Part part, const KeptHead& head) {
    bool is_fit = head.etag.size() <= kMostEtagBytes && !head.etag.contains('\n');
    return base::write_file_atomically(head_file(area, part), (is_fit ? head.etag : "") + "\n" + head.file);
}

void TrustStore::forget_head(const AreaCode& area, Part part) {
    std::error_code ignored;
    std::filesystem::remove(head_file(area, part), ignored);
}

std::optional<sys_seconds> TrustStore::last_contact() const {
    auto text = base::read_file(folder_ / "contact", kMostContactBytes);
    std::int64_t time = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), time).ec != std::errc()) return std::nullopt;
    return sys_seconds(seconds(time));
}

void TrustStore::note_contact(sys_seconds now) {
    auto last = last_contact();
    if (last && now >= *last && now - *last < kContactEvery) return;
    // Only Diagnostics would miss it.
    auto ignored = base::write_file_atomically(folder_ / "contact", std::to_string(now.time_since_epoch().count()));
}

std::filesystem::path TrustStore::root_file(std::uint64_t version) const {
    return folder_ / (std::to_string(version) + ".root");
}

std::filesystem::path TrustStore::head_file(const AreaCode& area, Part part) const {
    std::string name = area.str();
    std::ranges::replace(name, '/', '-');
    return folder_ / (name + (part == Part::Content ? ".head" : ".alerts"));
}

}  // namespace linli::platform
