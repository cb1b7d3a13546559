#include "platform/publication/publication_xml.h"

#include <algorithm>
#include <charconv>

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/local_time.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using content::Part;

namespace {

constexpr std::size_t kMostKeys = 16;

std::unexpected<base::Error> wrong(const xml::Element& element, std::string_view what) {
    return base::fail(base::format("{}:{}: <{}>: {}", element.place.line, element.place.column,
                                   element.name, what));
}

}  // namespace

Result<xml::Element> read_payload(std::string_view text, std::string_view root) {
    auto element = xml::read_element(text, kMostSignedBytes);
    if (!element)
        return base::fail(base::format("the {} is wrong at {}", root, element.error().message));
    if (element->name != root || element->space != kPublicationNamespace)
        return base::fail(
            base::format("the root is not <{} xmlns=\"{}\">", root, kPublicationNamespace));
    return element;
}

std::string_view Fields::text(std::string_view name) {
    std::string_view value = element_.attribute(name);
    if (value.empty()) note(name, "is missing");
    return value;
}

std::uint64_t Fields::number(std::string_view name, std::uint64_t least, std::uint64_t most) {
    std::string_view digits = text(name);
    std::uint64_t value = 0;
    auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (code != std::errc() || end != digits.data() + digits.size()) note(name, "is not a number");
    if (value < least) note(name, base::format("is less than {}", least));
    if (value > most) note(name, base::format("is more than {}", most));
    return value;
}

std::string Fields::hash(std::string_view name) {
    std::string value(text(name));
    if (!base::Sha256::is_hash(value)) note(name, "is not a SHA-256 hash in lower-case hex");
    return value;
}

std::chrono::sys_seconds Fields::instant(std::string_view name) {
    auto value = base::parse_instant(text(name));
    if (!value) note(name, "is not a time with its offset");
    return value.value_or(std::chrono::sys_seconds());
}

AreaCode Fields::area(std::string_view name) {
    auto value = AreaCode::parse(text(name));
    if (!value) note(name, "is not an area");
    return value.value_or(*AreaCode::parse("12"));
}

Part Fields::part(std::string_view name) {
    std::string_view value = text(name);
    for (Part part : {Part::Content, Part::Alerts}) {
        if (value == name_of(part)) return part;
    }
    note(name, "is neither content nor alerts");
    return Part::Content;
}

void Fields::note(std::string_view name, std::string_view what) {
    if (mistake_.empty()) mistake_ = base::format("{} {}", name, what);
}

Result<void> Fields::check() const {
    if (mistake_.empty()) return {};
    return wrong(element_, mistake_);
}

std::vector<const xml::Element*> children_of(const xml::Element& parent, std::string_view name) {
    std::vector<const xml::Element*> found;
    for (const xml::Element& child : parent.children) {
        if (child.name == name && child.space == kPublicationNamespace) found.push_back(&child);
    }
    return found;
}

Result<KeySet> read_keys(const xml::Element& element) {
    KeySet keys;
    for (const xml::Element* child : children_of(element, "key")) {
        auto key = base::PublicKey::parse(child->text);
        if (!key) return wrong(*child, key.error().message);
        if (std::ranges::find(keys.keys, *key) != keys.keys.end())
            return wrong(*child, "a key is named twice");
        keys.keys.push_back(std::move(*key));
    }
    if (keys.keys.empty() || keys.keys.size() > kMostKeys)
        return wrong(element, base::format("there are {} keys, 1 to {} are possible",
                                           keys.keys.size(), kMostKeys));
    Fields fields(element);
    keys.threshold = static_cast<unsigned>(fields.number("threshold", 1, keys.keys.size()));
    LINLI_CHECK(fields.check());
    return keys;
}

Result<std::map<AreaCode, KeySet>> read_areas(const xml::Element& element, const AreaCode* parent) {
    std::map<AreaCode, KeySet> areas;
    for (const xml::Element* child : children_of(element, "area")) {
        Fields fields(*child);
        AreaCode code = fields.area("code");
        if (!is_directly_below(code, parent))
            fields.note("code", parent ? base::format("is not directly below {}", parent->str())
                                       : "is not a city");
        if (areas.contains(code)) fields.note("code", "is named twice");
        LINLI_CHECK(fields.check());
        LINLI_TRY(keys, read_keys(*child));
        areas.emplace(std::move(code), std::move(keys));
    }
    return areas;
}

void write_keys(xml::XmlWriter& writer, const KeySet& keys) {
    writer.attribute("threshold", std::to_string(keys.threshold));
    for (const base::PublicKey& key : keys.keys)
        writer.element("key", key.hex());
}

void write_areas(xml::XmlWriter& writer, const std::map<AreaCode, KeySet>& areas) {
    for (const auto& [code, keys] : areas) {
        writer.text("\n  ").open("area").attribute("code", code.str());
        write_keys(writer, keys);
        writer.close();
    }
}

std::string_view name_of(Part part) {
    return part == Part::Alerts ? "alerts" : "content";
}

bool is_directly_below(const AreaCode& child, const AreaCode* parent) {
    std::vector<AreaCode> chain = child.chain();
    if (!parent) return chain.size() == 1;
    return chain.size() >= 2 && chain[chain.size() - 2] == *parent;
}

}  // namespace linli::platform
