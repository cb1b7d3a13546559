#include "platform/publication/trial_keys.h"

#include <algorithm>
#include <set>

#include "middleware/base/format.h"
#include "platform/publication/delegations.h"
#include "platform/publication/key_changes.h"
#include "platform/publication/key_ring.h"
#include "platform/publication/root.h"

namespace linli::platform {

using base::PublicKey;
using base::Result;
using content::AreaCode;

namespace {

constexpr std::chrono::days kLifetime{3650};

Result<PublicKey> find_or_create(const std::filesystem::path& keys, std::string name) {
    std::ranges::replace(name, '/', '-');
    std::filesystem::path file = keys / (name + ".pub");
    if (std::filesystem::exists(file)) return read_public_key(file);
    return create_key(keys, name, "");
}

/// These areas and those above them, from the top down.
std::set<AreaCode> with_those_above(const std::vector<AreaCode>& areas) {
    std::set<AreaCode> all;
    for (const AreaCode& area : areas) {
        for (AreaCode& one : area.chain())
            all.insert(std::move(one));
    }
    return all;
}

/// The root that the tree has, or the first one, with these cities.
Result<void> name_cities(const std::filesystem::path& tree, const KeyRing& ring,
                         const PublicKey& root_key, const std::map<AreaCode, PublicKey>& cities,
                         std::chrono::sys_seconds now) {
    Root root{.version = 0, .keys = {1, {root_key}}};
    if (newest_root(tree)) {
        LINLI_TRY(delegations, Delegations::open(tree));
        root = delegations.root();
    }
    bool is_complete = root.version > 0;
    for (const auto& [city, key] : cities) {
        if (root.cities.try_emplace(city, KeySet{1, {key}}).second) is_complete = false;
    }
    if (is_complete) return {};
    ++root.version;
    root.published = now;
    root.expires = now + kLifetime;
    LINLI_TRY(file, ring.sign(write_root(root), root.keys));
    LINLI_TRY(changes, KeyChanges::begin(tree, ring, now));
    LINLI_TRY(installed, changes.install_root(file));
    return {};
}

}  // namespace

Result<std::filesystem::path> make_trial_keys(const std::filesystem::path& keys,
                                              const std::filesystem::path& tree,
                                              const std::vector<AreaCode>& areas,
                                              std::chrono::sys_seconds now) {
    LINLI_TRY(root_key, find_or_create(keys, "root"));
    std::map<AreaCode, PublicKey> cities;
    std::map<AreaCode, PublicKey> others;
    for (const AreaCode& area : with_those_above(areas)) {
        LINLI_TRY(key, find_or_create(keys, area.str()));
        (area.chain().size() == 1 ? cities : others).emplace(area, std::move(key));
    }
    LINLI_TRY(ring, KeyRing::open({keys}, nullptr));
    LINLI_CHECK(name_cities(tree, ring, root_key, cities, now));

    LINLI_TRY(delegations, Delegations::open(tree));
    for (const AreaCode& area : with_those_above(areas)) {
        const KeySet* named = delegations.keys_of(area);
        if (named && !ring.can_sign(*named))
            return base::fail(base::format(
                "{} names keys for area {} that are not in {}: bring them back, or remove the "
                "tree",
                tree.string(), area.str(), keys.string()));
        if (named) others.erase(area);
    }
    LINLI_TRY(changes, KeyChanges::begin(tree, ring, now));
    for (const auto& [area, key] : others) {
        LINLI_TRY(done, changes.delegate(area, {1, {key}}));
    }
    return tree / root_path(*newest_root(tree));
}

}  // namespace linli::platform
