#include "content/item_builder.h"

#include <algorithm>
#include <charconv>

#include "middleware/base/local_time.h"

namespace linli::content {
namespace {

using std::chrono::minutes;

Board read_board(std::string_view name) {
    if (name == "services") return Board::Services;
    if (name == "appointments") return Board::Appointments;
    if (name == "guides") return Board::Guides;
    if (name == "live") return Board::Live;
    if (name == "settings") return Board::Settings;
    if (name == "results") return Board::Results;
    if (name == "classes") return Board::Classes;
    return Board::Notices;
}

Urgency read_urgency(std::string_view name) {
    if (name == "urgent") return Urgency::Urgent;
    return name == "important" ? Urgency::Important : Urgency::Normal;
}

int read_number(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::optional<minutes> read_time_of_day(std::string_view text) {
    if (text.size() != 5) return std::nullopt;
    return minutes(60 * read_number(text.substr(0, 2)) + read_number(text.substr(3)));
}

std::uint8_t read_weekdays(std::string_view text) {
    constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    std::uint8_t days = 0;
    for (std::size_t day = 0; day < std::size(kDays); ++day)
        if (text.find(kDays[day]) != std::string_view::npos)
            days |= static_cast<std::uint8_t>(1u << day);
    return days;
}

Hours::Open read_open(const AttributeValues& attributes) {
    return {read_weekdays(attributes["days"]),
            read_time_of_day(attributes["from"]).value_or(minutes(0)),
            read_time_of_day(attributes["until"]).value_or(minutes(0))};
}

Hours::Exception read_exception(const AttributeValues& attributes) {
    Hours::Exception exception;
    exception.first = base::parse_date(attributes["date"]).value_or(std::chrono::year_month_day());
    exception.last = base::parse_date(attributes["until-date"]).value_or(exception.first);
    exception.from = read_time_of_day(attributes["from"]);
    exception.until = read_time_of_day(attributes["until"]);
    return exception;
}

bool read_boolean(std::string_view text) {
    return text == "true" || text == "1";
}

ListStyle read_list_style(std::string_view numbered) {
    return read_boolean(numbered) ? ListStyle::Numbers : ListStyle::Bullets;
}

Kind read_kind(std::string_view name) {
    if (name == "area") return Kind::Area;
    if (name == "category") return Kind::Category;
    if (name == "portal") return Kind::Portal;
    if (name == "listing") return Kind::Listing;
    if (name == "service") return Kind::Service;
    if (name == "course") return Kind::Course;
    return name == "guide" ? Kind::Guide : Kind::Notice;
}

Object read_object(const AttributeValues& attributes) {
    Object object{std::string(attributes["src"])};
    std::string_view length = attributes["length"];
    std::from_chars(length.data(), length.data() + length.size(), object.length);
    object.media_type = attributes["media-type"];
    object.is_prefetched = read_boolean(attributes["prefetch"]);
    return object;
}

Media read_media(const AttributeValues& attributes) { return {read_object(attributes), std::string(attributes["url"])}; }

void put(std::string* part, const std::string& text) {
    if (part) *part = text;
}

}  // namespace

std::string_view AttributeValues::operator[](std::string_view name) const {
    for (std::size_t i = 0; i < rule_.attributes.size(); ++i)
        if (rule_.attributes[i].name == name) return values_[i];
    return {};
}

Removal ItemBuilder::removal(const AttributeValues& attributes) {
    return {read_kind(attributes["kind"]), read_board(attributes["board"]),
            std::string(attributes["id"])};
}

template <typename Content>
ItemBuilder::Parts ItemBuilder::parts_of(Content& content) {
    Parts parts;
    if constexpr (requires { content.title; }) parts.title = &content.title;
    if constexpr (requires { content.name; }) parts.title = &content.name;
    if constexpr (requires { content.summary; }) parts.summary = &content.summary;
    if constexpr (requires { content.issuer; }) parts.issuer = &content.issuer;
    if constexpr (requires { content.provider; }) parts.provider = &content.provider;
    if constexpr (requires { content.address; }) parts.address = &content.address;
    if constexpr (requires { content.price; }) parts.price = &content.price;
    if constexpr (requires { content.eligibility; }) parts.eligibility = &content.eligibility;
    if constexpr (requires { parts.duration = &content.duration; }) parts.duration = &content.duration;
    if constexpr (requires { content.telephones; }) parts.telephones = &content.telephones;
    if constexpr (requires { content.hours; }) parts.hours = &content.hours;
    if constexpr (requires { content.body; }) parts.body = &content.body;
    return parts;
}

template <typename Content>
Content& ItemBuilder::begin(const AttributeValues& attributes) {
    item_.id = attributes["id"];
    item_.category = attributes["category"];
    item_.published =
        base::parse_instant(attributes["published"]).value_or(std::chrono::sys_seconds());
    item_.initials = attributes["initials"];
    Content& content = item_.content.emplace<Content>();
    parts_ = parts_of(content);
    return content;
}

void ItemBuilder::begin_place(Place& place) {
    parts_outside_place_ = parts_;
    parts_ = parts_of(place);
}

void ItemBuilder::end_place() {
    parts_ = parts_outside_place_;
}

void ItemBuilder::start_item(Element element, const AttributeValues& attributes) {
    switch (element) {
        case Element::Area:
            begin<Area>(attributes);
            break;
        case Element::Category: {
            auto& category = begin<Category>(attributes);
            category.board = read_board(attributes["board"]);
            category.icon = attributes["icon"];
            category.order = read_number(attributes["order"]);
            break;
        }
        case Element::Portal:
            begin<Portal>(attributes);
            break;
        case Element::Notice:
            begin<Notice>(attributes).urgency = read_urgency(attributes["urgency"]);
            break;
        case Element::Listing:
            begin<Listing>(attributes);
            break;
        case Element::Service:
            begin<Service>(attributes).guide = attributes["guide"];
            break;
        case Element::Guide:
            begin<Guide>(attributes).service = attributes["service"];
            break;
        case Element::Course:
            begin<Course>(attributes);
            break;
        default:
            break;
    }
}

// Only what the schema allows comes here, so that each part below is in an item that has it;
// `get_if` and the null parts keep a mistake in the tables from becoming one of memory.
void ItemBuilder::start(Element element, const AttributeValues& attributes) {
    switch (element) {
        case Element::Office:
            if (auto* area = std::get_if<Area>(&item_.content)) begin_place(area->office.emplace());
            break;
        case Element::Where:
            if (auto* guide = std::get_if<Guide>(&item_.content))
                begin_place(guide->where.emplace_back());
            break;
        case Element::Tile:
            if (auto* portal = std::get_if<Portal>(&item_.content))
                portal->tiles.push_back({read_board(attributes["board"]),
                                         std::string(attributes["category"]),
                                         std::string(attributes["icon"]),
                                         {}});
            break;
        case Element::Valid:
            if (auto* notice = std::get_if<Notice>(&item_.content)) {
                notice->valid_from = base::parse_instant(attributes["from"]);
                notice->valid_until = base::parse_instant(attributes["until"]);
            }
            break;
        case Element::Telephone:
            if (parts_.telephones)
                parts_.telephones->push_back({{}, std::string(attributes["label"])});
            break;
        case Element::Attachment:
            if (auto* notice = std::get_if<Notice>(&item_.content))
                notice->attachments.push_back({read_object(attributes), {}});
            break;
        case Element::Media:
            if (auto* one = std::get_if<Course>(&item_.content)) {
                one->media = read_media(attributes);
                if (int seconds = read_number(attributes["seconds"]); seconds > 0) one->duration = std::chrono::seconds(seconds);
            }
            break;
        case Element::Subtitles:
            if (auto* one = std::get_if<Course>(&item_.content))
                one->subtitles.push_back({read_media(attributes), std::string(attributes["language"])});
            break;
        case Element::Open:
            if (parts_.hours) parts_.hours->open.push_back(read_open(attributes));
            break;
        case Element::Exception:
            if (parts_.hours) parts_.hours->exceptions.push_back(read_exception(attributes));
            break;
        case Element::List:
            if (parts_.body)
                parts_.body->push_back(List{read_list_style(attributes["numbered"]), {}});
            break;
        case Element::Table:
            if (parts_.body) parts_.body->push_back(Table{});
            break;
        case Element::Row:
            if (parts_.body) std::get<Table>(parts_.body->back()).rows.emplace_back();
            break;
        case Element::Picture:
            if (parts_.body)
                parts_.body->push_back(
                    Picture{read_object(attributes), std::string(attributes["alt"]), {}});
            break;
        default:
            start_item(element, attributes);
    }
}

void ItemBuilder::end(Element element, std::string& text) {
    tidy_white_space(text);
    auto* listing = std::get_if<Listing>(&item_.content);
    auto* service = std::get_if<Service>(&item_.content);
    auto* guide = std::get_if<Guide>(&item_.content);
    // clang-format off
    switch (element) {
        case Element::Name:
        case Element::Title: put(parts_.title, text); break;
        case Element::Summary: put(parts_.summary, text); break;
        case Element::Issuer: put(parts_.issuer, text); break;
        case Element::Provider: put(parts_.provider, text); break;
        case Element::Address: put(parts_.address, text); break;
        case Element::Price: put(parts_.price, text); break;
        case Element::Eligibility: put(parts_.eligibility, text); break;
        case Element::Duration: put(parts_.duration, text); break;
        case Element::Office:
        case Element::Where: end_place(); break;
        case Element::Telephone: if (parts_.telephones) parts_.telephones->back().number = text; break;
        case Element::Exception: if (parts_.hours) parts_.hours->exceptions.back().reason = text; break;
        case Element::Offer: if (listing) listing->offers.push_back(text); break;
        case Element::Bring: if (service) service->bring.push_back(text); break;
        case Element::Step: if (guide) guide->steps.push_back(text); break;
        case Element::Paper: if (guide) guide->papers.push_back(text); break;
        case Element::LegalBasis: if (guide) guide->legal_basis.push_back(text); break;
        case Element::Attachment:
            if (auto* notice = std::get_if<Notice>(&item_.content)) notice->attachments.back().title = text;
            break;
        case Element::Label:
            if (auto* portal = std::get_if<Portal>(&item_.content)) portal->tiles.back().label = text;
            break;
        case Element::Heading: if (parts_.body) parts_.body->push_back(Heading{text}); break;
        case Element::Paragraph: if (parts_.body) parts_.body->push_back(Paragraph{text}); break;
        case Element::Entry: if (parts_.body) std::get<List>(parts_.body->back()).entries.push_back(text); break;
        case Element::Cell: if (parts_.body) std::get<Table>(parts_.body->back()).rows.back().push_back(text); break;
        case Element::Picture: if (parts_.body) std::get<Picture>(parts_.body->back()).caption = text; break;
        default: break;
    }
    // clang-format on
}

}  // namespace linli::content
