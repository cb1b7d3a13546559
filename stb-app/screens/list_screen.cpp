#include "stb-app/screens/list_screen.h"

#include <algorithm>

#include "stb-app/screens/legend.h"

namespace linli::app {

using input::Key;

Page ListScreen::frame_page() {
    Page page;
    page.id = id();
    page.title = title();
    // Room is kept for the widest position, so that pages do not depend on their number.
    page.position = "99 / 99";
    page.legend = list_legend(context_, choose_word(), own_keys());
    return page;
}

void ListScreen::load() {
    if (has_rows_) return;
    has_rows_ = true;
    std::string focused = focus_ < rows_.size() ? rows_[focus_].title : std::string();
    rows_ = rows();
    follow(focused);
    page_begins_.clear();
    for (RowElement& row : rows_) row.number = 1;  // room for the digit; which one depends on the page
    std::size_t begin = 0;
    if (!rows_.empty()) {
        Page frame = frame_page();
        for (const auto& page : context_.layouter->paginate(frame, frame, {rows_.begin(), rows_.end()})) {
            // A page never has more rows than digit keys.
            for (std::size_t first = 0; first < page.size(); first += 9) page_begins_.push_back(begin + first);
            begin += page.size();
        }
        focus_ = std::min(focus_, rows_.size() - 1);
    }
}

void ListScreen::follow(const std::string& title) {
    if (title.empty() || (focus_ < rows_.size() && rows_[focus_].title == title)) return;
    auto found = std::ranges::find(rows_, title, &RowElement::title);
    if (found != rows_.end()) focus_ = static_cast<std::size_t>(found - rows_.begin());
}

std::size_t ListScreen::page_of(std::size_t row) const {
    auto after = std::ranges::upper_bound(page_begins_, row);
    return static_cast<std::size_t>(after - page_begins_.begin()) - 1;
}

Page ListScreen::describe() {
    load();
    Page page = frame_page();
    page.position.clear();
    if (rows_.empty()) {
        std::vector<Element> elements{empty_state()};
        for (Element& extra : empty_extras()) elements.push_back(std::move(extra));
        state_pages_.describe(page, elements, context_.tr("Back"));
        return page;
    }
    std::size_t index = page_of(focus_);
    std::size_t begin = page_begins_[index];
    std::size_t end = index + 1 < page_count() ? page_begins_[index + 1] : rows_.size();
    for (std::size_t row = begin; row < end; ++row) {
        RowElement element = rows_[row];
        element.number = static_cast<int>(row - begin) + 1;
        page.elements.emplace_back(std::move(element));
    }
    page.focus = focus_ - begin;
    if (page_count() > 1) page.position = base::format("{} / {}", index + 1, page_count());
    return page;
}

void ListScreen::turn(int pages) {
    auto index = static_cast<std::ptrdiff_t>(page_of(focus_)) + pages;
    auto last = static_cast<std::ptrdiff_t>(page_count()) - 1;
    focus_ = page_begins_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(index, 0, last))];
}

Action ListScreen::press(Key key) {
    load();
    if (rows_.empty()) {
        if (key == Key::Green || key == Key::Yellow || key == Key::Blue) return press_own(key);
        return state_pages_.press(key);
    }
    if (auto digit = input::digit_of(key)) {
        std::size_t index = page_of(focus_);
        std::size_t end = index + 1 < page_count() ? page_begins_[index + 1] : rows_.size();
        std::size_t row = page_begins_[index] + static_cast<std::size_t>(*digit) - 1;
        if (*digit == 0 || row >= end) return Stay{};
        focus_ = row;
        return choose(row);
    }
    switch (key) {
        case Key::Up: focus_ = focus_ > 0 ? focus_ - 1 : rows_.size() - 1; return Stay{};
        case Key::Down: focus_ = focus_ + 1 < rows_.size() ? focus_ + 1 : 0; return Stay{};
        case Key::Left:
        case Key::PageUp:
        case Key::ChannelUp: turn(-1); return Stay{};
        case Key::Right:
        case Key::PageDown:
        case Key::ChannelDown: turn(+1); return Stay{};
        case Key::Ok: return choose(focus_);
        default: return press_own(key);
    }
}

}  // namespace linli::app
