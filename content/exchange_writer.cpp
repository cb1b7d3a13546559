#include "content/exchange_writer.h"

#include "content/exchange_reader.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "middleware/xml/xml_writer.h"

namespace linli::content {
namespace {

using xml::XmlWriter;

std::string time_of_day(std::chrono::minutes time) {
    return base::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::string date(std::chrono::year_month_day day) {
    return base::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                        static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::string weekdays(std::uint8_t days) {
    constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    std::string names;
    for (std::size_t day = 0; day < std::size(kDays); ++day) {
        if (!(days & (1u << day))) continue;
        if (!names.empty()) names += ' ';
        names += kDays[day];
    }
    return names;
}

void optional_attribute(XmlWriter& out, std::string_view name, std::string_view value) {
    if (!value.empty()) out.attribute(name, value);
}

void optional_element(XmlWriter& out, std::string_view name, std::string_view text) {
    if (!text.empty()) out.element(name, text);
}

void elements(XmlWriter& out, std::string_view name, const std::vector<std::string>& texts) {
    for (const std::string& text : texts)
        out.element(name, text);
}

void write(XmlWriter& out, const std::vector<Telephone>& telephones) {
    for (const Telephone& telephone : telephones) {
        out.open("telephone");
        optional_attribute(out, "label", telephone.label);
        out.text(telephone.number).close();
    }
}

void write(XmlWriter& out, const Hours& hours) {
    if (hours.empty()) return;
    out.open("hours");
    for (const Hours::Open& open : hours.open) {
        out.open("open").attribute("days", weekdays(open.days));
        out.attribute("from", time_of_day(open.from))
            .attribute("until", time_of_day(open.until))
            .close();
    }
    for (const Hours::Exception& exception : hours.exceptions) {
        out.open("exception").attribute("date", date(exception.first));
        if (exception.last != exception.first) out.attribute("until-date", date(exception.last));
        if (exception.from) out.attribute("from", time_of_day(*exception.from));
        if (exception.until) out.attribute("until", time_of_day(*exception.until));
        if (!exception.reason.empty()) out.text(exception.reason);
        out.close();
    }
    out.close();
}

void write_place(XmlWriter& out, std::string_view element, const Place& place) {
    out.open(element).element("name", place.name);
    optional_element(out, "address", place.address);
    write(out, place.hours);
    write(out, place.telephones);
    out.close();
}

void write(XmlWriter& out, const Heading& heading) {
    out.element("heading", heading.text);
}

void write(XmlWriter& out, const Paragraph& paragraph) {
    out.element("p", paragraph.text);
}

void write(XmlWriter& out, const List& list) {
    out.open("list");
    if (list.style == ListStyle::Numbers) out.attribute("numbered", "true");
    elements(out, "li", list.entries);
    out.close();
}

void write(XmlWriter& out, const Table& table) {
    out.open("table");
    for (const auto& row : table.rows) {
        out.open("row");
        elements(out, "cell", row);
        out.close();
    }
    out.close();
}

void object_attributes(XmlWriter& out, const Object& object) {
    optional_attribute(out, "src", object.src);
    if (object.length > 0) out.attribute("length", std::to_string(object.length));
    optional_attribute(out, "media-type", object.media_type);
    if (object.is_prefetched) out.attribute("prefetch", "true");
}

void write(XmlWriter& out, const Picture& picture) {
    out.open("picture");
    object_attributes(out, picture.object);
    out.attribute("alt", picture.alt);
    if (!picture.caption.empty()) out.text(picture.caption);
    out.close();
}

void write(XmlWriter& out, const Body& body) {
    if (body.empty()) return;
    out.open("body");
    for (const Block& block : body)
        std::visit([&](const auto& part) { write(out, part); }, block);
    out.close();
}

// Below: the parts of each kind after its `id`, `category`, `published` and `initials`.

void write(XmlWriter& out, const Area& area) {
    out.element("name", area.name);
    if (area.office) write_place(out, "office", *area.office);
}

void write(XmlWriter& out, const Category& category) {
    out.attribute("board", to_name(category.board)).attribute("icon", category.icon);
    out.attribute("order", std::to_string(category.order)).element("name", category.name);
}

void write(XmlWriter& out, const Portal& portal) {
    for (const Tile& tile : portal.tiles) {
        out.open("tile").attribute("board", to_name(tile.board));
        optional_attribute(out, "category", tile.category);
        out.attribute("icon", tile.icon).element("label", tile.label).close();
    }
}

void write(XmlWriter& out, const Notice& notice) {
    if (notice.urgency != Urgency::Normal) out.attribute("urgency", to_name(notice.urgency));
    out.element("title", notice.title);
    optional_element(out, "summary", notice.summary);
    out.element("issuer", notice.issuer);
    if (notice.valid_from || notice.valid_until) {
        out.open("valid");
        if (notice.valid_from) out.attribute("from", base::format_instant(*notice.valid_from));
        if (notice.valid_until) out.attribute("until", base::format_instant(*notice.valid_until));
        out.close();
    }
    write(out, notice.telephones);
    write(out, notice.body);
    for (const Attachment& attachment : notice.attachments) {
        out.open("attachment");
        object_attributes(out, attachment.object);
        out.text(attachment.title).close();
    }
}

void write(XmlWriter& out, const Listing& listing) {
    out.element("name", listing.name).element("provider", listing.provider);
    optional_element(out, "summary", listing.summary);
    elements(out, "offer", listing.offers);
    optional_element(out, "address", listing.address);
    write(out, listing.hours);
    write(out, listing.telephones);
    optional_element(out, "price", listing.price);
    optional_element(out, "eligibility", listing.eligibility);
    write(out, listing.body);
}

void write(XmlWriter& out, const Service& service) {
    optional_attribute(out, "guide", service.guide);
    out.element("name", service.name).element("provider", service.provider);
    optional_element(out, "summary", service.summary);
    out.element("address", service.address);
    write(out, service.hours);
    write(out, service.telephones);
    optional_element(out, "duration", service.duration);
    optional_element(out, "price", service.price);
    optional_element(out, "eligibility", service.eligibility);
    elements(out, "bring", service.bring);
    write(out, service.body);
}

void write(XmlWriter& out, const Guide& guide) {
    optional_attribute(out, "service", guide.service);
    out.element("title", guide.title);
    optional_element(out, "summary", guide.summary);
    out.element("issuer", guide.issuer);
    optional_element(out, "eligibility", guide.eligibility);
    elements(out, "step", guide.steps);
    elements(out, "paper", guide.papers);
    for (const Place& place : guide.where)
        write_place(out, "where", place);
    out.element("duration", guide.duration);
    optional_element(out, "price", guide.price);
    elements(out, "legal-basis", guide.legal_basis);
    write(out, guide.body);
}

void media_attributes(XmlWriter& out, const Media& media) {
    optional_attribute(out, "url", media.url);
    object_attributes(out, media.object);
}

void write(XmlWriter& out, const Course& one) {
    out.element("title", one.title);
    optional_element(out, "summary", one.summary);
    out.element("provider", one.provider);
    out.open("media");
    media_attributes(out, one.media);
    if (one.duration) out.attribute("seconds", std::to_string(one.duration->count()));
    out.close();
    for (const Subtitles& subtitles : one.subtitles) {
        out.open("subtitles");
        media_attributes(out, subtitles.file);
        out.attribute("language", subtitles.language).close();
    }
    write(out, one.body);
}

void write(XmlWriter& out, const Item& item) {
    out.open(to_name(item.kind())).attribute("id", item.id);
    if (!item.category.empty())
        out.attribute("category", item.category)
            .attribute("published", base::format_instant(item.published));
    optional_attribute(out, "initials", item.initials);
    std::visit([&](const auto& content) { write(out, content); }, item.content);
    out.close();
}

}  // namespace

std::string write_item(const Item& item) {
    XmlWriter out;
    write(out, item);
    return out.str();
}

std::string write_removal(const Removal& removal) {
    XmlWriter out;
    out.open("removed").attribute("kind", to_name(removal.kind));
    if (removal.kind == Kind::Category) out.attribute("board", to_name(removal.board));
    out.attribute("id", removal.id).close();
    return out.str();
}

std::string exchange_begin(const AreaCode& area) {
    return base::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<exchange xmlns=\"{}\" area=\"{}\">\n",
                        kExchangeNamespace, area.str());
}

std::string write_exchange(const AreaCode& area, std::span<const Item> items) {
    std::string document = exchange_begin(area);
    for (const Item& item : items)
        document += write_item(item) + "\n";
    document += kExchangeEnd;
    return document;
}

// clang-format off

std::string_view to_name(Board board) {
    switch (board) {
        case Board::Notices: return "notices";
        case Board::Services: return "services";
        case Board::Appointments: return "appointments";
        case Board::Guides: return "guides";
        case Board::Live: return "live";
        case Board::Settings: return "settings";
        case Board::Results: return "results";
        case Board::Classes: return "classes";
    }
    return {};
}

std::string_view to_name(Urgency urgency) {
    switch (urgency) {
        case Urgency::Normal: return "normal";
        case Urgency::Important: return "important";
        case Urgency::Urgent: return "urgent";
    }
    return {};
}

std::string_view to_name(Kind kind) {
    switch (kind) {
        case Kind::Area: return "area";
        case Kind::Category: return "category";
        case Kind::Portal: return "portal";
        case Kind::Notice: return "notice";
        case Kind::Listing: return "listing";
        case Kind::Service: return "service";
        case Kind::Guide: return "guide";
        case Kind::Course: return "course";
    }
    return {};
}

// clang-format on

}  // namespace linli::content
