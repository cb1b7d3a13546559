#include "content/exchange_schema.h"

#include <algorithm>
#include <charconv>

#include "content/model.h"
#include "middleware/base/local_time.h"

namespace linli::content {
namespace {

using enum Need;
using enum ValueType;

constexpr std::string_view kBoards[] = {"notices", "services", "appointments", "guides", "live", "settings"};
constexpr std::string_view kCategoryBoards[] = {"notices", "services", "guides"};
constexpr std::string_view kUrgencies[] = {"normal", "important", "urgent"};
constexpr std::string_view kAreaIds[] = {"area"};
constexpr std::string_view kWeekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::string_view kIcons[] = {
    "bullhorn", "storefront", "calendar-check", "map-marker-path", "television", "cog", "home-heart", "hospital-box",
    "human-cane", "briefcase", "shield-account", "school", "baby-carriage", "bus", "water", "flash", "fire", "tools",
    "broom", "cart", "silverware-fork-knife", "scale-balance", "hand-heart", "account-group", "book-open-variant",
    "music", "run", "alert", "file-document", "card-account-details", "ring", "pill", "truck-delivery",
    "weather-partly-cloudy", "recycle", "office-building", "palm-tree", "scissors-cutting", "cash", "information"};
constexpr std::string_view kIconOfUnknown = "information";

constexpr ElementRule text(Element id, std::string_view name) {
    return {id, name, Inside::Characters, ValueType::Text};
}

// The parts, leaves first.
constexpr ElementRule kName = text(Element::Name, "name");
constexpr ElementRule kLabel = text(Element::Label, "label");
constexpr ElementRule kTitle = text(Element::Title, "title");
constexpr ElementRule kSummary = text(Element::Summary, "summary");
constexpr ElementRule kIssuer = text(Element::Issuer, "issuer");
constexpr ElementRule kProvider = text(Element::Provider, "provider");
constexpr ElementRule kOffer = text(Element::Offer, "offer");
constexpr ElementRule kAddress = text(Element::Address, "address");
constexpr ElementRule kPrice = text(Element::Price, "price");
constexpr ElementRule kEligibility = text(Element::Eligibility, "eligibility");
constexpr ElementRule kDuration = text(Element::Duration, "duration");
constexpr ElementRule kBring = text(Element::Bring, "bring");
constexpr ElementRule kStep = text(Element::Step, "step");
constexpr ElementRule kPaper = text(Element::Paper, "paper");
constexpr ElementRule kLegalBasis = text(Element::LegalBasis, "legal-basis");
constexpr ElementRule kHeading = text(Element::Heading, "heading");
constexpr ElementRule kParagraph = text(Element::Paragraph, "p");
constexpr ElementRule kEntry = text(Element::Entry, "li");
constexpr ElementRule kCell = {Element::Cell, "cell", Inside::Characters, Any};

constexpr AttributeRule kTelephoneAttributes[] = {{"label", Any, Optional}};
constexpr ElementRule kTelephone = {Element::Telephone, "telephone", Inside::Characters, TelephoneNumber,
                                    kTelephoneAttributes};

constexpr AttributeRule kValidAttributes[] = {{"from", Instant, Optional}, {"until", Instant, Optional}};
constexpr ElementRule kValid = {Element::Valid, "valid", Inside::Nothing, Any, kValidAttributes};

constexpr AttributeRule kAttachmentAttributes[] = {{"src", ObjectReference, Required}};
constexpr ElementRule kAttachment = {Element::Attachment, "attachment", Inside::Characters, Text,
                                     kAttachmentAttributes};

constexpr AttributeRule kOpenAttributes[] = {
    {"days", Weekdays, Required}, {"from", TimeOfDay, Required}, {"until", TimeOfDay, Required}};
constexpr ElementRule kOpen = {Element::Open, "open", Inside::Nothing, Any, kOpenAttributes};
constexpr AttributeRule kExceptionAttributes[] = {
    {"date", Date, Required}, {"until-date", Date, Optional}, {"from", TimeOfDay, Optional}, {"until", TimeOfDay, Optional}};
constexpr ElementRule kException = {Element::Exception, "exception", Inside::Characters, Any, kExceptionAttributes};
constexpr ChildRule kHoursChildren[] = {{&kOpen, 0, kUnbounded}, {&kException, 0, kUnbounded}};
constexpr ElementRule kHours = {Element::Hours, "hours", Inside::Sequence, Any, {}, kHoursChildren};

constexpr ChildRule kPlaceChildren[] = {
    {&kName, 1, 1}, {&kAddress, 0, 1}, {&kHours, 0, 1}, {&kTelephone, 0, kUnbounded}};
constexpr ElementRule kOffice = {Element::Office, "office", Inside::Sequence, Any, {}, kPlaceChildren};
constexpr ElementRule kWhere = {Element::Where, "where", Inside::Sequence, Any, {}, kPlaceChildren};

constexpr AttributeRule kListAttributes[] = {{"numbered", Boolean, Optional}};
constexpr ChildRule kListChildren[] = {{&kEntry, 1, kUnbounded}};
constexpr ElementRule kList = {Element::List, "list", Inside::Sequence, Any, kListAttributes, kListChildren};
constexpr ChildRule kRowChildren[] = {{&kCell, 1, 4}};
constexpr ElementRule kRow = {Element::Row, "row", Inside::Sequence, Any, {}, kRowChildren};
constexpr ChildRule kTableChildren[] = {{&kRow, 2, kUnbounded}};
constexpr ElementRule kTable = {Element::Table, "table", Inside::Sequence, Any, {}, kTableChildren};
constexpr AttributeRule kPictureAttributes[] = {{"src", ObjectReference, Required}, {"alt", Text, Required}};
constexpr ElementRule kPicture = {Element::Picture, "picture", Inside::Characters, Any, kPictureAttributes};
constexpr ChildRule kBodyChildren[] = {{&kParagraph, 0, kUnbounded},
                                       {&kHeading, 0, kUnbounded},
                                       {&kList, 0, kUnbounded},
                                       {&kTable, 0, kUnbounded},
                                       {&kPicture, 0, kUnbounded}};
constexpr ElementRule kBody = {Element::Body, "body", Inside::AnyOrder, Any, {}, kBodyChildren};

// The items.
constexpr AttributeRule kAreaAttributes[] = {{"id", Choice, Required, kAreaIds, "area"}};
constexpr ChildRule kAreaChildren[] = {{&kName, 1, 1}, {&kOffice, 0, 1}};
constexpr ElementRule kArea = {Element::Area, "area", Inside::Sequence, Any, kAreaAttributes, kAreaChildren};

constexpr AttributeRule kCategoryAttributes[] = {{"id", ItemId, Required},
                                                 {"board", Choice, Required, kCategoryBoards},
                                                 {"icon", Choice, Required, kIcons, kIconOfUnknown},
                                                 {"order", Number, Required}};
constexpr ChildRule kCategoryChildren[] = {{&kName, 1, 1}};
constexpr ElementRule kCategory = {Element::Category, "category", Inside::Sequence, Any, kCategoryAttributes,
                                   kCategoryChildren};

constexpr AttributeRule kTileAttributes[] = {{"board", Choice, Required, kBoards},
                                             {"category", ItemId, Optional},
                                             {"icon", Choice, Required, kIcons, kIconOfUnknown}};
constexpr ChildRule kTileChildren[] = {{&kLabel, 1, 1}};
constexpr ElementRule kTile = {Element::Tile, "tile", Inside::Sequence, Any, kTileAttributes, kTileChildren};
constexpr AttributeRule kPortalAttributes[] = {{"id", ItemId, Required}};
constexpr ChildRule kPortalChildren[] = {{&kTile, 1, 8}};
constexpr ElementRule kPortal = {Element::Portal, "portal", Inside::Sequence, Any, kPortalAttributes, kPortalChildren};

constexpr AttributeRule kNoticeAttributes[] = {{"id", ItemId, Required},
                                               {"category", ItemId, Required},
                                               {"published", Instant, Required},
                                               {"urgency", Choice, Optional, kUrgencies, "normal"}};
constexpr ChildRule kNoticeChildren[] = {
    {&kTitle, 1, 1}, {&kSummary, 0, 1}, {&kIssuer, 1, 1}, {&kValid, 0, 1}, {&kTelephone, 0, kUnbounded},
    {&kBody, 1, 1}, {&kAttachment, 0, kUnbounded}};
constexpr ElementRule kNotice = {Element::Notice, "notice", Inside::Sequence, Any, kNoticeAttributes, kNoticeChildren};

constexpr AttributeRule kListingAttributes[] = {
    {"id", ItemId, Required}, {"category", ItemId, Required}, {"published", Instant, Required}};
constexpr ChildRule kListingChildren[] = {
    {&kName, 1, 1}, {&kProvider, 1, 1}, {&kSummary, 0, 1}, {&kOffer, 1, kUnbounded}, {&kAddress, 0, 1},
    {&kHours, 0, 1}, {&kTelephone, 1, kUnbounded}, {&kPrice, 0, 1}, {&kEligibility, 0, 1}, {&kBody, 0, 1}};
constexpr ElementRule kListing = {Element::Listing, "listing", Inside::Sequence, Any, kListingAttributes,
                                  kListingChildren};

constexpr AttributeRule kServiceAttributes[] = {{"id", ItemId, Required},
                                                {"category", ItemId, Required},
                                                {"published", Instant, Required},
                                                {"guide", ItemReference, Optional}};
constexpr ChildRule kServiceChildren[] = {
    {&kName, 1, 1}, {&kProvider, 1, 1}, {&kSummary, 0, 1}, {&kAddress, 1, 1}, {&kHours, 0, 1},
    {&kTelephone, 1, kUnbounded}, {&kDuration, 0, 1}, {&kPrice, 0, 1}, {&kEligibility, 0, 1},
    {&kBring, 0, kUnbounded}, {&kBody, 0, 1}};
constexpr ElementRule kService = {Element::Service, "service", Inside::Sequence, Any, kServiceAttributes,
                                  kServiceChildren};

constexpr AttributeRule kGuideAttributes[] = {{"id", ItemId, Required},
                                              {"category", ItemId, Required},
                                              {"published", Instant, Required},
                                              {"service", ItemReference, Optional}};
constexpr ChildRule kGuideChildren[] = {
    {&kTitle, 1, 1}, {&kSummary, 0, 1}, {&kIssuer, 1, 1}, {&kEligibility, 0, 1}, {&kStep, 1, kUnbounded},
    {&kPaper, 0, kUnbounded}, {&kWhere, 1, kUnbounded}, {&kDuration, 1, 1}, {&kPrice, 0, 1},
    {&kLegalBasis, 0, kUnbounded}, {&kBody, 0, 1}};
constexpr ElementRule kGuide = {Element::Guide, "guide", Inside::Sequence, Any, kGuideAttributes, kGuideChildren};

constexpr AttributeRule kExchangeAttributes[] = {{"area", Code, Required}};
constexpr ChildRule kExchangeChildren[] = {
    {&kListing, 0, kUnbounded}, {&kNotice, 0, kUnbounded}, {&kService, 0, kUnbounded}, {&kGuide, 0, kUnbounded},
    {&kCategory, 0, kUnbounded}, {&kArea, 0, kUnbounded}, {&kPortal, 0, kUnbounded}};
constexpr ElementRule kExchange = {Element::Exchange, "exchange", Inside::AnyOrder, Any, kExchangeAttributes,
                                   kExchangeChildren};

// The values.
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_id_end(char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); }
bool is_id(char c) { return is_id_end(c) || c == '.' || c == '-'; }

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

bool is_item_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && is_id_end(text.front()) && is_id_end(text.back()) &&
           std::ranges::all_of(text, is_id);
}

