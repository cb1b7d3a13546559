#include "platform/publication/delegations.h"

#include <algorithm>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/publication/publication_xml.h"
#include "platform/publication/trust_chain.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using Areas = std::map<AreaCode, KeySet>;

namespace {

constexpr std::string_view kElement = "delegations";

Result<Areas> read_kept(const std::filesystem::path& file, const AreaCode& area) {
    LINLI_TRY(text, base::read_file(file, kMostSignedBytes));
    LINLI_TRY(element, read_payload(text, kElement));
    return read_areas(element, &area);
}

std::string write_kept(const Areas& areas) {
    xml::XmlWriter writer;
    writer.open(kElement).attribute("xmlns", kPublicationNamespace);
    write_areas(writer, areas);
    return writer.text("\n").close().raw("\n").str();
}

}  // namespace

std::optional<std::uint64_t> newest_root(const std::filesystem::path& tree) {
    std::uint64_t version = 0;
    while (std::filesystem::exists(tree / root_path(version + 1)))
        ++version;
    return version == 0 ? std::nullopt : std::optional(version);
}

Result<Delegations> Delegations::open(const std::filesystem::path& tree) {
    auto version = newest_root(tree);
    if (!version)
        return base::fail(base::format(
            "{} has no root: linli-publish keys makes one (docs/keys.md)", tree.string()));
    LINLI_TRY(file, base::read_file(tree / root_path(*version), kMostSignedBytes));
    auto chain = TrustChain::start(file);
    if (!chain)
        return base::fail(
            base::format("{}: {}", (tree / root_path(*version)).string(), chain.error().message));
    return Delegations(tree, chain->root());
}

const KeySet* Delegations::keys_of(const AreaCode& area) {
    std::vector<AreaCode> chain = area.chain();
    const Areas& named = chain.size() == 1 ? root_.cities : below(chain[chain.size() - 2]);
    auto found = named.find(area);
    return found == named.end() ? nullptr : &found->second;
}

const Areas& Delegations::below(const AreaCode& area) {
    if (auto known = below_.find(area); known != below_.end()) return known->second;
    Areas areas;
    if (auto good = head(area, Part::Content)) {
        areas = std::move(good->areas);
    } else if (auto kept = read_kept(file_of(area), area)) {
        areas = std::move(*kept);
    }
    return below_.emplace(area, std::move(areas)).first->second;
}

std::optional<Head> Delegations::head(const AreaCode& area, Part part) {
    const KeySet* keys = keys_of(area);
    auto file = keys ? base::read_file(tree_ / head_path(area, part), kMostSignedBytes)
                     : base::fail("no keys");
    auto good = file ? verify_head(*file, *keys, area, part) : base::fail("no file");
    if (!good) return std::nullopt;
    return std::move(*good);
}

Result<void> Delegations::keep(const AreaCode& area, const Areas& below) {
    LINLI_CHECK(base::write_file_atomically(file_of(area), write_kept(below)));
    below_.clear();
    below_[area] = below;
    return {};
}

std::filesystem::path Delegations::file_of(const AreaCode& area) const {
    std::string name = area.str();
    std::ranges::replace(name, '/', '-');
    return tree_ / ".publisher" / "delegations" / (name + ".xml");
}

}  // namespace linli::platform
