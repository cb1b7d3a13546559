#include "stb-app/pages/page.h"

#include "middleware/base/format.h"

namespace linli::app {
namespace {

using base::format;

template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

std::string joined(std::initializer_list<std::string_view> parts, std::string_view separator) {
    std::string out;
    for (std::string_view part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += separator;
        out += part;
    }
    return out;
}

std::string table_text(const TableElement& table) {
    std::string out;
    for (const auto& row : table.rows) {
        if (!out.empty()) out += '\n';
        for (std::size_t i = 0; i < row.size(); ++i) out += (i ? " | " : "") + row[i];
    }
    return out;
}

}  // namespace

bool is_focusable(const Element& element) {
    return std::visit(Overloaded{
                          [](const RowElement&) { return true; },
                          [](const TileElement&) { return true; },
                          [](const HeadlineElement&) { return true; },
                          [](const ButtonElement&) { return true; },
                          [](const PinElement&) { return true; },
                          [](const TypedElement&) { return true; },
                          [](const LiveElement&) { return true; },
                          [](const ChoiceElement&) { return true; },
                          [](const auto&) { return false; },
                      },
                      element);
}

int number_of(const Element& element) {
    return std::visit(Overloaded{
                          [](const RowElement& row) { return row.number; },
                          [](const TileElement& tile) { return tile.number; },
                          [](const HeadlineElement& headline) { return headline.number; },
                          [](const auto&) { return 0; },
                      },
                      element);
}

std::string element_text(const Element& element) {
    return std::visit(
        Overloaded{
            [](const HeadingElement& heading) { return heading.text; },
            [](const ParagraphElement& paragraph) { return joined({paragraph.marker, paragraph.text}, " "); },
            [](const TableElement& table) { return table_text(table); },
            // In round brackets where the description stands for the picture.
            [](const PictureElement& picture) {
                return base::format_text(picture.image ? "[{}] {}" : "({}) {}", picture.alt, picture.caption);
            },
            [](const FactElement& fact) { return joined({fact.label, fact.value}, ": "); },
            [](const NumberElement& number) { return joined({number.label, number.number}, ": "); },
            [](const RowElement& row) {
                std::string number = row.number > 0 ? format("{}.", row.number) : "";
                std::string text = joined({number, row.badge, row.title, row.detail.empty() ? "" : "—", row.detail}, " ");
                for (const RowCell& cell : row.cells) text += " | " + joined({cell.lead, cell.text}, " ");
                return text;
            },
            [](const TileElement& tile) { return format("{}. {}", tile.number, tile.label); },
            [](const HeadlineElement& line) { return format("{}. {}: {}", line.number, line.label, line.text); },
            [](const ButtonElement& button) { return format("[{}]", button.label); },
            [](const PinElement& pin) {
                return std::string(static_cast<std::size_t>(pin.typed), '*') +
                       std::string(static_cast<std::size_t>(pin.length - pin.typed), '_');
            },
            [](const TypedElement& typed) { return typed.digits + "_"; },
            [](const LiveElement& live) { return live.text.empty() ? std::string("(television)") : format("({})", live.text); },
            [](const BannerElement& banner) {
                return joined({joined({banner.number, banner.channel}, " "), joined({banner.now_time, banner.now}, " "),
                               joined({banner.next_time, banner.next}, " "), banner.note},
                              " | ");
            },
            [](const StateElement& state) { return joined({state.sentence, state.hint}, "\n"); },
            // What it holds is for a telephone, not for a reader.
            [](const QrElement& code) { return format("[QR] {}", code.caption); },
            [](const AnnouncementElement& said) {
                std::string out = "! " + said.title;
                for (const std::string& sentence : said.sentences) out += "\n" + sentence;
                return out;
            },
            [](const ChoiceElement& choice) { return format("[{}]", choice.label); },
        },
        element);
}

std::string page_text(const Page& page) {
    std::string out = joined({page.status.place, page.status.time, page.status.freshness}, " | ") + "\n";
    if (!page.title.empty() || !page.position.empty()) out += joined({page.title, page.position}, "  ") + "\n";
    for (std::size_t i = 0; i < page.elements.size(); ++i) {
        bool has_focus = i == page.focus && is_focusable(page.elements[i]);
        out += (has_focus ? "> " : "  ") + element_text(page.elements[i]) + "\n";
    }
    std::string keys;
    for (const KeyHint& hint : page.legend) {
        if (!keys.empty()) keys += " · ";
        for (std::size_t i = 0; i < hint.keys.size(); ++i)
            keys += (i ? "/" : "") + std::string(input::key_name(hint.keys[i]));
        keys += " " + hint.text;
    }
    out += keys + "\n";
    if (!page.message.empty()) out += "! " + page.message + "\n";
    return out;
}

}  // namespace linli::app