bool is_item_reference(std::string_view text) {
    if (auto at = text.find('#'); at != std::string_view::npos) {
        if (!AreaCode::parse(text.substr(0, at))) return false;
        text.remove_prefix(at + 1);
    }
    return is_item_id(text);
}

bool is_time_of_day(std::string_view text) {
    if (text == "24:00") return true;
    return text.size() == 5 && is_digit(text[0]) && is_digit(text[1]) && text[2] == ':' && text[3] >= '0' &&
           text[3] <= '5' && is_digit(text[4]) && (text[0] < '2' || (text[0] == '2' && text[1] <= '3'));
}

bool is_telephone_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    return text.size() >= 3 && text.size() <= 24 && is_digit(text.front()) && is_digit(text.back()) &&
           std::ranges::all_of(text, [](char c) { return is_digit(c) || c == ' ' || c == '-'; });
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 &&
           std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

/// A relative path of plain names; none begins with a dot, so that it cannot leave its folder.
bool is_object_reference(std::string_view text) {
    if (text.starts_with("sha256:")) return is_sha256(text.substr(7));
    bool at_start = true;
    for (char c : text) {
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_letter || is_digit(c) || c == '_' || c == '-') {
            at_start = false;
        } else if (at_start || (c != '.' && c != '/')) {
            return false;
        } else {
            at_start = c == '/';
        }
    }
    return !at_start;
}

