#include "content/exchange_schema.h"

#include <algorithm>

namespace linli::content {
namespace {

using enum Need;
using enum ValueType;

constexpr std::string_view kBoards[] = {"notices", "services", "appointments",
                                        "guides",  "live",     "settings",     "results", "classes"};
constexpr std::string_view kCategoryBoards[] = {"notices", "services", "guides", "classes"};
constexpr std::string_view kKinds[] = {"area",    "category", "portal", "notice",
                                       "listing", "service",  "guide",  "course"};
constexpr std::string_view kLanguages[] = {"zh", "en"};
constexpr std::string_view kUrgencies[] = {"normal", "important", "urgent"};
constexpr std::string_view kAreaIds[] = {"area"};
// clang-format off
constexpr std::string_view kIcons[] = {
    "bullhorn", "storefront", "calendar-check", "map-marker-path", "television", "cog", "home-heart", "hospital-box",
    "human-cane", "briefcase", "shield-account", "school", "baby-carriage", "bus", "water", "flash", "fire", "tools",
    "broom", "cart", "silverware-fork-knife", "scale-balance", "hand-heart", "account-group", "book-open-variant",
    "music", "run", "alert", "file-document", "card-account-details", "ring", "pill", "truck-delivery",
    "weather-partly-cloudy", "recycle", "office-building", "palm-tree", "scissors-cutting", "cash", "information"};
// clang-format on
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
constexpr ElementRule kTelephone = {Element::Telephone, "telephone", Inside::Characters,
                                    TelephoneNumber, kTelephoneAttributes};

constexpr AttributeRule kValidAttributes[] = {{"from", Instant, Optional},
                                              {"until", Instant, Optional}};
constexpr ElementRule kValid = {Element::Valid, "valid", Inside::Nothing, Any, kValidAttributes};

constexpr AttributeRule kAttachmentAttributes[] = {{"src", ObjectReference, Required},
                                                   {"length", ByteCount, Optional},
                                                   {"media-type", ValueType::MediaType, Optional},
                                                   {"prefetch", Boolean, Optional}};
constexpr ElementRule kAttachment = {Element::Attachment, "attachment", Inside::Characters, Text,
                                     kAttachmentAttributes};

constexpr AttributeRule kOpenAttributes[] = {
    {"days", Weekdays, Required}, {"from", TimeOfDay, Required}, {"until", TimeOfDay, Required}};
constexpr ElementRule kOpen = {Element::Open, "open", Inside::Nothing, Any, kOpenAttributes};
constexpr AttributeRule kExceptionAttributes[] = {{"date", Date, Required},
                                                  {"until-date", Date, Optional},
                                                  {"from", TimeOfDay, Optional},
                                                  {"until", TimeOfDay, Optional}};
constexpr ElementRule kException = {Element::Exception, "exception", Inside::Characters, Any,
                                    kExceptionAttributes};
constexpr ChildRule kHoursChildren[] = {{&kOpen, 0, kUnbounded}, {&kException, 0, kUnbounded}};
constexpr ElementRule kHours = {Element::Hours, "hours", Inside::Sequence, Any, {}, kHoursChildren};

constexpr ChildRule kPlaceChildren[] = {
    {&kName, 1, 1}, {&kAddress, 0, 1}, {&kHours, 0, 1}, {&kTelephone, 0, kUnbounded}};
constexpr ElementRule kOffice = {Element::Office, "office", Inside::Sequence, Any, {},
                                 kPlaceChildren};
constexpr ElementRule kWhere = {Element::Where, "where", Inside::Sequence, Any, {}, kPlaceChildren};

constexpr AttributeRule kListAttributes[] = {{"numbered", Boolean, Optional}};
constexpr ChildRule kListChildren[] = {{&kEntry, 1, kUnbounded}};
constexpr ElementRule kList = {Element::List, "list",          Inside::Sequence,
                               Any,           kListAttributes, kListChildren};
constexpr ChildRule kRowChildren[] = {{&kCell, 1, 4}};
constexpr ElementRule kRow = {Element::Row, "row", Inside::Sequence, Any, {}, kRowChildren};
constexpr ChildRule kTableChildren[] = {{&kRow, 2, kUnbounded}};
constexpr ElementRule kTable = {Element::Table, "table", Inside::Sequence, Any, {}, kTableChildren};
constexpr AttributeRule kPictureAttributes[] = {{"src", ObjectReference, Required},
                                                {"length", ByteCount, Optional},
                                                {"media-type", ValueType::MediaType, Optional},
                                                {"prefetch", Boolean, Optional},
                                                {"alt", Text, Required}};
constexpr ElementRule kPicture = {Element::Picture, "picture", Inside::Characters, Any,
                                  kPictureAttributes};
constexpr ChildRule kBodyChildren[] = {{&kParagraph, 0, kUnbounded},
                                       {&kHeading, 0, kUnbounded},
                                       {&kList, 0, kUnbounded},
                                       {&kTable, 0, kUnbounded},
                                       {&kPicture, 0, kUnbounded}};
constexpr ElementRule kBody = {Element::Body, "body", Inside::AnyOrder, Any, {}, kBodyChildren};

// The items.
constexpr AttributeRule kAreaAttributes[] = {{"id", Choice, Required, kAreaIds, "area"}};
constexpr ChildRule kAreaChildren[] = {{&kName, 1, 1}, {&kOffice, 0, 1}};
constexpr ElementRule kArea = {Element::Area, "area",          Inside::Sequence,
                               Any,           kAreaAttributes, kAreaChildren};

constexpr AttributeRule kCategoryAttributes[] = {{"id", ItemId, Required},
                                                 {"board", Choice, Required, kCategoryBoards},
                                                 {"icon", Choice, Required, kIcons, kIconOfUnknown},
                                                 {"order", Number, Required}};
constexpr ChildRule kCategoryChildren[] = {{&kName, 1, 1}};
constexpr ElementRule kCategory = {Element::Category,   "category",       Inside::Sequence, Any,
                                   kCategoryAttributes, kCategoryChildren};

constexpr AttributeRule kTileAttributes[] = {{"board", Choice, Required, kBoards},
                                             {"category", ItemId, Optional},
                                             {"icon", Choice, Required, kIcons, kIconOfUnknown}};
constexpr ChildRule kTileChildren[] = {{&kLabel, 1, 1}};
constexpr ElementRule kTile = {Element::Tile, "tile",          Inside::Sequence,
                               Any,           kTileAttributes, kTileChildren};
constexpr AttributeRule kPortalAttributes[] = {{"id", ItemId, Required}};
constexpr ChildRule kPortalChildren[] = {{&kTile, 1, 8}};
constexpr ElementRule kPortal = {Element::Portal,   "portal",       Inside::Sequence, Any,
                                 kPortalAttributes, kPortalChildren};

constexpr AttributeRule kNoticeAttributes[] = {{"id", ItemId, Required},
                                               {"category", ItemId, Required},
                                               {"published", Instant, Required},
                                               {"initials", Initials, Optional},
                                               {"urgency", Choice, Optional, kUrgencies, "normal"}};
constexpr ChildRule kNoticeChildren[] = {{&kTitle, 1, 1},
                                         {&kSummary, 0, 1},
                                         {&kIssuer, 1, 1},
                                         {&kValid, 0, 1},
                                         {&kTelephone, 0, kUnbounded},
                                         {&kBody, 1, 1},
                                         {&kAttachment, 0, kUnbounded}};
constexpr ElementRule kNotice = {Element::Notice,   "notice",       Inside::Sequence, Any,
                                 kNoticeAttributes, kNoticeChildren};

/// Of an item that has none but those that all published ones share.
constexpr AttributeRule kPublishedAttributes[] = {
    {"id", ItemId, Required},
    {"category", ItemId, Required},
    {"published", Instant, Required},
    {"initials", Initials, Optional}};
constexpr ChildRule kListingChildren[] = {{&kName, 1, 1},
                                          {&kProvider, 1, 1},
                                          {&kSummary, 0, 1},
                                          {&kOffer, 1, kUnbounded},
                                          {&kAddress, 0, 1},
                                          {&kHours, 0, 1},
                                          {&kTelephone, 1, kUnbounded},
                                          {&kPrice, 0, 1},
                                          {&kEligibility, 0, 1},
                                          {&kBody, 0, 1}};
constexpr ElementRule kListing = {Element::Listing,   "listing",       Inside::Sequence, Any,
                                  kPublishedAttributes, kListingChildren};

constexpr AttributeRule kServiceAttributes[] = {{"id", ItemId, Required},
                                                {"category", ItemId, Required},
                                                {"published", Instant, Required},
                                                {"initials", Initials, Optional},
                                                {"guide", ItemReference, Optional}};
constexpr ChildRule kServiceChildren[] = {
    {&kName, 1, 1},        {&kProvider, 1, 1},           {&kSummary, 0, 1},  {&kAddress, 1, 1},
    {&kHours, 0, 1},       {&kTelephone, 1, kUnbounded}, {&kDuration, 0, 1}, {&kPrice, 0, 1},
    {&kEligibility, 0, 1}, {&kBring, 0, kUnbounded},     {&kBody, 0, 1}};
constexpr ElementRule kService = {Element::Service,   "service",       Inside::Sequence, Any,
                                  kServiceAttributes, kServiceChildren};

constexpr AttributeRule kGuideAttributes[] = {{"id", ItemId, Required},
                                              {"category", ItemId, Required},
                                              {"published", Instant, Required},
                                              {"initials", Initials, Optional},
                                              {"service", ItemReference, Optional}};
constexpr ChildRule kGuideChildren[] = {{&kTitle, 1, 1},
                                        {&kSummary, 0, 1},
                                        {&kIssuer, 1, 1},
                                        {&kEligibility, 0, 1},
                                        {&kStep, 1, kUnbounded},
                                        {&kPaper, 0, kUnbounded},
                                        {&kWhere, 1, kUnbounded},
                                        {&kDuration, 1, 1},
                                        {&kPrice, 0, 1},
                                        {&kLegalBasis, 0, kUnbounded},
                                        {&kBody, 0, 1}};
constexpr ElementRule kGuide = {Element::Guide,   "guide",       Inside::Sequence, Any,
                                kGuideAttributes, kGuideChildren};

constexpr AttributeRule kMediaAttributes[] = {{"src", ObjectReference, Optional},
                                              {"url", WebAddress, Optional},
                                              {"length", ByteCount, Optional},
                                              {"media-type", ValueType::MediaType, Optional},
                                              {"seconds", Number, Optional}};
constexpr ElementRule kMedia = {Element::Media, "media", Inside::Nothing, Any, kMediaAttributes};
constexpr AttributeRule kSubtitlesAttributes[] = {{"src", ObjectReference, Optional},
                                                  {"url", WebAddress, Optional},
                                                  {"length", ByteCount, Optional},
                                                  {"media-type", ValueType::MediaType, Optional},
                                                  {"language", Choice, Required, kLanguages}};
constexpr ElementRule kSubtitles = {Element::Subtitles, "subtitles", Inside::Nothing, Any, kSubtitlesAttributes};
constexpr ChildRule kCourseChildren[] = {{&kTitle, 1, 1}, {&kSummary, 0, 1},           {&kProvider, 1, 1},
                                         {&kMedia, 1, 1}, {&kSubtitles, 0, kUnbounded}, {&kBody, 0, 1}};
constexpr ElementRule kCourse = {Element::Course, "course", Inside::Sequence, Any, kPublishedAttributes, kCourseChildren};

constexpr AttributeRule kRemovedAttributes[] = {{"kind", Choice, Required, kKinds},
                                                {"board", Choice, Optional, kCategoryBoards},
                                                {"id", ItemId, Required}};
constexpr ElementRule kRemoved = {Element::Removed, "removed", Inside::Nothing, Any,
                                  kRemovedAttributes};

constexpr AttributeRule kExchangeAttributes[] = {{"area", Code, Required}};
constexpr ChildRule kExchangeChildren[] = {{&kListing, 0, kUnbounded},  {&kNotice, 0, kUnbounded},
                                           {&kService, 0, kUnbounded},  {&kGuide, 0, kUnbounded},
                                           {&kCourse, 0, kUnbounded},
                                           {&kCategory, 0, kUnbounded}, {&kArea, 0, kUnbounded},
                                           {&kPortal, 0, kUnbounded},   {&kRemoved, 0, kUnbounded}};
constexpr ElementRule kExchange = {Element::Exchange,   "exchange",       Inside::AnyOrder, Any,
                                   kExchangeAttributes, kExchangeChildren};

}  // namespace

const ElementRule& exchange_rule() {
    return kExchange;
}

bool accept_value(const AttributeRule& rule, std::string_view& value) {
    if (!accept_value(rule.type, value)) return false;
    return rule.type != Choice || std::ranges::find(rule.choices, value) != rule.choices.end();
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
        if (child.element->id == Element::Removed) continue;
        if (!names.empty()) names += ", ";
        names += '<';
        names += child.element->name;
        names += '>';
    }
    return names;
}

}  // namespace linli::content
