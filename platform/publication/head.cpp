#include "platform/publication/head.h"

#include <charconv>
#include <optional>
#include <span>

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/local_time.h"
#include "middleware/xml/xml_reader.h"
#include "middleware/xml/xml_writer.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;

namespace {

constexpr std::uint64_t kLongestPoll = 24 * 3600;

/// The attributes of one element; the first one that is missing or wrong sticks.
class Fields {
  public:
    explicit Fields(std::span<const xml::Attribute> attributes) : attributes_(attributes) {}

    std::string_view text(std::string_view name) {
        for (const xml::Attribute& attribute : attributes_) {
            if (attribute.name.space.empty() && attribute.name.local == name) return attribute.value;
        }
        note(name, "is missing");
        return {};
    }
    std::uint64_t number(std::string_view name, std::uint64_t most) {
        std::string_view digits = text(name);
        std::uint64_t value = 0;
        auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (code != std::errc() || end != digits.data() + digits.size()) note(name, "is not a number");
        if (value > most) note(name, base::format("is more than {}", most));
        return value;
    }
    std::string hash(std::string_view name) {
        std::string value(text(name));
        if (!base::Sha256::is_hash(value)) note(name, "is not a SHA-256 hash in lower-case hex");
        return value;
    }
    std::chrono::sys_seconds instant(std::string_view name) {
        auto value = base::parse_instant(text(name));
        if (!value) note(name, "is not a time with its offset");
        return value.value_or(std::chrono::sys_seconds());
    }
    std::optional<AreaCode> area(std::string_view name) {
        auto value = AreaCode::parse(text(name));
        if (!value) note(name, "is not an area");
        return value;
    }
    const std::string& mistake() const { return mistake_; }

  private:
    void note(std::string_view name, std::string_view what) {
        if (mistake_.empty()) mistake_ = base::format("{} {}", name, what);
    }
    std::span<const xml::Attribute> attributes_;
    std::string mistake_;
};

class HeadBuilder final : public xml::XmlHandler {
  public:
    void start_element(const xml::Name& name, std::span<const xml::Attribute> attributes) override {
        ++depth_;
        bool is_ours = name.space == kPublicationNamespace;
        if (depth_ == 1 && !(is_ours && name.local == "head"))
            return reader_->stop(base::format("the root is not <head xmlns=\"{}\">", kPublicationNamespace));
        Fields fields(attributes);
        if (depth_ == 1) start_head(fields);
        if (depth_ == 2 && is_ours && name.local == "content") start_content(fields);
        if (depth_ == 2 && is_ours && name.local == "object") start_object(fields);
        if (!fields.mistake().empty()) reader_->stop(base::format("<{}>: {}", name.local, fields.mistake()));
    }
    void end_element(const xml::Name&) override { --depth_; }
    void text(std::string_view) override {}

    void set_reader(xml::XmlReader& reader) { reader_ = &reader; }
    std::optional<Head> take() { return has_content_ ? std::move(head_) : std::nullopt; }

  private:
    void start_head(Fields& fields) {
        auto area = fields.area("area");
        if (!area) return;
        head_ = Head{.area = *area};
        head_->sequence = fields.number("sequence", INT64_MAX);
        head_->published = fields.instant("published");
        head_->expires = fields.instant("expires");
        head_->poll = std::chrono::seconds(fields.number("poll", kLongestPoll));
    }
    void start_content(Fields& fields) {
        if (has_content_) return reader_->stop("there is more than one <content>");
        has_content_ = true;
        head_->content.sha256 = fields.hash("sha256");
        head_->content.length = fields.number("length", kMostPackedBytes);
        head_->content.unpacked_length = fields.number("unpacked-length", kMostUnpackedBytes);
    }
    void start_object(Fields& fields) {
        Head::Object object;
        object.sha256 = fields.hash("sha256");
        object.length = fields.number("length", kMostObjectBytes);
        object.media_type = fields.text("media-type");
        head_->objects.push_back(std::move(object));
    }

    xml::XmlReader* reader_ = nullptr;
    int depth_ = 0;
    bool has_content_ = false;
    std::optional<Head> head_;
};

std::string object_place(std::string_view sha256) {
    return base::format("objects/{}/{}", sha256.substr(0, 2), sha256);
}

}  // namespace

Result<Head> read_head(std::string_view xml) {
    if (xml.size() > kMostHeadBytes)
        return base::fail(base::format("the head has {} bytes, {} at most", xml.size(), kMostHeadBytes));
    HeadBuilder builder;
    xml::XmlReader reader(builder);
    builder.set_reader(reader);
    if (!reader.push(xml) || !reader.finish()) {
        xml::Place place = reader.place();
        return base::fail(base::format("the head is wrong at {}:{}: {}", place.line, place.column, reader.error()));
    }
    auto head = builder.take();
    if (!head) return base::fail("the head has no <content>");
    return std::move(*head);
}

std::string write_head(const Head& head) {
    xml::XmlWriter writer;
    writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writer.open("head").attribute("xmlns", kPublicationNamespace);
    writer.attribute("area", head.area.str()).attribute("sequence", std::to_string(head.sequence));
    writer.attribute("published", base::format_instant(head.published));
    writer.attribute("expires", base::format_instant(head.expires));
    writer.attribute("poll", std::to_string(head.poll.count()));
    writer.text("\n  ").open("content").attribute("sha256", head.content.sha256);
    writer.attribute("length", std::to_string(head.content.length));
    writer.attribute("unpacked-length", std::to_string(head.content.unpacked_length)).close();
    for (const Head::Object& object : head.objects) {
        writer.text("\n  ").open("object").attribute("sha256", object.sha256);
        writer.attribute("length", std::to_string(object.length));
        writer.attribute("media-type", object.media_type).close();
    }
    return writer.text("\n").close().raw("\n").str();
}

std::string head_path(const AreaCode& area) { return base::format("areas/{}/head.xml", area.str()); }
std::string content_path(const Head::Content& content) { return object_place(content.sha256) + ".zst"; }
std::string object_path(const Head::Object& object) { return object_place(object.sha256); }

}  // namespace linli::platform