bool are_weekdays(std::string_view text) {
    text = trim(text);
    while (!text.empty()) {
        auto end = std::ranges::find_if(text, is_space) - text.begin();
        if (std::ranges::find(kWeekdays, text.substr(0, end)) == std::end(kWeekdays)) return false;
        text = trim(text.substr(end));
    }
    return true;
}

bool is_boolean(std::string_view text) { return text == "true" || text == "false" || text == "1" || text == "0"; }

bool is_unsigned_short(std::string_view text) {
    std::uint16_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

bool needs_tidying(std::string_view text) {
    if (text.empty()) return false;
    if (is_space(text.front()) || is_space(text.back())) return true;
    // Each of these is one memchr: nearly every text passes here and holds none.
    return text.find('\n') != text.npos || text.find('\t') != text.npos || text.find('\r') != text.npos;
}

}  // namespace

const ElementRule& exchange_rule() { return kExchange; }

bool accept_value(ValueType type, std::string_view& value) {
    switch (type) {
        case Any: return true;
        case Text: return !trim(value).empty();
        case Code: return AreaCode::parse(value).has_value();
        case ItemId: return is_item_id(value);
        case TimeOfDay: return is_time_of_day(value);
        case Weekdays: return are_weekdays(value);
        default: break;
    }
    value = trim(value);
    switch (type) {
        case ItemReference: return is_item_reference(value);
        case Instant: return base::parse_instant(value).has_value();
        case Date: return base::parse_date(value).has_value();
        case TelephoneNumber: return is_telephone_number(value);
        case ObjectReference: return is_object_reference(value);
        case Boolean: return is_boolean(value);
        case Number: return is_unsigned_short(value);
        default: return true;
    }
}

