#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The content of the exchange interface as values. What each field means is said in
/// platform/exchange/linli-exchange-1.xsd and docs/exchange.md; the names are the same.
namespace linli::content {

/// A node of the administrative tree: "12", "12/0101", "12/0101/001" or "12/0101/001/002".
class AreaCode {
  public:
    /// Nothing when the text is not a code.
    static std::optional<AreaCode> parse(std::string_view text);

    const std::string& str() const { return code_; }
    /// From the city down to this area: the order in which areas are shown and synced.
    std::vector<AreaCode> chain() const;
    auto operator<=>(const AreaCode&) const = default;

  private:
    explicit AreaCode(std::string code) : code_(std::move(code)) {}
    std::string code_;
};

/// Names one item in the whole city.
struct ItemKey {
    AreaCode area;
    std::string id;
    auto operator<=>(const ItemKey&) const = default;
    /// "12/0101#heating".
    std::string str() const { return area.str() + "#" + id; }
    /// Reads "12/0101#heating", and "heating" as an item of `home`.
    static std::optional<ItemKey> parse(std::string_view text, const AreaCode& home);
};

/// The part of the application that shows items of a kind.
/// Stores keep the number.
enum class Board { Notices, Services, Appointments, Guides, Live, Settings, Results, Classes };
enum class Urgency { Normal, Important, Urgent };

struct Telephone {
    std::string number;
    std::string label;
    bool operator==(const Telephone&) const = default;
};

struct Heading {
    std::string text;
    bool operator==(const Heading&) const = default;
};
struct Paragraph {
    std::string text;
    bool operator==(const Paragraph&) const = default;
};
enum class ListStyle { Bullets, Numbers };
struct List {
    ListStyle style = ListStyle::Bullets;
    std::vector<std::string> entries;
    bool operator==(const List&) const = default;
};
/// The first row holds the column headings; all rows are equally long.
struct Table {
    std::vector<std::vector<std::string>> rows;
    bool operator==(const Table&) const = default;
};
/// A picture, sound or attachment, which is a file of its own.
struct Object {
    /// A path below the editor's folder, or "sha256:…" in a publication.
    std::string src;
    /// In a publication: how long the file is, in bytes, and what it holds.
    std::uint64_t length = 0;
    std::string media_type;
    /// Fetched with the item, not when it is first shown.
    bool is_prefetched = false;
    bool operator==(const Object&) const = default;
};
struct Picture {
    Object object;
    std::string alt;
    std::string caption;
    bool operator==(const Picture&) const = default;
};
using Block = std::variant<Heading, Paragraph, List, Table, Picture>;
using Body = std::vector<Block>;

struct Hours {
    struct Open {
        /// Bit 0 is Monday, bit 6 Sunday.
        std::uint8_t days = 0;
        std::chrono::minutes from{0};
        std::chrono::minutes until{0};
        bool operator==(const Open&) const = default;
    };
    struct Exception {
        std::chrono::year_month_day first;
        std::chrono::year_month_day last;
        /// Closed where there is no time.
        std::optional<std::chrono::minutes> from;
        std::optional<std::chrono::minutes> until;
        std::string reason;
        bool operator==(const Exception&) const = default;
    };
    std::vector<Open> open;
    std::vector<Exception> exceptions;
    bool empty() const { return open.empty() && exceptions.empty(); }
    bool operator==(const Hours&) const = default;
};

struct Place {
    std::string name;
    std::string address;
    Hours hours;
    std::vector<Telephone> telephones;
    bool operator==(const Place&) const = default;
};

struct Area {
    std::string name;
    std::optional<Place> office;
    bool operator==(const Area&) const = default;
};

struct Category {
    Board board = Board::Notices;
    std::string name;
    std::string icon;
    int order = 0;
    bool operator==(const Category&) const = default;
};

struct Tile {
    Board board = Board::Notices;
    std::string category;  // empty: the whole board
    std::string icon;
    std::string label;
    bool operator==(const Tile&) const = default;
};
struct Portal {
    std::vector<Tile> tiles;
    bool operator==(const Portal&) const = default;
};

struct Attachment {
    Object object;
    std::string title;
    bool operator==(const Attachment&) const = default;
};

struct Notice {
    std::string title;
    std::string summary;
    std::string issuer;
    Urgency urgency = Urgency::Normal;
    std::optional<std::chrono::sys_seconds> valid_from;
    std::optional<std::chrono::sys_seconds> valid_until;
    std::vector<Telephone> telephones;
    Body body;
    std::vector<Attachment> attachments;
    bool operator==(const Notice&) const = default;
};

struct Listing {
    std::string name;
    std::string provider;
    std::string summary;
    std::vector<std::string> offers;
    std::string address;
    Hours hours;
    std::vector<Telephone> telephones;
    std::string price;
    std::string eligibility;
    Body body;
    bool operator==(const Listing&) const = default;
};

struct Service {
    std::string name;
    std::string provider;
    std::string summary;
    std::string address;
    Hours hours;
    std::vector<Telephone> telephones;
    std::string duration;
    std::string price;
    std::string eligibility;
    std::vector<std::string> bring;
    Body body;
    std::string guide;  // a reference, or empty
    bool operator==(const Service&) const = default;
};

struct Guide {
    std::string title;
    std::string summary;
    std::string issuer;
    std::string eligibility;
    std::vector<std::string> steps;
    std::vector<std::string> papers;
    std::vector<Place> where;
    std::string duration;
    std::string price;
    std::vector<std::string> legal_basis;
    Body body;
    std::string service;  // a reference, or empty
    bool operator==(const Guide&) const = default;
};

/// A file that is played: an object of the publication, or one anywhere on the web.
struct Media {
    /// Its src is empty where there is a `url`.
    Object object;
    /// http:// or https://; empty: the object.
    std::string url;
    bool operator==(const Media&) const = default;
};
struct Subtitles {
    Media file;
    /// ISO 639-1: "zh", "en".
    std::string language;
    bool operator==(const Subtitles&) const = default;
};
/// A course: a class, a talk, a performance: video or sound that is played.
struct Course {
    std::string title;
    std::string summary;
    std::string provider;
    Media media;
    std::optional<std::chrono::seconds> duration;
    std::vector<Subtitles> subtitles;
    Body body;
    bool operator==(const Course&) const = default;
};

/// The order is that of the alternatives below and of the numbers in the store.
enum class Kind { Area, Category, Portal, Notice, Listing, Service, Guide, Course };

struct Item {
    std::string id;
    std::string category;               // of notices, listings, services, guides, classes
    std::chrono::sys_seconds published;  // likewise
    std::variant<Area, Category, Portal, Notice, Listing, Service, Guide, Course> content;
    /// Of the same: for finding the title by the digit keys, one lower-case letter or digit for each Chinese character,
    /// Latin letter and digit of it. Empty in an editor's file that leaves it to the publisher.
    std::string initials;

    Kind kind() const { return static_cast<Kind>(content.index()); }
    /// The title or name that a list shows.
    const std::string& title() const;
    /// The line under it: summary, or provider.
    const std::string& detail() const;
    bool operator==(const Item&) const = default;
};

/// Every object (picture, attachment, video, sound, subtitles) that the item names: pictures of the body first, then the
/// others in document order.
std::vector<const Object*> objects_of(const Item& item);
std::vector<Object*> objects_of(Item& item);

/// What a publication took back: a category is named by its board and id, every other item by its id alone.
struct Removal {
    Kind kind = Kind::Notice;
    Board board = Board::Notices;
    std::string id;
    auto operator<=>(const Removal&) const = default;
};

/// The part of an area's publication: each has a head and a rhythm of its own, and an item is in one of them only.
enum class Part { Content, Alerts };

}  // namespace linli::content
