#include "stb-app/layout/elements.h"

#include <algorithm>
#include <numeric>

#include "stb-app/layout/cell_row.h"
#include "stb-app/layout/qr_plate.h"
#include "stb-app/layout/typed_field.h"

namespace linli::app {
namespace {

/// Places the elements of a column, one function a kind.
class ElementPlacer {
  public:
    ElementPlacer(Pen& pen, const Rect& area, bool has_focus)
        : pen_(pen), theme_(pen.theme()), area_(area), has_focus_(has_focus) {}

    Pixels operator()(const HeadingElement& heading) {
        Pixels em = theme_.body();
        return pen_.text(heading.text, theme_.font(em, text::Face::Bold), colors::kHues[1], area_, Theme::line_height(em));
    }

    Pixels operator()(const ParagraphElement& paragraph) {
        bool is_muted = paragraph.tone == Tone::Muted;
        Pixels em = is_muted ? theme_.small() : theme_.body();
        Pixels line = Theme::reading_height(em);
        Pixels indent = paragraph_indent(pen_, paragraph);
        if (!paragraph.marker.empty())
            pen_.text(paragraph.marker, theme_.font(em, text::Face::Bold), colors::kHues[1], area_, line);
        Rect text_area{area_.x + indent, area_.y, area_.width - indent, area_.height};
        auto color = is_muted ? colors::kMuted : paragraph.tone == Tone::Important ? colors::kHues[1] : colors::kText;
        return pen_.text(paragraph.text, theme_.font(em), color, text_area, line);
    }

    Pixels operator()(const TableElement& table) {
        return table_fits(pen_, table, area_.width) ? place_grid(table) : place_as_list(table);
    }

    Pixels operator()(const PictureElement& picture) {
        text::FontSpec font = theme_.font(theme_.small());
        Pixels line = Theme::line_height(theme_.small());
        Pixels height = 0;
        if (picture.image != nullptr) {
            Size size = picture.image->size;
            Shape shape;
            shape.kind = Shape::Kind::Picture;
            shape.area = {area_.x + (area_.width - size.width) / 2, area_.y, size.width, size.height};
            shape.image = picture.image;
            pen_.add(std::move(shape));
            height = size.height + theme_.unit() / 2;
        } else {
            Pixels symbol_em = theme_.title();
            Pixels text_height = pen_.text_height(picture.alt, font, area_.width - 2 * theme_.unit(), line);
            height = symbol_em + text_height + 2 * theme_.unit();
            pen_.card({area_.x, area_.y, area_.width, height}, theme_.radius(), colors::kCard);
            pen_.symbol("image", symbol_em, colors::kMuted, {area_.x, area_.y + theme_.unit(), area_.width, symbol_em});
            pen_.text(picture.alt, font, colors::kMuted,
                      {area_.x + theme_.unit(), area_.y + theme_.unit() + symbol_em, area_.width - 2 * theme_.unit(), line},
                      line, Pen::Align::Center);
        }
        if (!picture.caption.empty())
            height += pen_.text(picture.caption, font, colors::kMuted, {area_.x, area_.y + height, area_.width, line}, line,
                                Pen::Align::Center);
        return height;
    }

    Pixels operator()(const FactElement& fact) {
        text::FontSpec label_font = theme_.font(theme_.small());
        Pixels line = Theme::reading_height(theme_.body());
        Pixels label_width = pen_.text_width(fact.label, label_font);
        Pixels column = theme_.body() * 6;
        bool is_beside = label_width + theme_.unit() <= column && column * 3 <= area_.width;
        pen_.text(fact.label, label_font, colors::kMuted, {area_.x, area_.y, area_.width, line}, line);
        Rect value = is_beside ? Rect{area_.x + column, area_.y, area_.width - column, 0}
                               : Rect{area_.x, area_.y + line, area_.width, 0};
        Pixels height = pen_.text(fact.value, theme_.font(theme_.body()), colors::kText, value, line);
        return is_beside ? height : height + line;
    }

