#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "content/fault.h"
#include "content/model.h"
#include "middleware/xml/xml_reader.h"

namespace linli::content {

struct CheckReport {
    /// Every fault, by file and line. `Fault::file` is a path below the folder; a place of line 0
    /// means the whole file or folder.
    std::vector<Fault> faults;
    /// What was read, good or bad.
    int items = 0;
    int areas = 0;

    bool is_good() const { return faults.empty(); }
};

struct LoadedItem {
    Item item;
    /// The file it came from, as the folder was named: pictures and attachments are named from its
    /// folder.
    std::filesystem::path file;
    xml::Place place;
};

struct LoadedFolder {
    CheckReport report;
    /// The items of each area in the order of their files' names and their places. Use them only
    /// when the report is good: items with faults are here too, as far as they could be read.
    std::map<AreaCode, std::vector<LoadedItem>> areas;
};

/// Reads every .xml file below the folder of an editor or a city and checks what is in it and how
/// it hangs together: the schema and, beyond it, the order of times, telephone numbers, lengths,
/// characters, encodings, ids, categories, references, pictures, attachments and the tree of areas.
/// It changes nothing and follows no link out of the folder. Where a file could not be read to its
/// end, what refers to other items is not checked, since it may refer to what was not read.
CheckReport check_folder(const std::filesystem::path& folder);

/// The same, and hands over the items.
LoadedFolder load_folder(const std::filesystem::path& folder);

}  // namespace linli::content
