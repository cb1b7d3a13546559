#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "middleware/base/result.h"
#include "middleware/xml/xml_reader.h"

namespace linli::xml {

/// One element of a small document that is held as a tree: messages, settings. Content is streamed instead.
/// Asking for what is not there gives an empty text.
struct Element {
    std::string space;
    std::string name;
    Place place;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<Element> children;
    /// All text directly in it, without white space at its ends.
    std::string text;

    std::string_view attribute(std::string_view name) const;
    /// The first child of that name in the same namespace; null where there is none.
    const Element* child(std::string_view name) const;
    std::string_view child_text(std::string_view name) const;
};

/// Reads a document of at most `most_bytes`; an error names line and column.
base::Result<Element> read_element(std::string_view xml, std::size_t most_bytes);

}  // namespace linli::xml