    Pixels operator()(const NumberElement& number) {
        Pixels label_line = Theme::line_height(theme_.small());
        Pixels pad = theme_.unit();
        Rect inner{area_.x + 2 * pad, area_.y + pad, area_.width - 4 * pad, 0};
        // A number is never broken while it can be set smaller.
        Pixels em = theme_.number();
        while (em > theme_.small() &&
               pen_.text_width(number.number, theme_.font(em, text::Face::Bold)) > inner.width - em - pad)
            --em;
        text::FontSpec font = theme_.font(em, text::Face::Bold);
        Pixels symbol_width = em + pad;
        Rect text_area{inner.x + symbol_width, inner.y, inner.width - symbol_width, 0};
        Pixels label_height =
            number.label.empty() ? 0 : pen_.text_height(number.label, theme_.font(theme_.small()), text_area.width, label_line);
        Pixels number_height = pen_.text_height(number.number, font, text_area.width, Theme::line_height(em));
        Pixels height = label_height + number_height + 2 * pad;
        pen_.card({area_.x, area_.y, area_.width, height}, theme_.radius(), colors::kCard);
        pen_.symbol("phone", em, colors::kHues[4], {inner.x, area_.y, em, height});
        if (label_height > 0)
            pen_.text(number.label, theme_.font(theme_.small()), colors::kMuted, text_area, label_line);
        text_area.y += label_height;
        pen_.text(number.number, font, colors::kText, text_area, Theme::line_height(em));
        return height;
    }

    Pixels operator()(const RowElement& row) {
        if (!row.cells.empty()) return place_cell_row(pen_, row, area_, has_focus_);
        if (area_.height <= 0 || row_height(row, theme_.body()) <= area_.height) return place_row(row, theme_.body());
        // A name that is too long for the whole page is set smaller; of one that is so still, the end is left out.
        RowElement shorter = row;
        while (row_height(shorter, theme_.small()) > area_.height)
            if (!leave_out_end(shorter.title)) break;
        return place_row(shorter, theme_.small());
    }

    Pixels operator()(const PinElement& pin) {
        Pixels side = std::min(theme_.body() * 2, theme_.scaled(120));
        Pixels gap = 2 * theme_.unit();
        Pixels x = area_.x;
        for (int i = 0; i < pin.length; ++i) {
            bool is_here = i == std::min(pin.typed, pin.length - 1);
            Rect cell{x, area_.y + theme_.focus_growth(), side, side};
            pen_.focusable_card(cell, is_here && has_focus_);
            if (i < pin.typed)
                pen_.symbol("checkbox-blank-circle", side / 3, text_color(is_here && has_focus_), cell);
            x += side + gap;
        }
        return side + 2 * theme_.focus_growth();
    }

    Pixels operator()(const TypedElement& typed) { return place_typed(pen_, typed, area_, has_focus_); }

    Pixels operator()(const QrElement& code) { return place_qr(pen_, code, area_); }

    Pixels operator()(const StateElement& state) {
        Pixels line = Theme::reading_height(theme_.body());
        Pixels width = area_.width * 4 / 5;
        Pixels x = area_.x + (area_.width - width) / 2;
        Pixels words = pen_.text_height(state.sentence, theme_.font(theme_.body(), text::Face::Bold), width, line);
        if (!state.hint.empty()) words += pen_.text_height(state.hint, theme_.font(theme_.body()), width, line);
        // The symbol gives way to the words.
        Pixels largest = std::max(theme_.number(), theme_.small());
        Pixels symbol_em = std::clamp(area_.height - words - 2 * theme_.unit(), theme_.small(), largest);
        Pixels y = area_.y + theme_.unit();
        pen_.symbol(state.symbol, symbol_em, colors::kHues[1], {area_.x, y, area_.width, symbol_em});
        y += symbol_em + theme_.unit();
        y += pen_.text(state.sentence, theme_.font(theme_.body(), text::Face::Bold), colors::kText, {x, y, width, 0}, line,
                       Pen::Align::Center);
        if (!state.hint.empty())
            y += pen_.text(state.hint, theme_.font(theme_.body()), colors::kMuted, {x, y, width, 0}, line, Pen::Align::Center);
        return y - area_.y;
    }

