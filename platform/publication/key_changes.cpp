#include "platform/publication/key_changes.h"

#include <algorithm>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/publication/publication_xml.h"
#include "platform/publication/trust_chain.h"

namespace linli::platform {

using base::PublicKey;
using base::Result;
using content::AreaCode;

namespace {

Result<KeySet> without(const KeySet& keys, const AreaCode& area, const PublicKey& key) {
    KeySet rest = keys;
    if (std::erase(rest.keys, key) == 0)
        return base::fail(base::format("{} is no key of area {}", key.id(), area.str()));
    return rest;
}

/// Checks a set that somebody made up.
Result<void> check_set(const KeySet& keys) {
    xml::XmlWriter writer;
    writer.open("area").attribute("xmlns", kPublicationNamespace);
    write_keys(writer, keys);
    LINLI_TRY(element, read_payload(writer.close().str(), "area"));
    LINLI_TRY(read, read_keys(element));
    return {};
}

}  // namespace

Result<KeyChanges> KeyChanges::begin(const std::filesystem::path& tree, const KeyRing& ring,
                                     std::chrono::sys_seconds now) {
    LINLI_TRY(lock, TreeLock::take(tree));
    return KeyChanges(tree, ring, now, std::move(lock));
}

Result<KeySet> KeyChanges::present_keys(const AreaCode& area) const {
    LINLI_TRY(delegations, Delegations::open(tree_));
    const KeySet* keys = delegations.keys_of(area);
    if (!keys)
        return base::fail(base::format("nobody is named who may publish for area {}", area.str()));
    return *keys;
}

Result<KeyChange> KeyChanges::delegate(const AreaCode& area, const KeySet& keys) {
    LINLI_CHECK(check_set(keys));
    return change(area, keys);
}

Result<KeyChange> KeyChanges::rotate(const AreaCode& area, const PublicKey& old_key,
                                     const PublicKey& new_key) {
    LINLI_TRY(present, present_keys(area));
    LINLI_TRY(keys, without(present, area, old_key));
    keys.keys.push_back(new_key);
    LINLI_CHECK(check_set(keys));
    return change(area, keys);
}

Result<KeyChange> KeyChanges::revoke(const AreaCode& area, const PublicKey& key) {
    LINLI_TRY(present, present_keys(area));
    LINLI_TRY(keys, without(present, area, key));
    if (keys.keys.empty()) return change(area, std::nullopt);
    if (keys.keys.size() < keys.threshold)
        return base::fail(base::format(
            "without {} area {} has {} keys, {} must sign: name other keys with it instead",
            key.id(), area.str(), keys.keys.size(), keys.threshold));
    return change(area, keys);
}

Result<KeyChange> KeyChanges::change(const AreaCode& area, const std::optional<KeySet>& keys) {
    std::vector<AreaCode> chain = area.chain();
    if (chain.size() == 1)
        return base::fail(base::format(
            "the keys of city {} are in the root: make the next version of it", area.str()));
    const AreaCode& above = chain[chain.size() - 2];
    LINLI_TRY(delegations, Delegations::open(tree_));
    const KeySet* known = delegations.keys_of(above);
    if (!known)
        return base::fail(base::format(
            "nobody is named who may publish for area {}: name its keys first", above.str()));
    KeySet keys_above = *known;
    std::optional<Head> head_above = delegations.head(above, Part::Content);
    // Before anything is changed: can the head above be signed?
    if (head_above) {
        auto signable = ring_.sign("", keys_above);
        if (!signable)
            return base::fail(base::format("area {}: {}", above.str(), signable.error().message));
    }

    KeyChange report;
    LINLI_CHECK(hand_over(delegations, area, keys, report));
    std::map<AreaCode, KeySet> areas = delegations.below(above);
    areas.erase(area);
    if (keys) areas.emplace(area, *keys);
    LINLI_CHECK(delegations.keep(above, areas));
    report.is_waiting = !head_above;
    if (!head_above) return report;
    head_above->areas = std::move(areas);
    LINLI_CHECK(write_head_again(std::move(*head_above), keys_above, nullptr));
    return report;
}

/// Before the keys of an area change: what it says already is signed by both the old keys and the
/// new.
Result<void> KeyChanges::hand_over(Delegations& delegations, const AreaCode& area,
                                   const std::optional<KeySet>& keys, KeyChange& report) const {
    const KeySet* known = delegations.keys_of(area);
    if (!known || !keys || *known == *keys) return {};
    KeySet old = *known;
    std::vector<Head> heads;
    for (Part part : {Part::Content, Part::Alerts}) {
        if (auto head = delegations.head(area, part)) heads.push_back(std::move(*head));
    }
    if (auto below = delegations.below(area); !below.empty())
        LINLI_CHECK(delegations.keep(area, below));
    if (heads.empty()) return {};
    if (!ring_.can_sign(*keys)) {
        report.must_publish.push_back(area);
        return {};
    }
    for (Head& head : heads)
        LINLI_CHECK(write_head_again(std::move(head), *keys, &old));
    return {};
}

Result<void> KeyChanges::write_head_again(Head head, const KeySet& keys, const KeySet* also) const {
    head.sequence = next_sequence(head.sequence, now_);
    head.expires = now_ + (head.expires - head.published);
    head.published = now_;
    LINLI_TRY(file, ring_.sign(write_head(head), keys));
    for (const PublicKey& key : also ? also->keys : std::vector<PublicKey>()) {
        if (const base::SecretKey* mine = ring_.find(key.id())) {
            LINLI_TRY(more, add_signature(file, *mine));
            file = std::move(more);
        }
    }
    return base::write_file_atomically(tree_ / head_path(head.area, head.part), file);
}

Result<KeyChange> KeyChanges::install_root(std::string_view root_file) {
    LINLI_TRY(own, TrustChain::start(root_file));
    KeyChange report;
    if (auto newest = newest_root(tree_)) {
        LINLI_TRY(present, base::read_file(tree_ / root_path(*newest), kMostSignedBytes));
        LINLI_TRY(chain, TrustChain::start(present));
        LINLI_CHECK(chain.follow(root_file));
        LINLI_TRY(delegations, Delegations::open(tree_));
        for (const auto& [city, keys] : own.root().cities)
            LINLI_CHECK(hand_over(delegations, city, keys, report));
    } else if (own.root().version != 1) {
        return base::fail(
            base::format("the first root of a tree has version 1, not {}", own.root().version));
    }
    LINLI_CHECK(base::write_file_atomically(tree_ / root_path(own.root().version), root_file));
    return report;
}

}  // namespace linli::platform
