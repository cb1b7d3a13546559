#include "platform/publication/root.h"

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/publication/publication_xml.h"

namespace linli::platform {

using base::Result;

Result<Root> read_root(std::string_view text) {
    LINLI_TRY(element, read_payload(text, "root"));
    Root root;
    Fields fields(element);
    root.version = fields.number("version", 1, INT64_MAX);
    root.published = fields.instant("published");
    root.expires = fields.instant("expires");
    LINLI_CHECK(fields.check());
    auto own = children_of(element, "keys");
    if (own.size() != 1) return base::fail("the root has not exactly one <keys>");
    LINLI_TRY(keys, read_keys(*own.front()));
    root.keys = std::move(keys);
    LINLI_TRY(cities, read_areas(element, nullptr));
    root.cities = std::move(cities);
    return root;
}

std::string write_root(const Root& root) {
    xml::XmlWriter writer;
    writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writer.open("root")
        .attribute("xmlns", kPublicationNamespace)
        .attribute("version", std::to_string(root.version));
    writer.attribute("published", base::format_instant(root.published));
    writer.attribute("expires", base::format_instant(root.expires));
    writer.text("\n  ").open("keys");
    write_keys(writer, root.keys);
    writer.close();
    write_areas(writer, root.cities);
    return writer.text("\n").close().raw("\n").str();
}

std::string root_path(std::uint64_t version) {
    return base::format("root/{}.signed", version);
}

}  // namespace linli::platform
