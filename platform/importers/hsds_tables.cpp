#include "platform/importers/hsds_tables.h"

#include <algorithm>
#include <stdexcept>
#include <nlohmann/json.hpp>

#include "middleware/base/format.h"
#include "platform/importers/csv_table.h"
#include "platform/importers/import.h"
#include "platform/importers/plain_text.h"
#include "platform/importers/source_text.h"

namespace linli::platform {
namespace {

using nlohmann::json;
using Record = HsdsTables::Record;
namespace fs = std::filesystem;

constexpr int kMostDepth = 32;
/// Brackets, names and values together.
constexpr std::size_t kMostValues = 10'000'000;
constexpr std::size_t kMostFound = 100;

struct TableName {
    std::string_view plural;
    std::string_view singular;
    /// What older versions and senders call it.
    std::vector<std::string_view> others;
};

const std::vector<TableName>& table_names() {
    static const std::vector<TableName> kNames = {
        {"services", "service", {}},
        {"organizations", "organization", {"organisations", "organisation"}},
        {"locations", "location", {}},
        {"service_at_locations",
         "service_at_location",
         {"services_at_location", "services_at_locations"}},
        {"phones", "phone", {}},
        {"contacts", "contact", {}},
        {"addresses", "address", {"physical_address", "physical_addresses"}},
        {"postal_addresses", "postal_address", {}},
        {"schedules", "schedule", {"regular_schedule", "regular_schedules"}},
        {"holiday_schedules", "holiday_schedule", {}},
        {"languages", "language", {}},
        {"cost_options", "cost_option", {}},
        {"eligibility", "eligibility", {"eligibilities"}},
        {"attributes",
         "attribute",
         {"services_taxonomy", "service_taxonomy", "service_taxonomies"}},
        {"taxonomy_terms", "taxonomy_term", {"taxonomy"}},
        {"required_documents", "required_document", {}},
        {"accessibility", "accessibility", {"accessibility_for_disabilities"}},
        {"metadata", "metadata", {}},
    };
    return kNames;
}

/// The table that a file or a field of JSON is; the name itself where it is none that is known.
TableName table_of(std::string_view name) {
    if (name.ends_with(".csv")) name.remove_suffix(4);
    for (const TableName& table : table_names())
        if (name == table.plural || name == table.singular ||
            std::ranges::find(table.others, name) != table.others.end())
            return table;
    return {name, name, {}};
}

std::string to_text(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_null()) return {};
    if (!value.is_array()) return value.dump();
    std::string text;
    for (const json& entry : value)
        if (entry.is_primitive()) text += (text.empty() ? "" : ", ") + to_text(entry);
    return text;
}

bool is_array_of_objects(const json& value) {
    return value.is_array() && !value.empty() &&
           std::ranges::all_of(value, [](const json& entry) { return entry.is_object(); });
}

/// Takes nested records apart.
class JsonReader {
  public:
    HsdsTables tables;

    /// A page of results, an object of tables, a service, an organization, or an array of such.
    void read(const json& value) {
        if (value.is_array()) {
            for (const json& entry : value)
                read(entry);
            return;
        }
        if (!value.is_object()) return;
        if (value.contains("contents")) return read(value["contents"]);
        if (value.contains("id")) {
            if (std::string_view table = kind_of(value); !table.empty()) add(value, table, {});
            return;
        }
        for (const auto& [name, entries] : value.items()) {
            if (!is_array_of_objects(entries)) continue;
            for (const json& entry : entries)
                add(entry, table_of(name).plural, {});
        }
    }

  private:
    static std::string_view kind_of(const json& object) {
        auto has = [&](std::initializer_list<const char*> names) {
            return std::ranges::any_of(names,
                                       [&](const char* name) { return object.contains(name); });
        };
        if (has({"services"})) return "organizations";
        if (has({"service", "service_id"}) && has({"location", "location_id"}))
            return "service_at_locations";
        if (has({"organization", "organization_id", "service_at_locations", "application_process",
                 "taxonomy_ids", "interpretation_services"}) &&
            !has({"latitude", "location_type"}))
            return "services";
        return {};
    }

    /// `record` holds the ids of what it is nested in. Gives its id.
    std::string add(const json& object, std::string_view table, Record record) {
        std::string id =
            object.contains("id") ? to_text(object["id"]) : "#" + std::to_string(++without_id_);
        std::string parent = std::string(table_of(table).singular) + "_id";
        for (const auto& [name, value] : object.items()) {
            if (value.is_object()) {
                TableName child = table_of(name);
                record[std::string(child.singular) + "_id"] = add(value, child.plural, {});
            } else if (is_array_of_objects(value)) {
                std::string child(table_of(name).plural);
                for (const json& entry : value)
                    add(entry, child, {{parent, id}});
            } else {
                record[name] = to_text(value);
            }
        }
        record["id"] = id;
        tables.add(table, std::move(record));
        return id;
    }

