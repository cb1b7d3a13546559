#include "platform/publication/trust_chain.h"

#include <algorithm>

#include "middleware/base/format.h"
#include "platform/publication/publication_xml.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;

namespace {

struct VerifiedRoot {
    SignedFile file;
    Root root;
};

/// A root file that is good for its own keys.
Result<VerifiedRoot> read_own(std::string_view root_file) {
    LINLI_TRY(file, read_signed(root_file));
    LINLI_TRY(root, read_root(file.payload));
    if (auto checked = check_signatures(file, root.keys); !checked)
        return base::fail(
            base::format("root {} by its own keys: {}", root.version, checked.error().message));
    return VerifiedRoot{std::move(file), std::move(root)};
}

bool is_below(const AreaCode& area, const AreaCode& above) {
    return area.str().starts_with(above.str() + "/");
}

}  // namespace

Result<Head> verify_head(std::string_view head_file, const KeySet& keys, const AreaCode& area,
                         Part part) {
    LINLI_TRY(file, read_signed(head_file));
    LINLI_CHECK(check_signatures(file, keys));
    LINLI_TRY(head, read_head(file.payload));
    if (head.area != area)
        return base::fail(base::format("the head is that of area {}", head.area.str()));
    if (head.part != part)
        return base::fail(base::format("the head is that of the part {}", name_of(head.part)));
    return head;
}

TrustChain::TrustChain(Root root) : root_(std::move(root)), latest_time_(root_.published) {}

Result<TrustChain> TrustChain::start(std::string_view root_file) {
    LINLI_TRY(own, read_own(root_file));
    return TrustChain(std::move(own.root));
}

Result<void> TrustChain::follow(std::string_view root_file) {
    LINLI_TRY(next, read_own(root_file));
    if (next.root.version != root_.version + 1)
        return base::fail(
            base::format("root {} does not follow root {}", next.root.version, root_.version));
    if (auto checked = check_signatures(next.file, root_.keys); !checked)
        return base::fail(base::format("root {} by the keys of root {}: {}", next.root.version,
                                       root_.version, checked.error().message));
    root_ = std::move(next.root);
    delegated_.clear();
    note_time(root_.published);
    return {};
}

const KeySet* TrustChain::keys_of(const AreaCode& area) const {
    const auto& named = is_directly_below(area, nullptr) ? root_.cities : delegated_;
    auto found = named.find(area);
    return found == named.end() ? nullptr : &found->second;
}

Result<Head> TrustChain::verify(std::string_view head_file, const AreaCode& area, Part part) const {
    const KeySet* keys = keys_of(area);
    if (!keys)
        return base::fail(base::format("nobody is named who may publish for area {}", area.str()));
    return verify_head(head_file, *keys, area, part);
}

void TrustChain::take_delegations(const Head& head) {
    auto is_same = [&](const AreaCode& child) {
        auto named = head.areas.find(child);
        auto known = delegated_.find(child);
        return named != head.areas.end() && known != delegated_.end() &&
               named->second == known->second;
    };
    // What hangs on keys that are named no longer goes with them.
    std::vector<AreaCode> gone;
    for (const auto& [area, keys] : delegated_) {
        if (is_directly_below(area, &head.area) && !is_same(area)) gone.push_back(area);
    }
    for (const AreaCode& area : gone)
        std::erase_if(delegated_, [&](const auto& one) {
            return one.first == area || is_below(one.first, area);
        });
    for (const auto& [area, keys] : head.areas)
        delegated_.insert_or_assign(area, keys);
}

void TrustChain::note_time(std::chrono::sys_seconds published) {
    latest_time_ = std::max(latest_time_, published);
}

}  // namespace linli::platform
