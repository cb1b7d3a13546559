// Splits the elements of a page over as many pages as they need.

#include <algorithm>
#include <optional>

#include "stb-app/layout/chrome.h"
#include "stb-app/layout/elements.h"
#include "stb-app/layout/layouter.h"

namespace linli::app {
namespace {

/// Fewer lines of a paragraph than this do not stand alone at the foot or head of a page.
constexpr std::size_t kLeastLines = 2;

class Paginator {
  public:
    Paginator(const Theme& theme, text::Typesetter& typesetter, Rect first, Pixels rest_height)
        : theme_(theme),
          typesetter_(typesetter),
          ruler_(theme, typesetter, nullptr),
          body_(first),
          rest_height_(rest_height) {}

    std::vector<std::vector<Element>> split(std::vector<Element> elements) {
        for (Element& element : elements) add(std::move(element));
        end_page();
        if (pages_.empty()) pages_.emplace_back();
        return std::move(pages_);
    }

  private:
    Pixels measure(const Element& element) {
        return place_element(ruler_, element, {body_.x, 0, body_.width, body_.height}, false);
    }

    Pixels room_after(const Element& element) const {
        Pixels gap = page_.empty() ? 0 : gap_between(theme_, page_.back(), element);
        return body_.height - used_ - gap;
    }

    void put(Element element, Pixels height) {
        used_ = body_.height - room_after(element) + height;
        page_.push_back(std::move(element));
    }

    bool has_only_headings() const {
        return std::ranges::all_of(page_, [](const Element& element) { return std::holds_alternative<HeadingElement>(element); });
    }

    /// A long title may leave no room under it: then it has the first page to itself.
    void leave_first_page_to_title(Pixels height) {
        if (!pages_.empty() || !page_.empty() || height <= body_.height || rest_height_ <= body_.height) return;
        pages_.emplace_back();
        body_.height = rest_height_;
    }

    void end_page() {
        if (page_.empty()) return;
        // A heading at the foot goes with what it is the heading of.
        std::vector<Element> carried;
        while (page_.size() > 1 && std::holds_alternative<HeadingElement>(page_.back())) {
            carried.insert(carried.begin(), std::move(page_.back()));
            page_.pop_back();
        }
        pages_.push_back(std::move(page_));
        body_.height = rest_height_;
        page_.clear();
        used_ = 0;
        for (Element& element : carried) put(element, measure(element));
    }

    void add(Element element) {
        Pixels height = measure(element);
        if (height <= room_after(element)) return put(std::move(element), height);
        if (auto* paragraph = std::get_if<ParagraphElement>(&element)) return add_in_pieces(std::move(*paragraph));
        if (auto* table = std::get_if<TableElement>(&element)) return add_in_pieces(std::move(*table));
        if (!page_.empty() && !has_only_headings()) end_page();
        if (height > room_after(element)) {
            // What fills more than a page reads on as text.
            if (auto* fact = std::get_if<FactElement>(&element)) return add_as_text(std::move(*fact));
            if (auto* state = std::get_if<StateElement>(&element)) return add_as_text(std::move(*state));
            if (!page_.empty()) end_page();
            leave_first_page_to_title(height);
        }
        auto* picture = std::get_if<PictureElement>(&element);
        if (picture != nullptr && height > room_after(element) && !picture->caption.empty())
            return add_in_pieces(std::move(*picture));
        put(std::move(element), height);
    }

    void add_in_pieces(ParagraphElement paragraph) {
        for (;;) {
            Element whole = paragraph;
            Pixels height = measure(whole);
            Pixels room = room_after(whole);
            if (height <= room) return put(std::move(whole), height);

            bool is_muted = paragraph.tone == Tone::Muted;
            Pixels em = is_muted ? theme_.small() : theme_.body();
            Pixels line = Theme::reading_height(em);
            auto fitting = static_cast<std::size_t>(std::max(0, room / line));
            auto lines = static_cast<std::size_t>(height / line);
            // Leave company for the last line, and do not begin with a lone one.
            if (fitting + kLeastLines > lines && lines > kLeastLines) fitting = std::min(fitting, lines - kLeastLines);
            if (fitting < kLeastLines) {
                if (!page_.empty() && !has_only_headings()) {
                    std::size_t before = pages_.size();
                    end_page();
                    if (pages_.size() > before && room_after(whole) > room) continue;
                }
                if (room_after(whole) < line) end_page();
                leave_first_page_to_title(line);
                fitting = std::max<std::size_t>(1, static_cast<std::size_t>(std::max(0, room_after(whole) / line)));
                if (fitting >= lines) return put(std::move(whole), height);
            }
            std::size_t cut = end_of_line(paragraph, em, fitting);
            if (cut == 0 || cut >= paragraph.text.size()) return put(std::move(whole), height);
            ParagraphElement piece = paragraph;
            piece.text = paragraph.text.substr(0, cut);
            put(piece, measure(piece));
            paragraph.text = paragraph.text.substr(paragraph.text.find_first_not_of(' ', cut));
            paragraph.is_indented = paragraph.is_indented || !paragraph.marker.empty();
            paragraph.marker.clear();
            end_page();
        }
    }

