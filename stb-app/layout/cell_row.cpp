#include "stb-app/layout/cell_row.h"

#include <algorithm>
#include <string>
#include <vector>

namespace linli::app {
namespace {

/// Of a title, in characters of the body.
constexpr Pixels kTitleCharacters = 7;
/// Narrower than this many characters a text is hard to read.
constexpr Pixels kLeastCellCharacters = 8;

class CellRow {
  public:
    CellRow(Pen& pen, const RowElement& row, const Rect& area, bool has_focus)
        : pen_(pen), theme_(pen.theme()), row_(row), cells_(row.cells), area_(area), has_focus_(has_focus), em_(theme_.body()) {
        Pixels pad = theme_.unit();
        Pixels number = row.number > 0 ? em_ + pad : 0;
        left_ = pad + number;
        width_ = area.width - left_ - 2 * pad;
        title_ = kTitleCharacters * em_;
        auto cells = static_cast<Pixels>(std::max<std::size_t>(1, row.cells.size()));
        column_ = (width_ - title_ - cells * pad) / cells;
        if (column_ >= least(em_)) {
            form_ = Form::Columns;
        } else if (width_ - title_ - pad >= least(em_)) {
            form_ = Form::TwoColumns;
            column_ = width_ - title_ - pad;
        } else {
            form_ = Form::Stack;
            title_ = column_ = width_;
        }
    }

    Pixels place() {
        shorten_cells();
        Pixels height = set(pen_.theme().scaled(5), nullptr);
        pen_.focusable_card({area_.x, area_.y, area_.width, height}, has_focus_);
        if (row_.number > 0)
            pen_.text(std::to_string(row_.number), theme_.font(theme_.small()), muted_color(has_focus_),
                      {area_.x + theme_.unit(), area_.y + theme_.scaled(5), em_, line()}, line(), Pen::Align::Center);
        return set(pen_.theme().scaled(5), &pen_);
    }

  private:
    enum class Form { Columns, TwoColumns, Stack };

    Pixels line() const { return Theme::line_height(em_); }
    Pixels least(Pixels em) { return lead_width(em) + kLeastCellCharacters * em; }

    /// As wide as any time of day.
    Pixels lead_width(Pixels em) { return pen_.text_width("00:00", theme_.font(em)) + theme_.unit(); }

    void shorten_cells() {
        if (cells_.empty() || area_.height <= 0) return;
        while (set(theme_.scaled(5), nullptr) > area_.height) {
            auto longest = std::ranges::max_element(cells_, {}, [](const RowCell& cell) { return cell.text.size(); });
            if (!leave_out_end(longest->text)) return;
        }
    }

    /// Sets title and cells from `pad` down, or only measures them; returns the height of the row.
    Pixels set(Pixels pad, Pen* pen) {
        Pixels top = area_.y + pad;
        Rect title{area_.x + left_, top, title_, 0};
        Pixels height = set_text(pen, row_.title, theme_.font(em_, text::Face::Bold), text_color(has_focus_), title, line());
        Pixels x = form_ == Form::Stack ? title.x : title.x + title_ + theme_.unit();
        Pixels y = form_ == Form::Stack ? top + height : top;
        Pixels bottom = top + height;
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            bool is_small = i > 0 && form_ != Form::Columns;
            Pixels cell = set_cell(pen, cells_[i], is_small ? theme_.small() : em_, i > 0, {x, y, column_, 0});
            bottom = std::max(bottom, y + cell);
            if (form_ == Form::Columns) x += column_ + theme_.unit();
            else y += cell;
        }
        return bottom - area_.y + pad;
    }

    Pixels set_cell(Pen* pen, const RowCell& cell, Pixels em, bool is_later, const Rect& area) {
        Color color = is_later ? muted_color(has_focus_) : text_color(has_focus_);
        Pixels line = Theme::line_height(em);
        Pixels lead = cell.lead.empty() ? 0 : lead_width(em);
        if (lead > 0) set_text(pen, cell.lead, theme_.font(em), muted_color(has_focus_), {area.x, area.y, lead, 0}, line);
        return set_text(pen, cell.text, theme_.font(em), color, {area.x + lead, area.y, area.width - lead, 0}, line);
    }

    Pixels set_text(Pen* pen, std::string_view text, text::FontSpec font, Color color, const Rect& area, Pixels line) {
        if (pen == nullptr) return pen_.text_height(text, font, area.width, line);
        return pen->text(text, font, color, area, line);
    }

    Pen& pen_;
    const Theme& theme_;
    const RowElement& row_;
    std::vector<RowCell> cells_;
    Rect area_;
    bool has_focus_;
    Pixels em_;
    Form form_ = Form::Columns;
    Pixels left_ = 0, width_ = 0, title_ = 0, column_ = 0;
};

}  // namespace

bool leave_out_end(std::string& text) {
    constexpr std::string_view kLeftOut = "…";
    if (text.size() <= kLeftOut.size()) return false;
    if (text.ends_with(kLeftOut)) text.resize(text.size() - kLeftOut.size());
    while ((static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
    text.pop_back();
    text += kLeftOut;
    return true;
}

Pixels place_cell_row(Pen& pen, const RowElement& row, const Rect& area, bool has_focus) {
    return CellRow(pen, row, area, has_focus).place();
}

}  // namespace linli::app
