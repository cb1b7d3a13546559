// What editors really send, each line with its test in tests/content/item_check_test.cpp:
//   "from 17:30 until 08:30", an exception that ends before it begins: TimesInTheWrongOrder
//   a copied telephone number that lost a digit: ImplausibleTelephoneNumbers
//   characters of the private use area out of an old Windows font, emoji out of a chat:
//   CharactersNoFontShows a whole paragraph as the title: TextsTooLongForTheScreen a table row with
//   a cell less: RowsOfUnequalLength

#include "content/item_check.h"

#include <algorithm>

#include "content/initials.h"
#include "content/screen_limits.h"
#include "middleware/base/format.h"
#include "middleware/text/utf8.h"

namespace linli::content {
namespace {

constexpr std::size_t kNoLimit = static_cast<std::size_t>(-1);

std::size_t count_digits(std::string_view number) {
    return static_cast<std::size_t>(
        std::ranges::count_if(number, [](char c) { return c >= '0' && c <= '9'; }));
}

class Check {
  public:
    Check(std::span<const ElementPlace> places, const std::function<void(Fault)>& on_fault)
        : places_(places), on_fault_(on_fault) {}

    void item(const Item& item) {
        published_ = item.published;
        if (!item.initials.empty()) initials(item);
        std::visit([this](const auto& content) { check(content); }, item.content);
    }

  private:
    void initials(const Item& item) {
        std::size_t wanted = count_initials(item.title());
        if (item.initials.size() == wanted || item.title().empty()) return;
        fault(places_.own(),
              {N_("initials=\"{}\" has {} characters"), {item.initials, std::to_string(item.initials.size())}},
              {N_("{}: one for each Chinese character, Latin letter and digit of the title"),
               {std::to_string(wanted)}});
    }
    void check(const Area& area) {
        element("name", area.name, kAreaNameWidth);
        if (area.office) place(*area.office);
    }
    void check(const Category& category) { element("name", category.name, kCategoryNameWidth); }
    void check(const Portal& portal) {
        for (const Tile& tile : portal.tiles)
            element("label", tile.label, kTileLabelWidth);
    }
    void check(const Notice& notice) {
        element("title", notice.title, kTitleWidth);
        element("summary", notice.summary, kSummaryWidth);
        element("issuer", notice.issuer, kTitleWidth);
        if (notice.valid_from || notice.valid_until) validity(notice);
        telephones(notice.telephones);
        body(notice.body);
        for (const Attachment& attachment : notice.attachments)
            element("attachment", attachment.title, kTitleWidth);
    }
    void check(const Listing& listing) {
        element("name", listing.name, kTitleWidth);
        element("provider", listing.provider, kTitleWidth);
        element("summary", listing.summary, kSummaryWidth);
        elements("offer", listing.offers);
        element("address", listing.address);
        hours(listing.hours);
        telephones(listing.telephones);
        element("price", listing.price);
        element("eligibility", listing.eligibility);
        body(listing.body);
    }
    void check(const Service& service) {
        element("name", service.name, kTitleWidth);
        element("provider", service.provider, kTitleWidth);
        element("summary", service.summary, kSummaryWidth);
        element("address", service.address);
        hours(service.hours);
        telephones(service.telephones);
        element("duration", service.duration);
        element("price", service.price);
        element("eligibility", service.eligibility);
        elements("bring", service.bring);
        body(service.body);
    }
    void check(const Guide& guide) {
        element("title", guide.title, kTitleWidth);
        element("summary", guide.summary, kSummaryWidth);
        element("issuer", guide.issuer, kTitleWidth);
        element("eligibility", guide.eligibility);
        elements("step", guide.steps);
        elements("paper", guide.papers);
        for (const Place& where : guide.where)
            place(where);
        element("duration", guide.duration);
        element("price", guide.price);
        elements("legal-basis", guide.legal_basis);
        body(guide.body);
    }

    void check(const Course& one) {
        element("title", one.title, kTitleWidth);
        element("summary", one.summary, kSummaryWidth);
        element("provider", one.provider, kTitleWidth);
        media("media", one.media);
        for (const Subtitles& subtitles : one.subtitles) media("subtitles", subtitles.file);
        body(one.body);
    }

    void media(std::string_view name, const Media& media) {
        xml::Place at = places_.next(name);
        if (media.url.empty() == media.object.src.empty())
            fault(at, {media.url.empty() ? N_("it is not said what is played") : N_("both src and url are given"), {}},
                  {N_("src for a file in this folder, or url for an address on the web"), {}});
    }

    void validity(const Notice& notice) {
        xml::Place at = places_.next("valid");
        if (notice.valid_from && notice.valid_until && *notice.valid_from >= *notice.valid_until) {
            fault(at, {N_("the notice ends before it begins"), {}},
                  {N_("until later than from"), {}});
        } else if (notice.valid_until && *notice.valid_until <= published_) {
            fault(at, {N_("the notice ends before it is published"), {}},
                  {N_("until later than published"), {}});
        }
    }

    void place(const Place& place) {
        element("name", place.name, kTitleWidth);
        element("address", place.address);
        hours(place.hours);
        telephones(place.telephones);
    }

    void hours(const Hours& hours) {
        for (const Hours::Open& open : hours.open) {
            xml::Place at = places_.next("open");
            if (open.days == 0) {
                fault(at, {N_("opening hours without a day"), {}},
                      {N_("days such as \"mon tue wed thu fri\""), {}});
            } else if (open.from >= open.until) {
                fault(at, {N_("the opening hours end before they begin"), {}},
                      {N_("until later than from; hours past midnight as two entries, until 24:00 "
                          "and from 00:00"),
                       {}});
            }
        }
        for (const Hours::Exception& exception : hours.exceptions)
            this->exception(exception);
    }