    void add_as_text(FactElement fact) {
        if (!fact.label.empty()) fact.label += "  ";
        add(ParagraphElement{.text = fact.label + fact.value});
    }

    void add_in_pieces(PictureElement picture) {
        ParagraphElement caption{.text = std::move(picture.caption), .tone = Tone::Muted};
        picture.caption.clear();
        put(picture, measure(picture));
        add(std::move(caption));
    }

    void add_as_text(StateElement state) {
        StateElement first{state.symbol, state.sentence, ""};
        if (!state.hint.empty() && measure(first) <= body_.height)
            add(std::move(first));
        else
            add(ParagraphElement{.text = std::move(state.sentence)});
        if (!state.hint.empty()) add(ParagraphElement{.text = std::move(state.hint)});
    }

    /// Where, in bytes, the first `lines` lines of the paragraph end.
    std::size_t end_of_line(const ParagraphElement& paragraph, Pixels em, std::size_t lines) {
        Pixels indent = paragraph_indent(ruler_, paragraph);
        auto set = typesetter_.set(paragraph.text, theme_.font(em), static_cast<float>(body_.width - indent));
        return lines <= set.size() ? set[lines - 1].end : paragraph.text.size();
    }

    /// A table is split between rows, and its heading stands over each part.
    void add_in_pieces(TableElement table) {
        TableElement part{{table.rows.front()}};
        for (std::size_t r = 1; r < table.rows.size(); ++r) {
            TableElement longer = part;
            longer.rows.push_back(table.rows[r]);
            Element candidate = longer;
            if (measure(candidate) > room_after(candidate)) {
                if (part.rows.size() > 1) put(part, measure(part));
                if (!page_.empty()) end_page();
                longer.rows = {table.rows.front(), table.rows[r]};
            }
            part = std::move(longer);
        }
        if (part.rows.size() > 1) put(part, measure(part));
    }

    const Theme& theme_;
    text::Typesetter& typesetter_;
    Pen ruler_;
    /// Of the page that is being filled.
    Rect body_;
    Pixels rest_height_;
    std::vector<std::vector<Element>> pages_;
    std::vector<Element> page_;
    Pixels used_ = 0;
};

}  // namespace

std::vector<std::vector<Element>> Layouter::paginate(const Page& first, const Page& rest, std::vector<Element> elements) {
    Pen ruler(theme_, typesetter_, nullptr);
    auto room = [&](const Page& page) {
        Page shown = with_status(page);
        return place_buttons(ruler, shown, place_chrome(ruler, shown), nullptr);
    };
    return Paginator(theme_, typesetter_, room(first), room(rest).height).split(std::move(elements));
}

void Layouter::keep_number_with_state(Page& first, std::vector<Element>& elements) {
    if (elements.size() < 2 || !std::holds_alternative<NumberElement>(elements[1])) return;
    const auto* state = std::get_if<StateElement>(&elements[0]);
    if (state == nullptr || paginate(first, first, {elements[0], elements[1]}).size() == 1) return;
    first.title = state->sentence;
    ParagraphElement hint{.text = state->hint};
    elements.erase(elements.begin());
    if (!hint.text.empty()) elements.insert(elements.begin() + 1, std::move(hint));
}

std::size_t Layouter::rows_on_page(const Page& page, std::size_t first, std::size_t count,
                                   const std::function<RowElement(std::size_t)>& row) {
    constexpr std::size_t kDigitKeys = 9;
    Pen ruler(theme_, typesetter_, nullptr);
    Page shown = with_status(page);
    Rect body = place_buttons(ruler, shown, place_chrome(ruler, shown), nullptr);
    for (std::size_t i = 0; i < page.elements.size(); ++i) {
        const Element next = i + 1 < page.elements.size() ? page.elements[i + 1] : RowElement{};
        body.height -= place_element(ruler, page.elements[i], body, false) + gap_between(theme_, page.elements[i], next);
    }
    Pixels gap = gap_between(theme_, RowElement{}, RowElement{});
    Pixels used = 0;
    std::size_t fitting = 0;
    for (; fitting < kDigitKeys && first + fitting < count; ++fitting) {
        Pixels height = place_element(ruler, row(first + fitting), {body.x, 0, body.width, body.height}, false);
        used += fitting == 0 ? height : gap + height;
        if (used > body.height && fitting > 0) break;
    }
    return fitting;
}

}  // namespace linli::app
