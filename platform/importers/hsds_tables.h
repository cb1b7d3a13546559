#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"

namespace linli::platform {

/// The tables of the Human Services Data Specification, whichever way they were sent: as CSV files,
/// as one JSON object of tables, or as services and organizations with everything nested in them.
///
/// Names are those of version 3 in the plural ("services", "service_at_locations", "schedules");
/// older ones are translated. What was nested has the id of what it was nested in ("service_id").
/// @spec https://docs.openreferral.org/en/latest/hsds/
class HsdsTables {
  public:
    using Record = std::map<std::string, std::string, std::less<>>;

    static base::Result<HsdsTables> from_json(std::string_view json);
    /// Every CSV file of a folder, or those that a datapackage.json names; they must lie in its
    /// folder or below.
    static base::Result<HsdsTables> from_csv(const std::filesystem::path& folder_or_package);

    const std::vector<Record>& table(std::string_view name) const;
    /// The records of a table whose field has a value, at most a hundred: what comes with one
    /// service. They are good until a record is added.
    std::vector<const Record*> find(std::string_view table, std::string_view field,
                                    std::string_view value) const;
    /// The first of them; null where there is none, or the value is empty.
    const Record* first(std::string_view table, std::string_view field,
                        std::string_view value) const;

    /// The field of a record, without white space at its ends; empty where it is not there.
    static std::string_view text(const Record& record, std::string_view field);

    void add(std::string_view table, Record record);

  private:
    using Index = std::multimap<std::string_view, const Record*>;

    std::map<std::string, std::vector<Record>, std::less<>> tables_;
    mutable std::map<std::string, Index> indexes_;
};

}  // namespace linli::platform
