#pragma once

#include <string>

#include "content/model.h"
#include "platform/importers/import.h"

namespace linli::tests {

/// A body as lines: "# heading", "paragraph", "- entry" or "1. entry", "| cell | cell |".
std::string to_text(const content::Body& body);

/// What was left out, a line each, as the command prints it.
std::string remarks_of(const platform::Imported& imported);

/// Whatever `linli-publish check` says of a folder in which an editor has put the items: an area,
/// its categories, and the file that the command writes.
std::string faults_of(const platform::Imported& imported);

/// Items of the category "c", at 09:00 of 2026-11-23, in Chinese time.
platform::ImportOptions import_options();

inline const content::Notice& notice(const platform::Imported& imported, std::size_t index = 0) {
    return std::get<content::Notice>(imported.items.at(index).content);
}
inline const content::Listing& listing(const platform::Imported& imported, std::size_t index = 0) {
    return std::get<content::Listing>(imported.items.at(index).content);
}

}  // namespace linli::tests
