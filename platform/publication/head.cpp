#include "platform/publication/head.h"

#include <algorithm>

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/publication/publication_xml.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;

namespace {

constexpr std::uint64_t kLongestPoll = 24 * 3600;

Result<Head> read_attributes(const xml::Element& element) {
    Fields fields(element);
    Head head{.area = fields.area("area")};
    head.part = fields.part("part");
    head.sequence = fields.number("sequence", 1, INT64_MAX);
    head.published = fields.instant("published");
    head.expires = fields.instant("expires");
    head.poll = std::chrono::seconds(fields.number("poll", 0, kLongestPoll));
    head.root = fields.number("root", 1, INT64_MAX);
    if (!element.attribute("alerts").empty())
        head.alerts = std::chrono::seconds(fields.number("alerts", 0, kLongestPoll));
    LINLI_CHECK(fields.check());
    return head;
}

Result<Head::Content> read_content(const xml::Element& element) {
    auto all = children_of(element, "content");
    if (all.size() != 1) return base::fail(base::format("the head has {} <content>, not one", all.size()));
    Fields fields(*all.front());
    Head::Content content{fields.hash("sha256"), fields.number("length", 0, kMostPackedBytes),
                          fields.number("unpacked-length", 0, kMostUnpackedBytes),
                          fields.number("items", 0, kMostUnpackedBytes)};
    LINLI_CHECK(fields.check());
    return content;
}

Result<std::vector<Head::Delta>> read_deltas(const xml::Element& element) {
    std::vector<Head::Delta> deltas;
    for (const xml::Element* child : children_of(element, "delta")) {
        Fields fields(*child);
        deltas.push_back({fields.hash("from"), fields.hash("sha256"), fields.number("length", 0, kMostPackedBytes),
                          fields.number("unpacked-length", 0, kMostUnpackedBytes)});
        LINLI_CHECK(fields.check());
    }
    return deltas;
}

void write_file(xml::XmlWriter& writer, std::string_view sha256, std::uint64_t length, std::uint64_t unpacked) {
    writer.attribute("sha256", sha256).attribute("length", std::to_string(length));
    writer.attribute("unpacked-length", std::to_string(unpacked));
}

std::string object_place(std::string_view sha256) {
    return base::format("objects/{}/{}", sha256.substr(0, 2), sha256);
}

}  // namespace

Result<Head> read_head(std::string_view text) {
    LINLI_TRY(element, read_payload(text, "head"));
    LINLI_TRY(head, read_attributes(element));
    LINLI_TRY(content, read_content(element));
    LINLI_TRY(deltas, read_deltas(element));
    LINLI_TRY(areas, read_areas(element, &head.area));
    if (head.part == Part::Alerts && (!deltas.empty() || !areas.empty() || head.alerts))
        return base::fail("a head of alerts has neither deltas nor areas nor alerts");
    head.content = std::move(content);
    head.deltas = std::move(deltas);
    head.areas = std::move(areas);
    return head;
}

std::string write_head(const Head& head) {
    xml::XmlWriter writer;
    writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writer.open("head").attribute("xmlns", kPublicationNamespace).attribute("part", name_of(head.part));
    writer.attribute("area", head.area.str()).attribute("sequence", std::to_string(head.sequence));
    writer.attribute("published", base::format_instant(head.published));
    writer.attribute("expires", base::format_instant(head.expires));
    writer.attribute("poll", std::to_string(head.poll.count())).attribute("root", std::to_string(head.root));
    if (head.alerts) writer.attribute("alerts", std::to_string(head.alerts->count()));
    writer.text("\n  ").open("content");
    write_file(writer, head.content.sha256, head.content.length, head.content.unpacked_length);
    writer.attribute("items", std::to_string(head.content.items)).close();
    for (const Head::Delta& delta : head.deltas) {
        writer.text("\n  ").open("delta").attribute("from", delta.from);
        write_file(writer, delta.sha256, delta.length, delta.unpacked_length);
        writer.close();
    }
    write_areas(writer, head.areas);
    return writer.text("\n").close().raw("\n").str();
}

std::uint64_t next_sequence(std::uint64_t last, std::chrono::sys_seconds now) {
    constexpr std::chrono::seconds kAhead = std::chrono::years(10);
    auto from_time = static_cast<std::uint64_t>(std::max<std::int64_t>(now.time_since_epoch().count(), 1));
    if (last >= from_time + static_cast<std::uint64_t>(kAhead.count())) return from_time;
    return std::max(from_time, last + 1);
}

std::string head_path(const AreaCode& area, Part part) {
    return base::format("areas/{}/{}.signed", area.str(), part == Part::Alerts ? "alerts" : "head");
}
std::string packed_path(std::string_view sha256) { return object_place(sha256) + ".zst"; }
std::string object_path(std::string_view sha256) { return object_place(sha256); }

}  // namespace linli::platform