    int without_id_ = 0;
};

base::Result<json> parse_json(std::string_view text) {
    std::size_t values = 0;
    auto bound = [&](int depth, json::parse_event_t, json&) {
        if (depth > kMostDepth || ++values > kMostValues)
            throw std::length_error(
                base::format("it is nested more than {} deep, or has more than {} values",
                             kMostDepth, kMostValues));
        return true;
    };
    try {
        return json::parse(text, bound);
    } catch (const json::exception& error) {
        return base::fail(std::string("it is no JSON: ") + error.what());
    } catch (const std::length_error& error) {
        return base::fail(error.what());
    }
}

struct CsvFile {
    std::string table;
    fs::path path;
};

/// A path within its folder, from a file that somebody else wrote.
bool stays_in_folder(const fs::path& path) {
    return path.is_relative() && !path.empty() && path.string().find("://") == std::string::npos &&
           std::ranges::none_of(path, [](const fs::path& part) { return part == ".."; });
}

base::Result<std::vector<CsvFile>> files_of_package(const fs::path& package) {
    LINLI_TRY(text, read_text(package));
    LINLI_TRY(parsed, parse_json(text));
    std::vector<CsvFile> files;
    if (!parsed.is_object() || !parsed.contains("resources") ||
        !is_array_of_objects(parsed["resources"]))
        return base::fail("it is no data package: it has no resources");
    for (const json& resource : parsed["resources"]) {
        json path = resource.value("path", json());
        if (path.is_array() && path.size() == 1) path = path[0];
        fs::path given = to_text(path);
        if (!stays_in_folder(given))
            return base::fail(
                base::format("its resource {} has no path within the package", to_text(path)));
        fs::path file = package.parent_path() / given;
        std::string name = to_text(resource.value("name", json()));
        std::error_code error;
        if (fs::is_regular_file(file, error))
            files.push_back({name.empty() ? given.stem().string() : name, file});
    }
    return files;
}

base::Result<std::vector<CsvFile>> files_of_folder(const fs::path& folder) {
    std::vector<CsvFile> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".csv")
            files.push_back({entry.path().stem().string(), entry.path()});
    if (error) return base::fail("cannot read the folder: " + error.message());
    std::ranges::sort(files, {}, &CsvFile::path);
    return files;
}

}  // namespace

base::Result<HsdsTables> HsdsTables::from_json(std::string_view text) {
    LINLI_TRY(parsed, parse_json(text));
    JsonReader reader;
    reader.read(parsed);
    return std::move(reader.tables);
}

base::Result<HsdsTables> HsdsTables::from_csv(const fs::path& path) {
    std::error_code error;
    fs::path package = fs::is_directory(path, error) ? path / "datapackage.json" : path;
    auto files =
        fs::is_regular_file(package, error) ? files_of_package(package) : files_of_folder(path);
    if (!files) return std::unexpected(files.error());
    HsdsTables tables;
    std::size_t left = kMostImportBytes;
    for (const CsvFile& file : *files) {
        LINLI_TRY(text, read_text(file.path, left));
        left -= std::min(left, text.size());
        auto table = read_csv(text);
        if (!table) return base::fail(file.path.filename().string() + ": " + table.error().message);
        for (const CsvTable::Row& row : table->rows) {
            Record record;
            for (std::size_t i = 0; i < table->columns.size(); ++i)
                if (auto cell = CsvTable::cell(row, i); !cell.empty())
                    record[table->columns[i]] = cell;
            tables.add(table_of(file.table).plural, std::move(record));
        }
    }
    return tables;
}

void HsdsTables::add(std::string_view table, Record record) {
    tables_[std::string(table)].push_back(std::move(record));
    indexes_.clear();
}

const std::vector<Record>& HsdsTables::table(std::string_view name) const {
    static const std::vector<Record> kNone;
    auto found = tables_.find(name);
    return found == tables_.end() ? kNone : found->second;
}

std::vector<const Record*> HsdsTables::find(std::string_view table_name, std::string_view field,
                                            std::string_view value) const {
    std::vector<const Record*> found;
    if (value.empty()) return found;
    std::string key = std::string(table_name) + "." + std::string(field);
    auto [index, is_new] = indexes_.try_emplace(key);
    if (is_new)
        for (const Record& record : table(table_name))
            if (auto has = record.find(field); has != record.end())
                index->second.emplace(has->second, &record);
    auto [begin, end] = index->second.equal_range(value);
    for (auto entry = begin; entry != end && found.size() < kMostFound; ++entry)
        found.push_back(entry->second);
    return found;
}

const Record* HsdsTables::first(std::string_view table, std::string_view field,
                                std::string_view value) const {
    auto found = find(table, field, value);
    return found.empty() ? nullptr : found.front();
}

std::string_view HsdsTables::text(const Record& record, std::string_view field) {
    auto found = record.find(field);
    return found == record.end() ? std::string_view() : trim(found->second);
}

}  // namespace linli::platform