    // Those of Home, the buttons and announcements have places of their own.
    Pixels operator()(const TileElement&) { return 0; }
    Pixels operator()(const HeadlineElement&) { return 0; }
    Pixels operator()(const ButtonElement&) { return 0; }
    Pixels operator()(const LiveElement&) { return 0; }
    Pixels operator()(const BannerElement&) { return 0; }
    Pixels operator()(const AnnouncementElement&) { return 0; }
    Pixels operator()(const ChoiceElement&) { return 0; }

  private:
    // --- rows ---

    /// A wide row has symbol, badge, title and detail on one line. A narrow one gives the title the whole width,
    /// leaves the symbol out and puts badge and detail on a small line below.
    struct RowLayout {
        bool is_narrow = false;
        Pixels text_x = 0;
        Pixels text_width = 0;
        Pixels title_height = 0;
        Pixels height = 0;
    };

    /// Narrower than this many characters, a title is hard to read.
    static constexpr Pixels kLeastTitleCharacters = 10;

    Pixels row_padding() const { return theme_.scaled(5); }
    text::FontSpec title_font(const RowElement& row, Pixels em) const {
        return theme_.font(em, row.is_done ? text::Face::Regular : text::Face::Bold);
    }
    text::FontSpec small_font() const { return theme_.font(theme_.small()); }
    Pixels small_line() const { return Theme::line_height(theme_.small()); }
    Pixels badge_width(const RowElement& row) {
        return row.badge.empty() ? 0 : pen_.text_width(row.badge, small_font()) + 2 * theme_.unit();
    }
    Pixels detail_width(const RowElement& row) {
        return row.detail.empty() ? 0 : pen_.text_width(row.detail, small_font()) + 1;
    }

    RowLayout arrange_row(const RowElement& row, Pixels em) {
        RowLayout layout;
        Pixels pad = theme_.unit();
        Pixels number = row.number > 0 ? em + pad : 0;
        Pixels symbol = row.symbol.empty() ? 0 : em + pad;
        Pixels badge = badge_width(row), detail = detail_width(row);
        Pixels whole = area_.width - 3 * pad - number;
        layout.text_x = pad + number + symbol + (badge > 0 ? badge + pad : 0);
        layout.text_width = area_.width - layout.text_x - 2 * pad - (detail > 0 ? detail + 2 * pad : 0);
        layout.is_narrow = layout.text_width < std::min(kLeastTitleCharacters * em, whole * 3 / 5);
        if (layout.is_narrow) {
            layout.text_x = pad + number;
            layout.text_width = whole;
        }
        layout.title_height = pen_.text_height(row.title, title_font(row, em), layout.text_width, Theme::line_height(em));
        layout.height = layout.title_height + 2 * row_padding();
        if (layout.is_narrow && (badge > 0 || detail > 0)) layout.height += detail_height(row, layout);
        return layout;
    }

    /// Of the small line of a narrow row; several lines where a detail is long.
    Pixels detail_height(const RowElement& row, const RowLayout& layout) {
        Pixels badge = badge_width(row);
        Pixels width = layout.text_width - (badge > 0 ? badge + theme_.unit() : 0);
        return std::max(small_line(), pen_.text_height(row.detail, small_font(), width, small_line()));
    }

    Pixels row_height(const RowElement& row, Pixels em) { return arrange_row(row, em).height; }

