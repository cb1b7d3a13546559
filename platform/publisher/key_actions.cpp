#include "platform/publisher/key_actions.h"

#include <algorithm>
#include <cstdio>

#include "middleware/base/clock.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "platform/publication/root_draft.h"
#include "platform/publication/trial_keys.h"
#include "platform/publication/trust_chain.h"
#include "platform/publisher/key_report.h"
#include "platform/publisher/passphrase.h"

namespace linli::platform {

using base::PublicKey;
using base::Result;
using content::AreaCode;
using content::Message;
namespace fs = std::filesystem;

namespace {

std::chrono::sys_seconds now() {
    return base::SystemClock().now();
}

void print(const std::vector<std::string>& lines) {
    for (const std::string& line : lines)
        std::printf("%s\n", line.c_str());
}

/// Checked when the command line was read.
AreaCode area_of(const std::string& text) {
    return *AreaCode::parse(text);
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        std::size_t end = std::min(text.find(',', at), text.size());
        parts.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

Result<std::vector<PublicKey>> read_public_keys(const std::vector<std::string>& texts) {
    std::vector<PublicKey> keys;
    for (const std::string& text : texts) {
        LINLI_TRY(key, read_public_key(text));
        keys.push_back(std::move(key));
    }
    return keys;
}

/// "12=KEY,KEY"
Result<std::pair<AreaCode, KeySet>> read_city(const std::string& text, unsigned threshold) {
    auto equals = text.find('=');
    auto code = AreaCode::parse(text.substr(0, equals));
    if (!code || equals == text.npos)
        return base::fail(
            base::format("{}: a city and its keys are expected, such as 12=12.pub", text));
    LINLI_TRY(keys, read_public_keys(split(text.substr(equals + 1))));
    return std::pair(*code, KeySet{threshold, std::move(keys)});
}

}  // namespace

Result<KeyRing> KeyActions::open_ring() const {
    std::vector<fs::path> files(s_.key_files.begin(), s_.key_files.end());
    return KeyRing::open(files, passphrase_from(s_.passphrase_file, translate_));
}

void KeyActions::say(const Message& message) const {
    print({message.text(translate_)});
}

void KeyActions::say_written(const fs::path& file) const {
    say({N_("Written: {}"), {file.string()}});
}

Result<void> KeyActions::create() const {
    std::string passphrase;
    if (s_.is_sealed || !s_.passphrase_file.empty()) {
        LINLI_TRY(asked, new_passphrase(s_.passphrase_file, translate_));
        passphrase = std::move(asked);
    }
    auto created = make_keys(passphrase);
    base::wipe(passphrase);
    return created;
}

Result<void> KeyActions::make_keys(const std::string& passphrase) const {
    for (const std::string& name : s_.names) {
        LINLI_TRY(key, create_key(s_.to, name, passphrase));
        say({N_("{}: key {}, public {}"), {name, key.id(), key.hex()}});
    }
    return {};
}

Result<void> KeyActions::init() const {
    std::vector<AreaCode> areas;
    for (const std::string& area : s_.areas)
        areas.push_back(area_of(area));
    LINLI_TRY(root_file, make_trial_keys(s_.to, s_.tree, areas, now()));
    say({N_("Give this root to the boxes: {}"), {root_file.string()}});
    return {};
}

Result<void> KeyActions::list() const {
    LINLI_TRY(ring, open_ring());
    LINLI_TRY(delegations, Delegations::open(s_.tree));
    print(describe(s_.tree, delegations, ring, translate_));
    return {};
}

Result<void> KeyActions::root() const {
    std::optional<Root> newest;
    if (newest_root(s_.tree)) {
        LINLI_TRY(delegations, Delegations::open(s_.tree));
        newest = delegations.root();
    }
    RootDraft draft;
    draft.lifetime = std::chrono::days(s_.years * 365);
    if (s_.threshold > 0) draft.threshold = s_.threshold;
    LINLI_TRY(keys, read_public_keys(s_.public_keys));
    draft.keys = std::move(keys);
    for (const std::string& text : s_.cities) {
        LINLI_TRY(city, read_city(text, s_.city_threshold));
        draft.cities.insert(std::move(city));
    }
    for (const std::string& city : s_.dropped)
        draft.dropped.push_back(area_of(city));
    LINLI_TRY(root, draft_root(newest, draft, now()));
    LINLI_CHECK(base::write_file_atomically(s_.file, write_root(root)));
    print(describe(root, KeyRing(), translate_));
    say_written(s_.file);
    return {};
}

Result<void> KeyActions::sign() const {
    LINLI_TRY(file, base::read_file(s_.file, kMostSignedBytes));
    LINLI_TRY(root, read_any_root(file));
    LINLI_TRY(ring, open_ring());
    print(describe(root, ring, translate_));
    std::vector<const base::SecretKey*> keys;
    for (const base::SecretKey& key : ring.all())
        keys.push_back(&key);
    LINLI_TRY(signed_root, sign_root(file, keys));
    LINLI_CHECK(base::write_file_atomically(s_.file, signed_root));
    LINLI_TRY(read, read_signed(signed_root));
    say({N_("Signatures: {}"), {std::to_string(read.signatures.size())}});
    if (!TrustChain::start(signed_root)) say({N_("More of the root's own keys must sign."), {}});
    return {};
}

Result<void> KeyActions::install() const {
    LINLI_TRY(file, base::read_file(s_.file, kMostSignedBytes));
    LINLI_TRY(ring, open_ring());
    LINLI_TRY(changes, KeyChanges::begin(s_.tree, ring, now()));
    LINLI_TRY(change, changes.install_root(file));
    LINLI_TRY(root, read_any_root(file));
    say_written(fs::path(s_.tree) / root_path(root.version));
    say_change(change);
    return {};
}

Result<void> KeyActions::delegate() const {
    LINLI_TRY(ring, open_ring());
    LINLI_TRY(keys, read_public_keys(s_.public_keys));
    LINLI_TRY(changes, KeyChanges::begin(s_.tree, ring, now()));
    LINLI_TRY(change,
              changes.delegate(area_of(s_.area), {std::max(s_.threshold, 1u), std::move(keys)}));
    say_change(change);
    return {};
}

Result<void> KeyActions::rotate() const {
    LINLI_TRY(ring, open_ring());
    LINLI_TRY(old_key, read_public_key(s_.old_key));
    LINLI_TRY(new_key, read_public_key(s_.new_key));
    LINLI_TRY(changes, KeyChanges::begin(s_.tree, ring, now()));
    LINLI_TRY(change, changes.rotate(area_of(s_.area), old_key, new_key));
    say_change(change);
    return {};
}

Result<void> KeyActions::revoke() const {
    LINLI_TRY(ring, open_ring());
    LINLI_TRY(old_key, read_public_key(s_.old_key));
    LINLI_TRY(changes, KeyChanges::begin(s_.tree, ring, now()));
    LINLI_TRY(change, changes.revoke(area_of(s_.area), old_key));
    say_change(change);
    return {};
}

void KeyActions::say_change(const KeyChange& change) const {
    if (change.is_waiting)
        say({N_("The area above has no head yet: the first one will name these keys."), {}});
    for (const AreaCode& area : change.must_publish)
        say({N_("{}: publish it with its new keys now; until then boxes take nothing new of it."),
             {area.str()}});
    if (!change.is_waiting && change.must_publish.empty()) say({N_("Done."), {}});
}

}  // namespace linli::platform
