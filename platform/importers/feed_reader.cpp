// What feeds really are like, each line with its test in
// tests/platform/importers/feed_reader_test.cpp:
//   RSS 0.91 has a document type declaration, which is refused elsewhere:
//   ADoctypeThatDeclaresNothingIsPassedOver elements in a text that should have none:
//   MarkupInATextIsKept Chinese sites declare gb2312: FeedsInGb2312

#include "platform/importers/feed_reader.h"

#include <algorithm>
#include <array>
#include <optional>

#include "middleware/base/format.h"
#include "platform/importers/plain_text.h"
#include "platform/importers/source_text.h"

namespace linli::platform {
namespace {

constexpr std::string_view kAtom = "http://www.w3.org/2005/Atom";
constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view kRss[] = {
    "", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/", "http://backend.userland.com/rss2"};
constexpr std::pair<std::string_view, std::string_view> kModules[] = {
    {"http://purl.org/rss/1.0/modules/content/", "content:"},
    {"http://purl.org/dc/elements/1.1/", "dc:"}};
/// What is kept; everything else is passed over.
constexpr std::string_view kFields[] = {
    "title",         "id",      "guid",    "link",        "published", "updated",         "pubDate",
    "lastBuildDate", "summary", "content", "description", "author",    "content:encoded", "dc:date",
    "dc:creator"};
constexpr int kMostDepth = 256;
constexpr std::size_t kMostEntries = 100'000;

std::string_view attribute(std::span<const xml::Attribute> attributes, std::string_view name,
                           std::string_view space = {}) {
    for (const xml::Attribute& attribute : attributes)
        if (attribute.name.local == name && attribute.name.space == space) return attribute.value;
    return {};
}

void escape(std::string& out, std::string_view text) {
    for (char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
}

bool is_void_element(std::string_view name) {
    constexpr std::string_view kNames[] = {"br",   "hr",    "img",    "input", "col",
                                           "wbr",  "area",  "base",   "embed", "link",
                                           "meta", "param", "source", "track"};
    return std::ranges::find(kNames, name) != std::end(kNames);
}

class FeedHandler : public xml::XmlHandler {
  public:
    Feed feed;
    xml::XmlReader* reader = nullptr;

    void start_element(const xml::Name& name, std::span<const xml::Attribute> attributes) override {
        ++depth_;
        if (depth_ == 1 && !start_root(name)) return;
        if (field_) {
            start_in_field(name, attributes);
        } else if (is_container(name)) {
            start_container(name, attributes);
        } else if (depth_ == container_depth_ + 1) {
            start_field(name, attributes);
        }
    }

    void text(std::string_view text) override {
        if (!field_) return;
        if (field_->is_markup)
            escape(field_->text, text);
        else
            field_->text += text;
        if (name_depth_ > 0) field_->name += text;
    }

    void end_element(const xml::Name& name) override {
        if (field_ && depth_ == field_depth_)
            end_field();
        else if (field_)
            end_in_field(name);
        else if (entry_ && depth_ == container_depth_)
            end_entry();
        --depth_;
    }

  private:
    bool start_root(const xml::Name& name) {
        bool is_atom = name.space == kAtom && (name.local == "feed" || name.local == "entry");
        bool is_rss = (name.local == "rss" && is_core_of_rss(name.space)) ||
                      (name.local == "RDF" && name.space == kRdf);
        feed.format = is_atom ? Feed::Format::Atom : Feed::Format::Rss;
        if (is_atom || is_rss) return true;
        reader->stop(base::format("<{}> of the namespace \"{}\" is neither Atom nor RSS",
                                  name.local, name.space));
        return false;
    }

    static bool is_core_of_rss(std::string_view space) {
        return std::ranges::find(kRss, space) != std::end(kRss);
    }
    bool is_core(std::string_view space) const {
        return feed.format == Feed::Format::Atom ? space == kAtom : is_core_of_rss(space);
    }

    bool is_container(const xml::Name& name) const {
        if (!is_core(name.space)) return false;
        if (feed.format == Feed::Format::Atom)
            return (depth_ == 1 && name.local == "feed") || (depth_ <= 2 && name.local == "entry");
        return (depth_ == 2 && name.local == "channel") || (depth_ <= 3 && name.local == "item");
    }

    void start_container(const xml::Name& name, std::span<const xml::Attribute> attributes) {
        container_depth_ = depth_;
        if (name.local == "feed" || name.local == "channel") return;
        entry_ = FeedEntry{reader->place(), {}};
        if (auto about = attribute(attributes, "about", kRdf); !about.empty())
            entry_->fields["rdf:about"].text = about;
    }

    void end_entry() {
        if (feed.entries.size() >= kMostEntries) {
            reader->stop(base::format("it has more than {} entries", kMostEntries));
            return;
        }
        feed.entries.push_back(std::move(*entry_));
        entry_.reset();
        --container_depth_;
    }

    void start_field(const xml::Name& name, std::span<const xml::Attribute> attributes) {
        field_name_ = is_core(name.space) ? std::string(name.local) : std::string();
        for (const auto& [space, prefix] : kModules)
            if (name.space == space) field_name_ = std::string(prefix) + std::string(name.local);
        if (std::ranges::find(kFields, field_name_) == std::end(kFields)) return;
        field_.emplace();
        field_depth_ = depth_;
        field_->type = attribute(attributes, "type");
        field_->src = attribute(attributes, "src");
        if (field_name_ == "link") start_link(attributes);
    }

    /// A link of Atom says by `rel` what it leads to.
    void start_link(std::span<const xml::Attribute> attributes) {
        std::string_view rel = attribute(attributes, "rel");
        if (feed.format != Feed::Format::Atom) return;
        if (rel.empty() || rel == "alternate")
            field_->text = attribute(attributes, "href");
        else
            field_name_ = "link:other";
    }

    void end_field() {
        auto& fields = entry_ ? entry_->fields : feed.channel.fields;
        fields.try_emplace(field_name_, std::move(*field_));
        field_.reset();
    }

    void start_in_field(const xml::Name& name, std::span<const xml::Attribute> attributes) {
        if (name.local == "name" && is_core(name.space) && field_->name.empty())
            name_depth_ = depth_;
        if (!field_->is_markup) {
            std::string plain = std::exchange(field_->text, {});
            escape(field_->text, plain);
            field_->is_markup = true;
        }
        field_->text += '<';
        field_->text += name.local;
        for (const xml::Attribute& attribute : attributes) {
            if (!attribute.name.space.empty()) continue;
            field_->text += ' ';
            field_->text += attribute.name.local;
            field_->text += "=\"";
            escape(field_->text, attribute.value);
            field_->text += '"';
        }
        field_->text += '>';
    }

    void end_in_field(const xml::Name& name) {
        if (depth_ == name_depth_) name_depth_ = 0;
        if (is_void_element(name.local)) return;
        field_->text += "</";
        field_->text += name.local;
        field_->text += '>';
    }

    int depth_ = 0;
    int container_depth_ = 0;
    std::optional<FeedEntry> entry_;
    std::optional<FeedText> field_;
    std::string field_name_;
    int field_depth_ = 0;
    int name_depth_ = 0;
};

/// The value of encoding="…" in the XML declaration.
std::string declared_encoding(std::string_view xml) {
    if (!xml.starts_with("<?xml")) return {};
    std::string_view declaration = xml.substr(0, std::min<std::size_t>(xml.find("?>"), 200));
    auto at = declaration.find("encoding");
    if (at == declaration.npos) return {};
    auto begin = declaration.find_first_of("\"'", at);
    if (begin == declaration.npos) return {};
    auto end = declaration.find(declaration[begin], begin + 1);
    return end == declaration.npos ? std::string()
                                   : std::string(declaration.substr(begin + 1, end - begin - 1));
}

/// Where the prolog ends: after the declaration, comments and processing instructions.
std::size_t skip_prolog(std::string_view xml) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kParts = {
        {{"<!--", "-->"}, {"<?", "?>"}}};
    std::size_t at = 0;
    while (true) {
        at = std::min(xml.find_first_not_of(" \t\r\n", at), xml.size());
        auto part = std::ranges::find_if(
            kParts, [&](const auto& p) { return xml.substr(at).starts_with(p.first); });
        if (part == kParts.end()) return at;
        auto end = xml.find(part->second, at);
        if (end == xml.npos) return xml.size();
        at = end + part->second.size();
    }
}

/// A document type declaration without an internal subset declares nothing: it becomes spaces, so
/// that places stay what they were.
void blank_empty_doctype(std::string& xml) {
    std::size_t begin = skip_prolog(xml);
    if (!std::string_view(xml).substr(begin).starts_with("<!DOCTYPE")) return;
    std::size_t end = xml.find_first_of("[>", begin);
    if (end == xml.npos || xml[end] == '[') return;
    for (std::size_t i = begin; i <= end; ++i)
        if (xml[i] != '\n') xml[i] = ' ';
}

}  // namespace

const FeedText* FeedEntry::find(std::string_view name) const {
    auto found = fields.find(name);
    return found == fields.end() ? nullptr : &found->second;
}

std::string_view FeedEntry::text(std::string_view name) const {
    const FeedText* field = find(name);
    return field ? trim(field->text) : std::string_view();
}

base::Result<Feed> read_feed(std::string bytes) {
    std::string declared = declared_encoding(bytes);
    LINLI_TRY(xml, to_utf8(std::move(bytes), declared));
    blank_empty_doctype(xml);
    FeedHandler handler;
    xml::XmlLimits limits;
    limits.depth = kMostDepth;
    xml::XmlReader reader(handler, limits, xml::Encoding::Utf8);
    handler.reader = &reader;
    if (!reader.push(xml) || !reader.finish())
        return base::fail(
            base::format("{}:{}: {}", reader.place().line, reader.place().column, reader.error()));
    return std::move(handler.feed);
}

}  // namespace linli::platform
