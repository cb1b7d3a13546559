#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/xml/xml_reader.h"

/// Marks a text for translation where it stands (xgettext --keyword=N_), without translating it
/// yet.
#define N_(text) text

namespace linli::content {

/// Gives the text of a message id in the reader's language, or the id itself.
using Translate = std::function<std::string_view(std::string_view)>;

/// A message id (English, with a {} for each argument) and its arguments: names and values from the
/// document, which are not translated.
struct Message {
    std::string_view id;
    std::vector<std::string> arguments;

    bool empty() const { return id.empty(); }
    /// The text with its arguments filled in. A translation may name them by number ({1}, {0}) to
    /// change their order. Without a function: English.
    std::string text(const Translate& translate = {}) const;
    bool operator==(const Message&) const = default;
};

/// What is wrong with a document, where, and what would be right.
struct Fault {
    /// The file, as a path below the folder that is checked; empty when the document did not come
    /// from a file.
    std::string file;
    /// Line 0 where it is about the whole file.
    xml::Place place;
    Message what;
    /// May be empty.
    Message expected;
};

/// "notices.xml:12:5: <titel> is not known here, expected <title>".
std::string to_text(const Fault& fault, const Translate& translate = {});

}  // namespace linli::content
