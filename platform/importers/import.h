#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "content/fault.h"
#include "content/model.h"
#include "middleware/base/result.h"

/// Reads what other systems of a city write (feeds, service directories, spreadsheets, calendars)
/// and makes items of it. An editor corrects them before they are published.
namespace linli::platform {

/// A file to be imported may be this long, all files of a package together.
inline constexpr std::size_t kMostImportBytes = 100u << 20;

struct ImportOptions {
    /// Where the items belong; categories are looked up there and above by `linli-publish check`.
    std::string category;
    /// Who issues the notices or provides the services; empty: whoever the file names.
    std::string issuer;
    /// For listings that the file gives none: listings without a telephone number cannot be
    /// published.
    std::string telephone;
    /// What is older or newer is passed over: entries of a feed by when they were published, events
    /// of a calendar by when they take place.
    std::optional<std::chrono::sys_seconds> since;
    std::optional<std::chrono::sys_seconds> until;
    /// When an entry was published that does not say so. The time of the file is a good choice:
    /// importing it again then gives the same items.
    std::chrono::sys_seconds undated{};
    /// The present time: hours and holidays that are over are left out.
    std::chrono::sys_seconds now{};
    /// For the few words that the importers add to a text ("Where: …"), in the language of the
    /// content.
    content::Translate words;
};

/// Something that did not become part of an item.
struct Remark {
    /// An entry as a whole, or a part of one that became an item all the same.
    enum class Loss { Entry, Part };
    Loss loss = Loss::Entry;
    /// The title of the entry, or its id; may be empty.
    std::string entry;
    /// The file's name, where in it the entry begins (line 0 where that is not known), and why.
    content::Fault fault;
};

/// "events.ics:12: "Concert" left out: the event is cancelled", "news.xml:7: missing from "New
/// bus": a picture: a.png".
std::string to_text(const Remark& remark, const content::Translate& translate = {});

struct Imported {
    /// Every one passes `content::check_item` and the schema, and no two have the same id.
    std::vector<content::Item> items;
    /// In the order of the file.
    std::vector<Remark> remarks;
    /// Entries before `since` or after `until`.
    std::size_t passed_over = 0;

    /// Entries that were dropped.
    std::size_t dropped() const;
};

/// Atom 1.0, RSS 0.90 to 2.0 (notices). An error: the file cannot be read, or is neither.
base::Result<Imported> import_feed(const std::filesystem::path& file, const ImportOptions& options);

/// Human Services Data Specification 2 and 3 (listings): a JSON file (services, organizations, or
/// tables), or a folder or datapackage.json with CSV files. @spec https://docs.openreferral.org
base::Result<Imported> import_hsds(const std::filesystem::path& file, const ImportOptions& options);

/// A table (listings). `mapping` says which column is what, see docs/import.md.
base::Result<Imported> import_csv(const std::filesystem::path& file,
                                  const std::filesystem::path& mapping,
                                  const ImportOptions& options);

/// Events (notices). A repeated event is one notice with its dates. @spec RFC 5545
base::Result<Imported> import_icalendar(const std::filesystem::path& file,
                                        const ImportOptions& options);

}  // namespace linli::platform
