#include "tests/platform/publisher/editors_desk.h"

#include "content/exchange_reader.h"
#include "content/exchange_writer.h"
#include "content/fault.h"
#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "platform/publication/delegations.h"
#include "platform/publication/delta_prefix.h"
#include "platform/publication/trial_keys.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using content::AreaCode;
using content::Removal;
using platform::Head;
using platform::Part;

namespace {

Removal name_of(const content::Item& item) {
    auto* category = std::get_if<content::Category>(&item.content);
    return {item.kind(), category ? category->board : content::Board::Notices, item.id};
}

/// Puts the items of a document into a content, and takes out what it removes.
void read_into(ReadContent& content, std::string_view document) {
    std::string faults;
    content::ExchangeReader reader(
        content::ExchangeReader::Strictness::FirstFault,
        [&](const content::Item& item, std::string_view xml, xml::Place) {
            CHECK_TEXT_EQUAL(xml, content::write_item(item));
            content.items[name_of(item)] = xml;
        },
        [&](const content::Fault& fault) { faults += to_text(fault); },
        [&](const Removal& removal) { content.items.erase(removal); });
    bool was_read = reader.push(document) && reader.finish();
    CHECK_TRUE_TEXT(was_read, faults.c_str());
}

}  // namespace

EditorsDesk::EditorsDesk(std::vector<std::string> areas) {
    std::vector<AreaCode> codes;
    for (const std::string& area : areas) codes.push_back(*AreaCode::parse(area));
    CHECK_GOOD(platform::make_trial_keys(keys(), tree(), codes, kNow));
}

void EditorsDesk::write(const std::string& file, const std::string& area, std::string_view items) {
    write_bytes(file, "<exchange xmlns=\"urn:linli:exchange:1\" area=\"" + area + "\">\n" + std::string(items) + "</exchange>\n");
}

base::Result<platform::PublishReport> EditorsDesk::try_publish(std::chrono::sys_seconds now, int deltas) {
    LINLI_TRY(ring, platform::KeyRing::open({keys()}, nullptr));
    return platform::publish_folder(editor(), tree(), ring, {.now = now, .deltas = deltas});
}

platform::PublishReport EditorsDesk::publish(std::chrono::sys_seconds now, int deltas) {
    auto report = try_publish(now, deltas);
    CHECK_GOOD(report);
    CHECK_TEXT_EQUAL("", report->check.is_good() ? "" : to_text(report->check.faults.front()));
    return std::move(*report);
}

platform::PublishOutcome EditorsDesk::publish_one(const std::string& area, std::chrono::sys_seconds now) {
    for (const auto& one : publish(now).areas)
        if (one.code.str() == area) return one.outcome;
    FAIL("the area was not published");
    return {};
}

Head EditorsDesk::head(const std::string& area, Part part) const {
    auto delegations = platform::Delegations::open(tree());
    CHECK_GOOD(delegations);
    auto head = delegations->head(*AreaCode::parse(area), part);
    CHECK_TRUE_TEXT(head.has_value(), "no head that is good for the area's keys");
    return *head;
}

std::string EditorsDesk::unpack(const std::string& hash, std::uint64_t length, std::uint64_t unpacked, bool is_delta) const {
    auto packed = base::read_file(tree() / platform::packed_path(hash));
    CHECK_GOOD(packed);
    UNSIGNED_LONGS_EQUAL(length, packed->size());
    CHECK_TEXT_EQUAL(hash, base::Sha256::of(*packed));
    base::DecompressOptions options;
    if (is_delta) options.prefix = platform::delta_prefix();
    else options.frames = base::Frames::Several;
    auto text = base::decompress(*packed, unpacked, options);
    CHECK_GOOD(text);
    UNSIGNED_LONGS_EQUAL(unpacked, text->size());
    return *text;
}

ReadContent EditorsDesk::read(const Head& head) const {
    ReadContent content;
    content.document = unpack(head.content.sha256, head.content.length, head.content.unpacked_length, false);
    read_into(content, content.document);
    UNSIGNED_LONGS_EQUAL(head.content.items, content.items.size());
    return content;
}

ReadContent EditorsDesk::apply(ReadContent from, const Head::Delta& delta) const {
    from.document = unpack(delta.sha256, delta.length, delta.unpacked_length, true);
    read_into(from, from.document);
    return from;
}

std::map<std::string, std::string> EditorsDesk::served() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(tree())) {
        std::string name = entry.path().lexically_relative(tree()).generic_string();
        if (entry.is_regular_file() && !name.starts_with('.')) files[name] = *base::read_file(entry.path());
    }
    return files;
}

std::string area_xml(std::string_view name) {
    return "<area id=\"area\"><name>" + std::string(name) + "</name></area>\n";
}

std::string category_xml(std::string_view id, std::string_view board) {
    return "<category id=\"" + std::string(id) + "\" board=\"" + std::string(board) +
           "\" icon=\"bus\" order=\"1\"><name>栏目</name></category>\n";
}

std::string notice_xml(std::string_view id, std::string_view title, std::string_view attributes, std::string_view body) {
    std::string published = attributes.contains("published=") ? "" : " published=\"2026-11-20T10:00:00Z\"";
    return "<notice id=\"" + std::string(id) + "\" category=\"news\"" + published + " " + std::string(attributes) +
           "><title>" + std::string(title) + "</title><issuer>居委会</issuer><body>" + std::string(body) +
           "</body></notice>\n";
}

}  // namespace linli::tests
