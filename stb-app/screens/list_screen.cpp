#include "stb-app/screens/list_screen.h"

#include <algorithm>

namespace linli::app {

using input::Key;

namespace {

/// How far from its place the focused row is looked for when others have come or gone.
constexpr std::size_t kFollowedRows = 100;

}  // namespace

Page ListScreen::frame_page() {
    Page page;
    page.id = id();
    page.title = title();
    // Room is kept for the widest position, so that pages do not depend on their number.
    page.position = "999–999 / 999";
    page.legend = legend(Pages::Several);
    page.elements = head();
    return page;
}

void ListScreen::start_again() {
    focus_ = 0;
    focused_title_.clear();
    state_pages_.start_again();
    reload();
}

void ListScreen::load() {
    if (has_rows_) return;
    has_rows_ = true;
    count_ = load_rows();
    page_begins_ = {0};
    if (count_ == 0) return;
    focus_ = std::min(focus_, count_ - 1);
    follow_focused_row();
}

void ListScreen::follow_focused_row() {
    if (focused_title_.empty()) return;
    auto is_it = [this](std::size_t index) { return row(index, RowUse::Measured).title == focused_title_; };
    for (std::size_t away = 0; away < kFollowedRows; ++away) {
        if (focus_ >= away && is_it(focus_ - away)) return void(focus_ -= away);
        if (focus_ + away < count_ && is_it(focus_ + away)) return void(focus_ += away);
    }
}

ListScreen::Extent ListScreen::page_with(std::size_t wanted) {
    // A list of thousands is not measured to its end to show its beginning.
    Page frame = frame_page();
    while (page_begins_.back() <= wanted && page_begins_.back() < count_) {
        std::size_t begin = page_begins_.back();
        page_begins_.push_back(begin + context_.layouter->rows_on_page(frame, begin, count_, [this](std::size_t index) {
            RowElement element = row(index, RowUse::Measured);
            element.number = has_numbers() ? 1 : 0;  // room for the digit; which one depends on the page
            return element;
        }));
    }
    auto after = std::ranges::upper_bound(page_begins_, wanted);
    return {*(after - 1), *after};
}

std::size_t ListScreen::rows_that_fit(std::size_t count, const std::function<RowElement(std::size_t)>& row) {
    return context_.layouter->rows_on_page(frame_page(), 0, count, row);
}

void ListScreen::describe_empty(Page& page) {
    state_pages_.describe(page, empty_elements(), context_.tr("Back"));
}

Page ListScreen::describe() {
    load();
    Page page = frame_page();
    page.position.clear();
    if (count_ == 0) {
        describe_empty(page);
        return page;
    }
    Extent extent = page_with(focus_);
    page.focus = page.elements.size() + focus_ - extent.begin;
    for (std::size_t index = extent.begin; index < extent.end; ++index) {
        RowElement element = row(index, RowUse::Shown);
        element.number = has_numbers() ? static_cast<int>(index - extent.begin) + 1 : 0;
        page.elements.emplace_back(std::move(element));
    }
    focused_title_ = std::get<RowElement>(page.elements[page.focus]).title;
    if (extent.end - extent.begin == count_)
        page.legend = legend(Pages::One);
    else
        page.position = base::format("{}–{} / {}", extent.begin + 1, extent.end, count_);
    return page;
}

void ListScreen::turn(int pages) {
    Extent extent = page_with(focus_);
    if (pages > 0 && extent.end < count_) focus_ = extent.end;
    if (pages < 0 && extent.begin > 0) focus_ = page_with(extent.begin - 1).begin;
}

Action ListScreen::press(Key key) {
    load();
    if (take(key)) return Stay{};
    if (count_ == 0) {
        if (key == Key::Green || key == Key::Yellow || key == Key::Blue) return press_own(key);
        return state_pages_.press(key);
    }
    if (auto digit = input::digit_of(key)) {
        Extent extent = page_with(focus_);
        std::size_t chosen = extent.begin + static_cast<std::size_t>(*digit) - 1;
        if (*digit == 0 || chosen >= extent.end) return Stay{};
        focus_ = chosen;
        return choose(chosen);
    }
    switch (key) {
        case Key::Up: focus_ = focus_ > 0 ? focus_ - 1 : count_ - 1; return Stay{};
        case Key::Down: focus_ = focus_ + 1 < count_ ? focus_ + 1 : 0; return Stay{};
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
