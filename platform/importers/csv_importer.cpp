#include <algorithm>

#include "platform/importers/collector.h"
#include "platform/importers/csv_mapping.h"
#include "platform/importers/csv_table.h"
#include "platform/importers/date_text.h"
#include "platform/importers/hours_text.h"
#include "platform/importers/html_body.h"
#include "platform/importers/import.h"
#include "platform/importers/plain_text.h"
#include "platform/importers/source_text.h"
#include "platform/importers/telephone_text.h"

namespace linli::platform {
namespace {

using content::Listing;
using content::Message;
using Field = CsvMapping::Field;

/// The entries of a cell: parted by line breaks, ; 、 or |, and by commas where nothing else parts
/// them.
std::vector<std::string> split_entries(std::string text) {
    for (std::string_view sign : {"；", "、", "\r", ";", "|"})
        for (auto at = text.find(sign); at != text.npos; at = text.find(sign, at + 1))
            text.replace(at, sign.size(), "\n");
    if (text.find('\n') == text.npos)
        for (std::string_view sign : {"，", ","})
            for (auto at = text.find(sign); at != text.npos; at = text.find(sign, at + 1))
                text.replace(at, sign.size(), "\n");
    std::vector<std::string> entries;
    for (std::string_view rest = text; !rest.empty();) {
        std::string_view entry = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
        if (!trim(entry).empty()) entries.emplace_back(trim(entry));
    }
    return entries;
}

/// Makes a listing of one row.
class RowReader {
  public:
    RowReader(const CsvMapping& mapping, const CsvTable& table, const CsvTable::Row& row,
              const ImportOptions& options)
        : mapping_(mapping), table_(table), row_(row), options_(options) {}

    std::vector<Message> left_out;

    content::Item read() {
        Listing listing;
        listing.name = text(Field::Name);
        listing.provider = text(Field::Provider);
        if (listing.provider.empty())
            listing.provider = options_.issuer.empty() ? listing.name : options_.issuer;
        listing.summary = text(Field::Summary);
        for (const CsvMapping::Rule* rule : mapping_.rules(Field::Offer))
            std::ranges::move(split_entries(fill(*rule)), std::back_inserter(listing.offers));
        if (listing.offers.empty()) listing.offers.push_back(listing.name);
        listing.address = text(Field::Address);
        listing.price = text(Field::Price);
        listing.eligibility = text(Field::Eligibility);
        read_telephones_of(listing);
        read_hours(listing);
        for (const CsvMapping::Rule* rule : mapping_.rules(Field::Text))
            read_text(*rule, listing.body);
        return {id_of(listing), category(), published(), std::move(listing), {}};
    }

  private:
    std::string fill(const CsvMapping::Rule& rule) const {
        return CsvMapping::fill(rule, table_, row_);
    }
    std::string text(Field field) const { return mapping_.text(field, table_, row_); }

    std::string id_of(const Listing& listing) const {
        std::string id = text(Field::Id);
        return to_item_id(
            id.empty() ? listing.name + "\n" + listing.provider + "\n" + listing.address : id);
    }

    std::string category() const {
        for (const CsvMapping::Rule* rule : mapping_.rules(Field::Category))
            if (rule->label.empty())
                if (std::string value = fill(*rule); !value.empty())
                    return mapping_.category(value);
        return options_.category;
    }

    std::chrono::sys_seconds published() {
        std::string given = text(Field::Published);
        if (given.empty()) return options_.undated;
        if (auto date = read_date_text(given)) return *date;
        left_out.push_back({N_("the date \"{}\", which is none"), {given}});
        return options_.undated;
    }

    void read_telephones_of(Listing& listing) {
        std::vector<std::string> unread;
        for (const CsvMapping::Rule* rule : mapping_.rules(Field::Telephone)) {
            for (content::Telephone& telephone : read_telephones(fill(*rule), unread)) {
                if (telephone.label.empty()) telephone.label = rule->label;
                if (std::ranges::find(listing.telephones, telephone) == listing.telephones.end())
                    listing.telephones.push_back(std::move(telephone));
            }
        }
        for (std::string& number : unread)
            left_out.push_back({N_("\"{}\", which is no telephone number"), {std::move(number)}});
        if (listing.telephones.empty() && !options_.telephone.empty())
            listing.telephones.push_back({options_.telephone, {}});
    }

    /// Hours that are not understood become a paragraph.
    void read_hours(Listing& listing) const {
        std::string given = text(Field::Hours);
        if (given.empty()) return;
        if (auto hours = read_hours_text(given))
            listing.hours = std::move(*hours);
        else
            listing.body.emplace_back(
                content::Paragraph{Message{N_("Opening hours: {}"), {given}}.text(options_.words)});
    }

    void read_text(const CsvMapping::Rule& rule, content::Body& body) {
        auto read = read_any_text(fill(rule));
        if (!read) {
            left_out.push_back({N_("a text that cannot be read: {}"), {read.error().message}});
            return;
        }
        if (!rule.label.empty() && !read->body.empty())
            body.emplace_back(content::Heading{rule.label});
        std::ranges::move(read->body, std::back_inserter(body));
        std::ranges::move(read->left_out, std::back_inserter(left_out));
    }

    const CsvMapping& mapping_;
    const CsvTable& table_;
    const CsvTable::Row& row_;
    const ImportOptions& options_;
};

base::Error at(const std::filesystem::path& file, const base::Error& error) {
    return {file.string() + ": " + error.message};
}

}  // namespace

base::Result<Imported> import_csv(const std::filesystem::path& file,
                                  const std::filesystem::path& mapping_file,
                                  const ImportOptions& options) {
    LINLI_TRY(mapping_text, read_text(mapping_file, 1u << 20));
    auto mapping = CsvMapping::parse(mapping_text);
    if (!mapping) return std::unexpected(at(mapping_file, mapping.error()));
    LINLI_TRY(text, read_text(file));
    auto table = read_csv(text);
    if (!table) return std::unexpected(at(file, table.error()));
    if (auto checked = mapping->check(*table); !checked)
        return std::unexpected(at(mapping_file, checked.error()));
    Collector collector(file, options);
    for (const CsvTable::Row& row : table->rows) {
        RowReader reader(*mapping, *table, row, options);
        content::Item item = reader.read();
        collector.accept(std::move(item), {.line = row.line}, std::move(reader.left_out));
    }
    return collector.finish();
}

}  // namespace linli::platform