    Pixels place_row(const RowElement& row, Pixels em) {
        RowLayout layout = arrange_row(row, em);
        Pixels pad = theme_.unit();
        Pixels line = Theme::line_height(em);
        Rect card{area_.x, area_.y, area_.width, layout.height};
        pen_.focusable_card(card, has_focus_);

        Pixels top = card.y + row_padding();
        Rect first{card.x + pad, top, em, line};
        if (row.number > 0) {
            pen_.text(std::to_string(row.number), theme_.font(theme_.small()), muted_color(has_focus_), first, line,
                      Pen::Align::Center);
            first.x += em + pad;
        }
        if (!row.symbol.empty() && !layout.is_narrow) {
            Color color = has_focus_    ? colors::kTextOnFocus
                          : row.hue < 0 ? colors::kMuted
                                        : colors::kHues[row.hue % colors::kHueCount];
            pen_.symbol(row.symbol, em, color, first);
            first.x += em + pad;
        }
        Pixels x = card.x + layout.text_x;
        pen_.text(row.title, title_font(row, em), row.is_done ? muted_color(has_focus_) : text_color(has_focus_),
                  {x, top, layout.text_width, 0}, line);
        Pixels detail = detail_width(row);
        if (layout.is_narrow) {
            Pixels below = top + layout.title_height;
            Pixels badge = place_badge(row, x, below);
            pen_.text(row.detail, small_font(), muted_color(has_focus_), {x + badge, below, layout.text_width - badge, 0},
                      small_line());
        } else {
            place_badge(row, first.x, top + (line - small_line()) / 2);
            pen_.text(row.detail, small_font(), muted_color(has_focus_), {card.right() - 2 * pad - detail, top, detail, 0}, line);
        }
        return layout.height;
    }

    /// Returns how far what follows is moved to the right.
    Pixels place_badge(const RowElement& row, Pixels x, Pixels y) {
        if (row.badge.empty()) return 0;
        Rect badge{x, y, badge_width(row), small_line()};
        pen_.card(badge, theme_.radius() / 2, row.badge_tone == Tone::Urgent ? colors::kUrgent : colors::kImportant);
        pen_.text(row.badge, small_font(), colors::kText, badge, small_line(), Pen::Align::Center);
        return badge.width + theme_.unit();
    }

    // --- tables ---

    Pixels place_grid(const TableElement& table) {
        Pixels em = theme_.small();
        Pixels line = Theme::line_height(em);
        Pixels pad = theme_.unit();
        std::vector<Pixels> widths = column_widths(pen_, table, area_.width);
        Pixels y = area_.y;
        for (std::size_t r = 0; r < table.rows.size(); ++r) {
            bool is_heading = r == 0;
            text::FontSpec font = theme_.font(em, is_heading ? text::Face::Bold : text::Face::Regular);
            Pixels height = 0;
            for (std::size_t c = 0; c < widths.size(); ++c)
                height = std::max(height, pen_.text_height(table.rows[r][c], font, widths[c] - 2 * pad, line));
            height += pad;
            pen_.card({area_.x, y, area_.width, height}, theme_.radius() / 2,
                      is_heading ? colors::kRule : colors::kCard);
            Pixels x = area_.x;
            for (std::size_t c = 0; c < widths.size(); ++c) {
                pen_.text(table.rows[r][c], font, colors::kText, {x + pad, y + pad / 2, widths[c] - 2 * pad, 0}, line);
                x += widths[c];
            }
            y += height + theme_.scaled(4);
        }
        return y - area_.y;
    }

    Pixels place_as_list(const TableElement& table) {
        Pixels em = theme_.small();
        Pixels line = Theme::line_height(em);
        Pixels pad = theme_.unit();
        Pixels y = area_.y;
        for (std::size_t r = 1; r < table.rows.size(); ++r) {
            Pixels top = y;
            std::vector<std::string> lines;
            for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
                const std::string& heading = c < table.rows[0].size() ? table.rows[0][c] : std::string();
                lines.push_back(heading.empty() ? table.rows[r][c] : heading + "  " + table.rows[r][c]);
            }
            Pixels height = pad;
            for (const std::string& text : lines)
                height += pen_.text_height(text, theme_.font(em), area_.width - 2 * pad, line);
            pen_.card({area_.x, top, area_.width, height}, theme_.radius() / 2, colors::kCard);
            y += pad / 2;
            for (const std::string& text : lines)
                y += pen_.text(text, theme_.font(em), colors::kText, {area_.x + pad, y, area_.width - 2 * pad, 0}, line);
            y = top + height + theme_.unit() / 2;
        }
        return y - area_.y;
    }

