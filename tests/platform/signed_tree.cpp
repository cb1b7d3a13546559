#include "tests/platform/signed_tree.h"

#include <algorithm>

#include "content/exchange_writer.h"
#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "platform/publication/delta_prefix.h"
#include "platform/publication/signed_file.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using content::AreaCode;
using content::Item;
using platform::Head;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kMostDeltas = 3;

content::Removal removal_of(const Item& item) {
    auto* category = std::get_if<content::Category>(&item.content);
    return {item.kind(), category ? category->board : content::Board::Notices, item.id};
}

/// What leads from some items to others.
std::string write_delta(const AreaCode& area, const std::vector<Item>& from, std::span<const Item> to) {
    std::string document = content::exchange_begin(area);
    std::map<content::Removal, const Item*> before, after;
    for (const Item& item : from) before[removal_of(item)] = &item;
    for (const Item& item : to) after[removal_of(item)] = &item;
    for (const Item& item : from)
        if (!after.contains(removal_of(item))) document += content::write_removal(removal_of(item)) + "\n";
    for (const Item& item : to) {
        auto old = before.find(removal_of(item));
        if (old == before.end() || *old->second != item) document += content::write_item(item) + "\n";
    }
    return document + std::string(content::kExchangeEnd);
}

AreaCode above(const AreaCode& area) { return area.chain()[area.chain().size() - 2]; }
bool is_city(const AreaCode& area) { return area.chain().size() == 1; }

}  // namespace

SignedTree::SignedTree(std::filesystem::path folder) : folder_(std::move(folder)) {
    root_.published = kMonday - std::chrono::hours(24 * 365);
    root_.expires = kMonday + std::chrono::hours(24 * 365);
    root_keys_.push_back(base::SecretKey::generate());
    root_.keys = {1, {root_keys_[0].public_key()}};
    for (const char* city : {"12", "31"})
        root_.cities[*AreaCode::parse(city)] = {1, {key(*AreaCode::parse(city)).public_key()}};
    write_root({&root_keys_[0]});
    CHECK_GOOD(base::write_file_atomically(root_file(), *base::read_file(folder_ / "root/1.signed")));
}

base::SecretKey& SignedTree::key(const AreaCode& area) {
    auto found = keys_.find(area);
    if (found == keys_.end()) found = keys_.emplace(area, base::SecretKey::generate()).first;
    return found->second;
}

std::string SignedTree::sign(const AreaCode& area, std::string_view payload) {
    return platform::write_signed(payload, {&key(area)});
}

void SignedTree::put_head(const Head& head) {
    heads_.insert_or_assign({head.area, head.part}, head);
    write(platform::head_path(head.area, head.part), sign(head.area, platform::write_head(head)));
}

/// Has the area above name the area's key, if it does not yet.
void SignedTree::name_key(const AreaCode& area, std::chrono::sys_seconds now) {
    if (is_city(area)) return;
    AreaCode parent = above(area);
    if (!heads_.contains({parent, Part::Content})) publish(parent, {}, now);
    platform::KeySet keys{1, {key(area).public_key()}};
    Head head = heads_.at({parent, Part::Content});
    if (head.areas.contains(area) && head.areas.at(area) == keys) return;
    head.areas[area] = keys;
    ++head.sequence;
    put_head(head);
}

Head SignedTree::publish(const AreaCode& area, std::span<const Item> items, std::chrono::sys_seconds now, Part part) {
    name_key(area, now);
    auto& past = past_[{area, part}];
    Head head{.part = part, .area = area};
    if (auto last = heads_.find({area, part}); last != heads_.end()) head = last->second;
    head.published = now;
    head.expires = now + 24h * 30;
    head.root = root_.version;
    head.sequence = std::max(head.sequence + 1, static_cast<std::uint64_t>(now.time_since_epoch().count()));
    head.content.items = items.size();
    head.deltas.clear();
    for (const Past& one : part == Part::Alerts ? std::vector<Past>() : past) {
        std::string document = write_delta(area, one.items, items);
        auto packed = base::compress(document, {.prefix = platform::delta_prefix()});
        CHECK_GOOD(packed);
        std::string hash = base::Sha256::of(*packed);
        write(platform::packed_path(hash), *packed);
        head.deltas.insert(head.deltas.begin(), {one.hash, hash, packed->size(), document.size()});
    }
    if (part == Part::Alerts && !heads_.at({area, Part::Content}).alerts) {
        Head content = heads_.at({area, Part::Content});
        content.alerts = 30s;
        ++content.sequence;
        put_head(content);
    }
    head = publish_packed(std::move(head), content::write_exchange(area, items));
    past.push_back({head.content.sha256, {items.begin(), items.end()}});
    if (past.size() > kMostDeltas) past.erase(past.begin());
    return head;
}

Head SignedTree::publish_document(const AreaCode& area, std::string_view document, std::uint64_t items,
                                  std::chrono::sys_seconds now) {
    publish(area, {}, now);
    Head head = heads_.at({area, Part::Content});
    head.deltas.clear();
    head.content.items = items;
    ++head.sequence;
    return publish_packed(std::move(head), document);
}

Head SignedTree::publish_packed(Head head, std::string_view document) {
    auto packed = base::compress(document);
    CHECK_GOOD(packed);
    head.content.sha256 = base::Sha256::of(*packed);
    head.content.length = packed->size();
    head.content.unpacked_length = document.size();
    write(platform::packed_path(head.content.sha256), *packed);
    put_head(head);
    return head;
}

Head SignedTree::renew(const AreaCode& area, std::chrono::sys_seconds now, Part part) {
    Head head = heads_.at({area, part});
    head.published = now;
    head.expires = now + 24h * 30;
    ++head.sequence;
    put_head(head);
    return head;
}

content::Object SignedTree::add_object(std::string_view bytes, const std::string& media_type) {
    std::string hash = base::Sha256::of(bytes);
    write(platform::object_path(hash), bytes);
    return {.src = "sha256:" + hash, .length = bytes.size(), .media_type = media_type};
}

void SignedTree::change_key(const AreaCode& area, std::chrono::sys_seconds now) {
    keys_.erase(area);
    if (is_city(area)) next_root();
    else name_key(area, now);
}

platform::Root SignedTree::next_root(std::vector<base::SecretKey> new_keys, unsigned threshold) {
    ++root_.version;
    for (auto& [city, keys] : root_.cities) keys = {1, {key(city).public_key()}};
    std::vector<const base::SecretKey*> signers;
    for (const base::SecretKey& old : root_keys_) signers.push_back(&old);
    if (!new_keys.empty()) {
        root_.keys = {threshold, {}};
        for (const base::SecretKey& one : new_keys) {
            root_.keys.keys.push_back(one.public_key());
            signers.push_back(&one);
        }
    }
    write_root(signers);
    if (!new_keys.empty()) root_keys_ = std::move(new_keys);
    return root_;
}

void SignedTree::write_root(const std::vector<const base::SecretKey*>& signers) {
    write(platform::root_path(root_.version), platform::write_signed(platform::write_root(root_), signers));
}

void SignedTree::write(const std::string& path, std::string_view bytes) const {
    CHECK_GOOD(base::write_file_atomically(folder_ / path, bytes));
}

}  // namespace linli::tests
