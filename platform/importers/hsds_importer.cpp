#include <algorithm>

#include "content/item_check.h"
#include "content/screen_limits.h"
#include "middleware/base/format.h"
#include "platform/importers/collector.h"
#include "platform/importers/date_text.h"
#include "platform/importers/hsds_hours.h"
#include "platform/importers/hsds_tables.h"
#include "platform/importers/html_body.h"
#include "platform/importers/import.h"
#include "platform/importers/plain_text.h"
#include "platform/importers/source_text.h"
#include "platform/importers/telephone_text.h"

namespace linli::platform {
namespace {

using content::Heading;
using content::List;
using content::Listing;
using content::Message;
using content::Paragraph;
using Record = HsdsTables::Record;

std::string_view text(const Record& record, std::string_view field) {
    return HsdsTables::text(record, field);
}
std::string_view text(const Record* record, std::string_view field) {
    return record ? HsdsTables::text(*record, field) : std::string_view();
}

void add_once(std::vector<std::string>& texts, std::string_view text) {
    if (!text.empty() && std::ranges::find(texts, text) == texts.end()) texts.emplace_back(text);
}

std::string join(const std::vector<std::string>& texts) {
    std::string joined;
    for (const std::string& text : texts) {
        bool is_sentence = joined.ends_with('.') || joined.ends_with("。");
        joined += (joined.empty() ? "" : is_sentence ? " " : ", ") + text;
    }
    return joined;
}

/// Makes a listing of one service.
class ServiceReader {
  public:
    ServiceReader(const HsdsTables& tables, const Record& service, const ImportOptions& options)
        : tables_(tables), service_(service), options_(options) {
        std::string_view id = text(service, "id");
        places_ = tables.find("service_at_locations", "service_id", id);
        for (const Record* place : places_)
            add_location(text(*place, "location_id"));
        add_location(text(service, "location_id"));
        organization_ = tables.first("organizations", "id", text(service, "organization_id"));
    }

    std::vector<Message> left_out;

    content::Item read() {
        Listing listing;
        listing.name = text(service_, "name");
        listing.provider = options_.issuer.empty() ? text(organization_, "name") : options_.issuer;
        if (listing.provider.empty()) listing.provider = listing.name;
        listing.offers = offers();
        if (listing.offers.empty()) listing.offers.push_back(listing.name);
        if (!locations_.empty()) listing.address = address_of(*locations_.front());
        listing.price = price();
        listing.eligibility = eligibility();
        read_body(listing);
        read_telephones(listing);
        read_schedules(listing);
        return {to_item_id(text(service_, "id")),
                options_.category,
                published(),
                std::move(listing),
                {}};
    }

  private:
    std::string word(std::string_view id) const { return Message{id, {}}.text(options_.words); }

    void add_location(std::string_view id) {
        const Record* location = tables_.first("locations", "id", id);
        if (location != nullptr && std::ranges::find(locations_, location) == locations_.end())
            locations_.push_back(location);
    }

    /// Records of a table that belong to the service, then to it at its places, then to the places.
    std::vector<const Record*> belonging(std::string_view table) const {
        std::vector<const Record*> found = tables_.find(table, "service_id", text(service_, "id"));
        auto append = [&](std::string_view field, const Record& owner) {
            for (const Record* record : tables_.find(table, field, text(owner, "id")))
                if (std::ranges::find(found, record) == found.end()) found.push_back(record);
        };
        for (const Record* place : places_)
            append("service_at_location_id", *place);
        for (const Record* location : locations_)
            append("location_id", *location);
        return found;
    }

    std::vector<std::string> offers() const {
        std::vector<std::string> offers;
        auto add_term = [&](std::string_view id) {
            add_once(offers, text(tables_.first("taxonomy_terms", "id", id), "name"));
        };
        for (std::string_view link : {"service_id", "link_id"})
            for (const Record* attribute : tables_.find("attributes", link, text(service_, "id")))
                for (std::string_view field : {"taxonomy_term_id", "taxonomy_id"})
                    add_term(text(*attribute, field));
        for (std::string_view ids = text(service_, "taxonomy_ids"); !ids.empty();) {
            std::string_view id = ids.substr(0, ids.find_first_of(",;"));
            ids.remove_prefix(std::min(id.size() + 1, ids.size()));
            add_term(trim(id));
        }
        return offers;
    }

