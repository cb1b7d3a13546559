#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "middleware/xml/xml_reader.h"

namespace linli::platform {

/// What one element of a feed holds.
struct FeedText {
    /// Character data; or markup, where the element has elements in it.
    std::string text;
    bool is_markup = false;
    /// Of Atom: "text", "html", "xhtml" or a media type, and where the content is when it is not
    /// here.
    std::string type;
    std::string src;
    /// The text of a <name> in it (authors).
    std::string name;
};

/// An entry, or the feed itself, with what its elements hold, by their names: those of Atom and RSS
/// as they are
/// ("title"), "content:encoded", "dc:date" and "dc:creator" of modules, "rdf:about". Of several of
/// one name the first; of links the one to the page for readers.
struct FeedEntry {
    xml::Place place;
    std::map<std::string, FeedText, std::less<>> fields;

    const FeedText* find(std::string_view name) const;
    /// The text without white space at its ends; empty where there is none.
    std::string_view text(std::string_view name) const;
};

struct Feed {
    enum class Format { Atom, Rss };
    Format format = Format::Atom;
    FeedEntry channel;
    std::vector<FeedEntry> entries;
};

/// Reads a feed, or an entry of Atom that stands alone. The document type declarations of RSS 0.9x,
/// which declare nothing, are passed over; every other is refused. An error names line and column.
/// @spec RFC 4287; RSS 0.90, 0.91, 0.92, 1.0, 2.0
base::Result<Feed> read_feed(std::string xml);

}  // namespace linli::platform
