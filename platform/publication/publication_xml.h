#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "content/model.h"
#include "middleware/base/result.h"
#include "middleware/xml/element.h"
#include "middleware/xml/xml_writer.h"
#include "platform/publication/signed_file.h"

namespace linli::platform {

inline constexpr std::string_view kPublicationNamespace = "urn:linli:publication:1";

/// Reads the XML of a payload whose root is this element of the publication's namespace. Heads and
/// roots share what is here; nobody else needs it.
base::Result<xml::Element> read_payload(std::string_view xml, std::string_view root);

/// The attributes of one element; the first one that is missing or wrong sticks.
class Fields {
  public:
    explicit Fields(const xml::Element& element) : element_(element) {}

    std::string_view text(std::string_view name);
    std::uint64_t number(std::string_view name, std::uint64_t least, std::uint64_t most);
    std::string hash(std::string_view name);
    std::chrono::sys_seconds instant(std::string_view name);
    /// "12" where there is a mistake.
    content::AreaCode area(std::string_view name);
    /// "content" or "alerts".
    content::Part part(std::string_view name);

    void note(std::string_view name, std::string_view what);
    /// The first mistake, with its element and place.
    base::Result<void> check() const;

  private:
    const xml::Element& element_;
    std::string mistake_;
};

/// The elements of this name among the children of `parent`, in the publication's namespace.
std::vector<const xml::Element*> children_of(const xml::Element& parent, std::string_view name);

/// The attribute `threshold` and the children `key` of an element.
base::Result<KeySet> read_keys(const xml::Element& element);
/// The children `area`, each with the keys of an area directly below `parent`; of cities where that
/// is null.
base::Result<std::map<content::AreaCode, KeySet>> read_areas(const xml::Element& element,
                                                             const content::AreaCode* parent);

void write_keys(xml::XmlWriter& writer, const KeySet& keys);
void write_areas(xml::XmlWriter& writer, const std::map<content::AreaCode, KeySet>& areas);
std::string_view name_of(content::Part part);
/// Whether `child` is directly below `parent`; whether it is a city where that is null.
bool is_directly_below(const content::AreaCode& child, const content::AreaCode* parent);

}  // namespace linli::platform