    std::string address_of(const Record& location) const {
        const Record* address = tables_.first("addresses", "location_id", text(location, "id"));
        if (address == nullptr)
            address = tables_.first("postal_addresses", "location_id", text(location, "id"));
        std::vector<std::string> parts;
        add_once(parts, text(location, "name"));
        for (std::string_view field : {"address_1", "address_2", "address_3", "address_4", "city",
                                       "region", "state_province"})
            add_once(parts, text(address, field));
        if (parts.empty()) return {};
        std::string_view postal_code = text(address, "postal_code");
        return postal_code.empty() ? join(parts) : join(parts) + " " + std::string(postal_code);
    }

    std::string price() const {
        std::vector<std::string> parts;
        add_once(parts, text(service_, "fees_description"));
        if (parts.empty()) add_once(parts, text(service_, "fees"));
        for (const Record* cost :
             tables_.find("cost_options", "service_id", text(service_, "id"))) {
            std::string amount = base::format("{} {} {}", text(*cost, "option"),
                                              text(*cost, "amount"), text(*cost, "currency"));
            add_once(parts,
                     clean_text(amount + " " + std::string(text(*cost, "amount_description"))));
        }
        return join(parts);
    }

    std::string eligibility() const {
        std::vector<std::string> parts;
        add_once(parts, text(service_, "eligibility_description"));
        for (const Record* record : tables_.find("eligibility", "service_id", text(service_, "id")))
            add_once(parts, text(*record, "eligibility"));
        if (!parts.empty()) return join(parts);
        auto least = text(service_, "minimum_age"), most = text(service_, "maximum_age");
        if (!least.empty() && !most.empty())
            return Message{N_("Age {} to {}"), {std::string(least), std::string(most)}}.text(
                options_.words);
        if (!least.empty())
            return Message{N_("Age {} and older"), {std::string(least)}}.text(options_.words);
        return most.empty() ? ""
                            : Message{N_("Up to age {}"), {std::string(most)}}.text(options_.words);
    }

    void add_text(content::Body& body, std::string_view heading, std::string_view given) {
        if (given.empty()) return;
        auto read = read_any_text(given);
        if (!read) {
            left_out.push_back({N_("a text that cannot be read: {}"), {read.error().message}});
            return;
        }
        if (!heading.empty()) body.emplace_back(Heading{word(heading)});
        std::ranges::move(read->body, std::back_inserter(body));
        std::ranges::move(read->left_out, std::back_inserter(left_out));
    }

    void add_list(content::Body& body, std::string_view heading,
                  std::vector<std::string> entries) const {
        if (entries.empty()) return;
        body.emplace_back(Heading{word(heading)});
        body.emplace_back(List{content::ListStyle::Bullets, std::move(entries)});
    }

    void read_body(Listing& listing) {
        content::Body& body = listing.body;
        add_text(body, {}, text(service_, "alert"));
        add_text(body, {}, text(service_, "description"));
        for (const Record* place : places_)
            if (text(*place, "description") != text(service_, "description"))
                add_text(body, {}, text(*place, "description"));
        add_text(body, N_("How to apply"), text(service_, "application_process"));
        std::vector<std::string> papers, others, languages;
        for (const Record* record :
             tables_.find("required_documents", "service_id", text(service_, "id")))
            add_once(papers, text(*record, "document"));
        add_list(body, N_("Please bring"), std::move(papers));
        for (std::size_t i = 1; i < locations_.size(); ++i)
            add_once(others, address_of(*locations_[i]));
        add_list(body, N_("Also at"), std::move(others));
        for (const Record* location : locations_)
            add_text(body, N_("Getting there"), text(*location, "transportation"));
        for (const Record* record : tables_.find("languages", "service_id", text(service_, "id")))
            add_once(languages, text(*record, text(*record, "name").empty() ? "language" : "name"));
        add_text(body, N_("Languages"), join(languages));
        add_text(body, N_("Interpreters"), text(service_, "interpretation_services"));
    }

