#include "stb-app/announcements/announcement_queue.h"

#include <algorithm>
#include <utility>

namespace linli::app {

using input::Key;

void AnnouncementQueue::add(Announcement announcement) {
    auto same = std::ranges::find(waiting_, announcement.id, &Announcement::id);
    if (same == waiting_.end()) return waiting_.push_back(std::move(announcement));
    if (same == waiting_.begin()) choice_ = 0;
    *same = std::move(announcement);
}

void AnnouncementQueue::withdraw(std::string_view id) {
    auto found = std::ranges::find(waiting_, id, &Announcement::id);
    if (found == waiting_.end()) return;
    if (found == waiting_.begin()) choice_ = 0;
    waiting_.erase(found);
}

std::vector<std::string> AnnouncementQueue::labels() const {
    std::vector<std::string> labels;
    for (const auto& choice : waiting_.front().choices) labels.push_back(choice.label);
    if (labels.empty()) labels.push_back(context_.tr("I have read it"));
    return labels;
}

Announcement AnnouncementQueue::take() {
    Announcement taken = std::move(waiting_.front());
    waiting_.pop_front();
    choice_ = 0;
    return taken;
}

Action AnnouncementQueue::choose(std::size_t choice) {
    // First off the queue: what follows may announce the next thing.
    Announcement read = take();
    if (read.on_put_away) read.on_put_away();
    if (choice < read.choices.size() && read.choices[choice].act) return read.choices[choice].act();
    return Stay{};
}

std::optional<Action> AnnouncementQueue::press(Key key) {
    if (waiting_.empty()) return std::nullopt;
    switch (key) {
        case Key::Ok: return choose(choice_);
        case Key::Back: {
            Announcement read = take();
            if (read.on_put_away) read.on_put_away();
            return Stay{};
        }
        case Key::Left: choice_ -= choice_ > 0 ? 1 : 0; return Stay{};
        case Key::Right: choice_ = std::min(choice_ + 1, labels().size() - 1); return Stay{};
        // The focus is not on the page.
        case Key::Up:
        case Key::Down: return Stay{};
        default: return std::nullopt;
    }
}

void AnnouncementQueue::expire() {
    auto now = context_.now();
    if (!now || waiting_.empty()) return;
    auto is_over = [now](const Announcement& one) { return one.until && *one.until <= *now; };
    if (is_over(waiting_.front())) choice_ = 0;
    std::erase_if(waiting_, is_over);
}

std::optional<std::chrono::sys_seconds> AnnouncementQueue::next_end() const {
    std::optional<std::chrono::sys_seconds> next;
    for (const Announcement& one : waiting_)
        if (one.until) next = std::min(next.value_or(*one.until), *one.until);
    return next;
}

void AnnouncementQueue::describe(Page& page) const {
    if (waiting_.empty()) return;
    const Announcement& shown = waiting_.front();
    page.elements.push_back(AnnouncementElement{shown.symbol, shown.title, shown.sentences});
    std::vector<std::string> all = labels();
    page.focus = page.elements.size() + choice_;
    page.legend_below = std::exchange(page.legend, {});
    if (all.size() > 1) page.legend.push_back({{Key::Left, Key::Right}, context_.tr("Select")});
    page.legend.push_back({{Key::Ok}, all[choice_]});
    page.legend.push_back({{Key::Back}, context_.tr("Put away")});
    for (std::string& label : all) page.elements.push_back(ChoiceElement{std::move(label)});
}

}  // namespace linli::app
