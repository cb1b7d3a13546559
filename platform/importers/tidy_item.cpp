#include "platform/importers/tidy_item.h"

#include <algorithm>

#include "content/item_check.h"
#include "content/screen_limits.h"
#include "middleware/base/format.h"
#include "middleware/text/utf8.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

using namespace content;

constexpr std::size_t kMostColumns = 4;

/// "Name: Li Hua; Room: 12": the cells of a row with what their columns are.
std::string describe_row(const std::vector<std::string>& headings,
                         const std::vector<std::string>& row) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].empty()) continue;
        if (!text.empty()) text += "; ";
        if (!headings[i].empty()) text += headings[i] + ": ";
        text += row[i];
    }
    return text;
}

/// As much of a text as fits with an ellipsis after it, up to the end of a word.
std::string shorten(std::string_view text, std::size_t most_width) {
    constexpr std::string_view kEllipsis = "…";
    constexpr std::size_t kEllipsisWidth = 2;
    std::size_t width = kEllipsisWidth, end = 0, last = 0;
    for (std::string_view rest = text; !rest.empty();) {
        std::string_view before = rest;
        std::size_t wide = text::is_han(text::take_character(rest)) ? 2 : 1;
        if ((width += wide) > most_width) break;
        last = text.size() - rest.size();
        // After a Han character a line may end anywhere, within a Latin word it may not.
        bool is_break = wide == 2 || before.front() == ' ' || rest.empty();
        if (is_break) end = text.size() - (before.front() == ' ' ? before : rest).size();
    }
    return std::string(text.substr(0, end > 0 ? end : last)) + std::string(kEllipsis);
}

bool fits(const Table& table) {
    return table.rows.front().size() <= kMostColumns &&
           std::ranges::all_of(table.rows, [](const std::vector<std::string>& row) {
               return std::ranges::all_of(
                   row, [](const std::string& cell) { return screen_width(cell) <= kCellWidth; });
           });
}

class Tidy {
  public:
    std::vector<Message> left_out;

    void item(Notice& notice) {
        for (std::string* text : {&notice.title, &notice.summary, &notice.issuer})
            clean(*text);
        telephones(notice.telephones);
        body(notice.body);
        fit_summary(notice.summary, notice.body);
        fit_title(notice.title, notice.body);
    }
    void item(Listing& listing) {
        for (std::string* text : {&listing.name, &listing.provider, &listing.summary,
                                  &listing.address, &listing.price, &listing.eligibility})
            clean(*text);
        clean(listing.offers);
        telephones(listing.telephones);
        for (Hours::Exception& exception : listing.hours.exceptions)
            clean(exception.reason);
        body(listing.body);
        fit_summary(listing.summary, listing.body);
    }
    template <typename Other>
    void item(Other&) {}

    void finish() {
        if (characters_.empty()) return;
        std::string codes;
        for (char32_t c : characters_)
            codes += base::format("{}U+{:04X}", codes.empty() ? "" : " ", static_cast<unsigned>(c));
        left_out.push_back({N_("characters that the television cannot show: {}"), {codes}});
    }

  private:
    void clean(std::string& text) { text = clean_text(text, characters_); }
    void clean(std::vector<std::string>& texts) {
        for (std::string& text : texts)
            clean(text);
        std::erase(texts, "");
    }

    void telephones(std::vector<Telephone>& telephones) {
        for (Telephone& telephone : telephones) {
            clean(telephone.label);
            if (screen_width(telephone.label) <= kTelephoneLabelWidth) continue;
            left_out.push_back({N_("what the number {} is for, too long for its line: {}"),
                                {telephone.number, telephone.label}});
            telephone.label.clear();
        }
    }

    /// The whole title becomes the first paragraph, so that no word is lost.
    void fit_title(std::string& title, Body& body) {
        if (screen_width(title) <= kTitleWidth) return;
        body.insert(body.begin(), Paragraph{title});
        title = shorten(title, kTitleWidth);
        left_out.push_back({N_("a part of the title, which stands in the first paragraph: \"{}\" is its short form"), {title}});
    }

    void fit_summary(std::string& summary, Body& body) {
        if (screen_width(summary) <= kSummaryWidth) return;
        bool is_repeated = !body.empty() && std::holds_alternative<Paragraph>(body.front()) &&
                           std::get<Paragraph>(body.front()).text == summary;
        if (!is_repeated) body.insert(body.begin(), Paragraph{std::move(summary)});
        summary.clear();
    }

    void body(Body& blocks) {
        Body tidied;
        for (Block& block : blocks)
            std::visit([&](auto& part) { this->block(part, tidied); }, block);
        blocks = std::move(tidied);
    }
    void block(Heading& heading, Body& out) {
        clean(heading.text);
        if (heading.text.empty()) return;
        if (screen_width(heading.text) > kTitleWidth)
            out.emplace_back(Paragraph{std::move(heading.text)});
        else
            out.emplace_back(std::move(heading));
    }
    void block(Paragraph& paragraph, Body& out) {
        clean(paragraph.text);
        if (!paragraph.text.empty()) out.emplace_back(std::move(paragraph));
    }
    void block(List& list, Body& out) {
        clean(list.entries);
        if (!list.entries.empty()) out.emplace_back(std::move(list));
    }
    void block(Table& table, Body& out) {
        for (auto& row : table.rows)
            for (std::string& cell : row)
                clean(cell);
        std::erase_if(table.rows, [](const auto& row) {
            return std::ranges::all_of(row, &std::string::empty);
        });
        if (table.rows.size() >= 2 && fits(table)) {
            out.emplace_back(std::move(table));
            return;
        }
        List list;
        std::vector<std::string> headings(table.rows.empty() ? 0 : table.rows.front().size());
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            bool is_heading = i == 0 && table.rows.size() > 1;
            if (is_heading)
                headings = table.rows[i];
            else
                list.entries.push_back(describe_row(headings, table.rows[i]));
        }
        if (!list.entries.empty()) out.emplace_back(std::move(list));
    }
    void block(Picture& picture, Body& out) { out.emplace_back(std::move(picture)); }

    std::u32string characters_;
};

}  // namespace

std::vector<Message> tidy_item(Item& item) {
    Tidy tidy;
    std::visit([&](auto& content) { tidy.item(content); }, item.content);
    tidy.finish();
    return std::move(tidy.left_out);
}

}  // namespace linli::platform