  public:
    /// Columns as wide as their longest cell asks, and what is left over shared out; where there is too little,
    /// wide columns give way first.
    static std::vector<Pixels> column_widths(Pen& pen, const TableElement& table, Pixels width) {
        const Theme& theme = pen.theme();
        text::FontSpec font = theme.font(theme.small(), text::Face::Bold);
        std::size_t columns = table.rows.empty() ? 0 : table.rows[0].size();
        std::vector<Pixels> widths(columns, 0);
        for (const auto& row : table.rows)
            for (std::size_t c = 0; c < std::min(columns, row.size()); ++c)
                widths[c] = std::max(widths[c], pen.text_width(row[c], font) + 2 * theme.unit() + 2);
        Pixels total = std::accumulate(widths.begin(), widths.end(), 0);
        while (total > width) {
            auto widest = std::ranges::max_element(widths);
            Pixels give = std::min(total - width, std::max(1, *widest / 8));
            *widest -= give;
            total -= give;
        }
        for (Pixels& column : widths) column += (width - total) / static_cast<Pixels>(columns);
        return widths;
    }

  private:
    Pen& pen_;
    const Theme& theme_;
    Rect area_;
    bool has_focus_;
};

template <typename Kind>
bool is(const Element& element) {
    return std::holds_alternative<Kind>(element);
}

}  // namespace

Pixels place_element(Pen& pen, const Element& element, const Rect& area, bool has_focus) {
    return std::visit(ElementPlacer(pen, area, has_focus), element);
}

Pixels paragraph_indent(Pen& pen, const ParagraphElement& paragraph) {
    const Theme& theme = pen.theme();
    if (!paragraph.is_indented && paragraph.marker.empty()) return 0;
    // As wide as "10." in any case, so that the items of one list stand under each other.
    Pixels em = paragraph.tone == Tone::Muted ? theme.small() : theme.body();
    return std::max(em * 3 / 2, pen.text_width(paragraph.marker, theme.font(em, text::Face::Bold)) + em / 3);
}

Pixels gap_between(const Theme& theme, const Element& above, const Element& below) {
    if (is<RowElement>(above) && is<RowElement>(below)) return theme.scaled(8);
    if (is<HeadingElement>(below)) return theme.body() * 3 / 4;
    if (is<HeadingElement>(above)) return theme.body() / 4;
    if (is<FactElement>(above) && is<FactElement>(below)) return theme.unit() / 2;
    // Items of a list stand closer than paragraphs.
    const auto* marked = std::get_if<ParagraphElement>(&below);
    if (marked != nullptr && !marked->marker.empty() && is<ParagraphElement>(above)) return theme.body() / 5;
    return theme.body() / 2;
}

bool table_fits(Pen& pen, const TableElement& table, Pixels width) {
    // Narrower than five characters a column is read more easily as a list.
    Pixels least = pen.theme().small() * 5 + 2 * pen.theme().unit();
    std::vector<Pixels> widths = ElementPlacer::column_widths(pen, table, width);
    Pixels needed = 0;
    text::FontSpec font = pen.theme().font(pen.theme().small(), text::Face::Bold);
    for (std::size_t c = 0; c < widths.size(); ++c) {
        Pixels natural = 0;
        for (const auto& row : table.rows)
            if (c < row.size()) natural = std::max(natural, pen.text_width(row[c], font) + 2 * pen.theme().unit() + 2);
        if (widths[c] < std::min(natural, least)) return false;
        needed += std::min(natural, least);
    }
    return needed <= width;
}

}  // namespace linli::app