    void exception(const Hours::Exception& exception) {
        xml::Place at = places_.next("exception");
        text(at, exception.reason, kTitleWidth);
        if (exception.last < exception.first) {
            fault(at, {N_("the last day is before the first"), {}},
                  {N_("until-date not before date"), {}});
        } else if (exception.from.has_value() != exception.until.has_value()) {
            fault(at, {N_("one of from and until is missing"), {}},
                  {N_("both for other opening hours, none for closed"), {}});
        } else if (exception.from && *exception.from >= *exception.until) {
            fault(at, {N_("the opening hours end before they begin"), {}},
                  {N_("until later than from"), {}});
        }
    }

    void telephones(const std::vector<Telephone>& telephones) {
        for (const Telephone& telephone : telephones) {
            xml::Place at = places_.next("telephone");
            text(at, telephone.label, kTelephoneLabelWidth);
            if (!is_plausible_telephone(telephone.number))
                fault(at, {N_("\"{}\" can hardly be a telephone number"), {telephone.number}},
                      {N_("3 to 15 digits; a mobile number has 11 and begins with 13 to 19"), {}});
        }
    }

    void body(const Body& body) {
        for (const Block& block : body)
            std::visit([this](const auto& part) { this->block(part); }, block);
    }
    void block(const Heading& heading) { element("heading", heading.text, kTitleWidth); }
    void block(const Paragraph& paragraph) { element("p", paragraph.text); }
    void block(const List& list) { elements("li", list.entries); }
    void block(const Table& table) {
        for (const auto& row : table.rows) {
            xml::Place at = places_.next("row");
            for (const std::string& cell : row)
                element("cell", cell, kCellWidth, Empty::Stands);
            if (row.size() != table.rows.front().size())
                fault(at, {N_("this row has {} cells"), {std::to_string(row.size())}},
                      {N_("{} as in the first row"), {std::to_string(table.rows.front().size())}});
        }
    }
    void block(const Picture& picture) {
        xml::Place at = places_.next("picture");
        text(at, picture.alt, kNoLimit);
        text(at, picture.caption, kNoLimit);
    }

    /// Whether an empty text is an element that stands there, or one that does not.
    enum class Empty { Stands, IsAbsent };

    void element(std::string_view name, const std::string& content,
                 std::size_t most_width = kNoLimit, Empty empty = Empty::IsAbsent) {
        if (empty == Empty::IsAbsent && content.empty()) return;
        text(places_.next(name), content, most_width);
    }
    void elements(std::string_view name, const std::vector<std::string>& texts) {
        for (const std::string& text : texts)
            element(name, text, kNoLimit, Empty::Stands);
    }

    void text(xml::Place at, std::string_view text, std::size_t most_width) {
        for (std::string_view rest = text; !rest.empty();) {
            char32_t character = text::take_character(rest);
            if (!is_unshowable(character)) continue;
            fault(at,
                  {N_("a character that the television cannot show: {}"),
                   {base::format("U+{:04X}", static_cast<std::uint32_t>(character))}},
                  {N_("ordinary letters, Han characters, digits and punctuation"), {}});
            return;
        }
        std::size_t given = screen_width(text);
        if (given <= most_width) return;
        fault(at,
              {N_("\"{}\" is too long for the screen: {} Han characters wide"),
               {std::string(text), halves(given)}},
              {N_("at most {} Han characters or {} Latin letters"),
               {std::to_string(most_width / 2), std::to_string(most_width)}});
    }

    static std::string halves(std::size_t width) {
        return std::to_string(width / 2) + (width % 2 ? ".5" : "");
    }

    void fault(xml::Place at, Message what, Message expected) {
        on_fault_(Fault{{}, at, std::move(what), std::move(expected)});
    }

    PlaceFinder places_;
    const std::function<void(Fault)>& on_fault_;
    std::chrono::sys_seconds published_;
};

}  // namespace

std::size_t screen_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty())
        width += text::is_han(text::take_character(text)) ? 2 : 1;
    return width;
}

bool is_unshowable(char32_t c) {
    bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    bool is_format = (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
                     (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
                     (c >= 0xFFF0 && c <= 0xFFFD);
    bool is_private = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xE0000;
    bool is_emoji = c >= 0x1F000 && c <= 0x1FAFF;
    bool is_no_character = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return is_control || is_format || is_private || is_emoji || is_no_character;
}

bool is_plausible_telephone(std::string_view number) {
    std::size_t digits = count_digits(number);
    if (digits < 3 || digits > 15) return false;
    bool is_mobile = digits == 11 && number.size() == 11 && number[0] == '1';
    return !is_mobile || number[1] >= '3';
}

xml::Place PlaceFinder::own() const {
    return places_.empty() ? xml::Place{} : places_.front().place;
}

xml::Place PlaceFinder::next(std::string_view name) {
    auto entry = std::ranges::find(found_, name, &std::pair<std::string_view, std::size_t>::first);
    if (entry == found_.end()) entry = found_.insert(found_.end(), {name, 0});
    for (std::size_t i = entry->second; i < places_.size(); ++i) {
        if (places_[i].name != name) continue;
        entry->second = i + 1;
        return places_[i].place;
    }
    return own();
}

void check_item(const Item& item, std::span<const ElementPlace> places,
                const std::function<void(Fault)>& on_fault) {
    Check(places, on_fault).item(item);
}

}  // namespace linli::content