bool accept_value(const AttributeRule& rule, std::string_view& value) {
    if (!accept_value(rule.type, value)) return false;
    return rule.type != Choice || std::ranges::find(rule.choices, value) != rule.choices.end();
}

Message describe(ValueType type) {
    switch (type) {
        case Any: return {};
        case Text: return {N_("a text that is not empty"), {}};
        case Code: return {N_("an area code such as 12, 12/0101, 12/0101/001 or 12/0101/001/002"), {}};
        case ItemId:
            return {N_("at most 64 small letters, digits, dots and hyphens, with a letter or digit at both ends"), {}};
        case ItemReference: return {N_("the id of an item of this area, or AREA#ID such as 12/0101#heating"), {}};
        case Instant:
            return {N_("a date and time with its offset such as 2026-11-23T09:00:00+08:00, and a day that exists"), {}};
        case Date: return {N_("a day that exists, written such as 2026-11-23"), {}};
        case TimeOfDay: return {N_("a time from 00:00 to 24:00, written with two digits each"), {}};
        case TelephoneNumber: return {N_("a telephone number of digits, spaces and hyphens"), {}};
        case ObjectReference:
            return {N_("the name of a file in this folder or below: letters A to Z, digits, _, - and ., with / between folders"), {}};
        case Choice: return {N_("one of the values that are listed in the manual"), {}};
        case Weekdays: return {N_("days of the week, each one of mon tue wed thu fri sat sun, with spaces between"), {}};
        case Boolean: return {N_("true or false"), {}};
        case Number: return {N_("a number from 0 to 65535"), {}};
    }
    return {};
}

Message describe(const AttributeRule& rule) {
    if (rule.type != Choice) return describe(rule.type);
    std::string choices;
    for (std::string_view choice : rule.choices) {
        if (!choices.empty()) choices += ", ";
        choices += choice;
    }
    return {rule.choices.size() == 1 ? "{}" : N_("one of {}"), {choices}};
}

std::string list_children(const ElementRule& rule) {
    std::string names;
    for (const ChildRule& child : rule.children) {
        if (!names.empty()) names += ", ";
        names += '<';
        names += child.element->name;
        names += '>';
    }
    return names;
}

void tidy_white_space(std::string& text) {
    if (!needs_tidying(text)) return;
    std::size_t out = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_space(text[i])) {
            text[out++] = text[i++];
            continue;
        }
        std::size_t end = i;
        bool breaks_line = false;
        for (; end < text.size() && is_space(text[end]); ++end) breaks_line |= text[end] != ' ';
        bool at_an_end = out == 0 || end == text.size();
        bool between_han = !at_an_end && (text[out - 1] & 0x80) && (text[end] & 0x80);
        if (!at_an_end && breaks_line && !between_han) text[out++] = ' ';
        if (!at_an_end && !breaks_line)
            for (; i < end; ++i) text[out++] = ' ';
        i = end;
    }
    text.resize(out);
}

}  // namespace linli::content
