#include "stb-app/screens/state_pages.h"

#include <algorithm>
#include <iterator>

#include "stb-app/screens/legend.h"

namespace linli::app {

using input::Key;

void StatePages::describe(Page& page, std::vector<Element> elements, const std::string& last) {
    // Room for whichever button and legend is the larger.
    Page first = page;
    first.position = "99 / 99";
    first.elements = {ButtonElement{context_.tr("Next page")}};
    first.legend = text_legend(context_, Pages::Several, context_.tr("Next page"));
    context_.layouter->keep_number_with_state(first, elements);
    page.title = first.title;
    Page rest = first;
    rest.title.clear();
    auto pages = context_.layouter->paginate(first, rest, std::move(elements));
    count_ = pages.size();
    index_ = std::min(index_, count_ - 1);

    bool is_last = index_ + 1 == count_;
    std::string label = is_last ? last : context_.tr("Next page");
    if (index_ > 0) page.title.clear();
    if (count_ > 1) page.position = base::format("{} / {}", index_ + 1, count_);
    std::ranges::move(pages[index_], std::back_inserter(page.elements));
    page.focus = page.elements.size();
    page.elements.push_back(ButtonElement{label});
    page.legend = text_legend(context_, count_ > 1 ? Pages::Several : Pages::One, label);
}

Action StatePages::press(Key key) {
    switch (key) {
        case Key::Ok:
            if (index_ + 1 == count_) return GoBack{};
            ++index_;
            break;
        case Key::Down:
        case Key::Right:
        case Key::PageDown:
        case Key::ChannelDown: index_ = std::min(index_ + 1, count_ - 1); break;
        case Key::Up:
        case Key::Left:
        case Key::PageUp:
        case Key::ChannelUp: index_ -= index_ > 0 ? 1 : 0; break;
        default: break;
    }
    return Stay{};
}

}  // namespace linli::app