    void read_telephones(Listing& listing) {
        std::vector<const Record*> phones = belonging("phones");
        if (phones.empty() && organization_ != nullptr)
            phones = tables_.find("phones", "organization_id", text(*organization_, "id"));
        if (phones.empty())
            for (const Record* contact : belonging("contacts"))
                std::ranges::move(tables_.find("phones", "contact_id", text(*contact, "id")),
                                  std::back_inserter(phones));
        for (const Record* phone : phones)
            read_phone(*phone, listing);
        if (listing.telephones.empty() && !options_.telephone.empty())
            listing.telephones.push_back({options_.telephone, {}});
    }

    void read_phone(const Record& phone, Listing& listing) {
        if (lower_case(text(phone, "type")) == "fax") return;
        content::Telephone telephone = read_telephone(text(phone, "number"));
        if (telephone.number.empty()) {
            left_out.push_back(
                {N_("\"{}\", which is no telephone number"), {std::string(text(phone, "number"))}});
            return;
        }
        bool is_known = std::ranges::find(listing.telephones, telephone.number,
                                          &content::Telephone::number) != listing.telephones.end();
        if (is_known) return;
        std::string_view extension = text(phone, "extension");
        if (!extension.empty())
            telephone.label = Message{N_("ext. {}"), {std::string(extension)}}.text(options_.words);
        std::string description = clean_text(text(phone, "description"));
        if (description.empty()) description = clean_text(text(phone, "department"));
        std::string label = telephone.label.empty() || description.empty()
                                ? telephone.label + description
                                : description + ", " + telephone.label;
        if (content::screen_width(label) <= content::kTelephoneLabelWidth)
            telephone.label = label;
        else
            listing.body.emplace_back(Paragraph{telephone.number + ": " + description});
        listing.telephones.push_back(std::move(telephone));
    }

    void read_schedules(Listing& listing) {
        for (const Record* schedule : belonging("schedules"))
            read_hsds_schedule(*schedule, options_, listing, left_out);
        for (const Record* holiday : belonging("holiday_schedules"))
            read_hsds_holiday(*holiday, options_, listing, left_out);
    }

    std::chrono::sys_seconds published() const {
        for (std::string_view field : {"last_modified", "assured_date"})
            if (auto date = read_date_text(text(service_, field))) return *date;
        std::optional<std::chrono::sys_seconds> newest;
        for (const Record* change : tables_.find("metadata", "resource_id", text(service_, "id")))
            if (auto date = read_date_text(text(*change, "last_action_date"));
                date && (!newest || *newest < *date))
                newest = date;
        return newest.value_or(options_.undated);
    }

    const HsdsTables& tables_;
    const Record& service_;
    const ImportOptions& options_;
    std::vector<const Record*> places_;
    std::vector<const Record*> locations_;
    const Record* organization_ = nullptr;
};

base::Result<HsdsTables> read_tables(const std::filesystem::path& file) {
    std::error_code error;
    bool is_package =
        std::filesystem::is_directory(file, error) || file.filename() == "datapackage.json";
    if (is_package) return HsdsTables::from_csv(file);
    LINLI_TRY(json, read_text(file));
    return HsdsTables::from_json(json);
}

}  // namespace

base::Result<Imported> import_hsds(const std::filesystem::path& file,
                                   const ImportOptions& options) {
    auto tables = read_tables(file);
    if (!tables) return base::fail(file.string() + ": " + tables.error().message);
    if (tables->table("services").empty())
        return base::fail(file.string() + ": there are no services in it");
    Collector collector(file, options);
    for (const Record& service : tables->table("services")) {
        std::string_view status = text(service, "status");
        if (!status.empty() && status != "active") {
            collector.drop(std::string(text(service, "name")), {.line = 0},
                           {N_("its status is \"{}\""), {std::string(status)}});
            continue;
        }
        ServiceReader reader(*tables, service, options);
        content::Item item = reader.read();
        collector.accept(std::move(item), {.line = 0}, std::move(reader.left_out));
    }
    return collector.finish();
}

}  // namespace linli::platform
