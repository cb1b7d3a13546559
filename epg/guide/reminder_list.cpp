#include "epg/guide/reminder_list.h"

#include <algorithm>
#include <iterator>

namespace linli::epg {

using namespace std::chrono;

namespace {

/// Whether something changed.
bool take_over(const Event& event, Reminder& reminder) {
    if (event.start == reminder.key.start && event.title == reminder.title) return false;
    reminder.key.start = event.start;
    reminder.title = event.title;
    return true;
}

}  // namespace

ReminderList::ReminderList(std::vector<Reminder> reminders) : reminders_(std::move(reminders)) {
    if (reminders_.size() > kMost) reminders_.resize(kMost);
    sort();
}

void ReminderList::sort() {
    std::ranges::sort(reminders_, {}, [](const Reminder& one) { return std::pair(one.key.start, one.key.channel); });
    // Two that moved to the same event are one.
    auto rest = std::ranges::unique(reminders_, {}, &Reminder::key);
    reminders_.erase(rest.begin(), rest.end());
}

const Reminder* ReminderList::find(const EventKey& key) const {
    auto found = std::ranges::find(reminders_, key, &Reminder::key);
    return found == reminders_.end() ? nullptr : &*found;
}

bool ReminderList::set(const Event& event, ReminderMode mode) {
    remove(event.key());
    if (reminders_.size() >= kMost) return false;
    reminders_.push_back({event.key(), event.id, event.title, mode});
    sort();
    return true;
}

bool ReminderList::remove(const EventKey& key) {
    return std::erase_if(reminders_, [&](const Reminder& one) { return one.key == key; }) > 0;
}

bool ReminderList::follow(const Guide& guide) {
    bool has_changed = false;
    for (Reminder& one : reminders_) {
        auto moved = guide.event_of_id(one.key.channel, one.event_id, one.key.start, kFollowed);
        // Some head-ends give every event the same id: then the title tells.
        bool is_same = moved && (moved->start == one.key.start || moved->title == one.title);
        auto event = is_same ? std::move(moved) : guide.event(one.key);
        if (event) has_changed = take_over(*event, one) || has_changed;
    }
    if (has_changed) sort();
    return has_changed;
}

std::vector<Reminder> ReminderList::take_due(sys_seconds now, seconds ahead) {
    auto first_later = std::ranges::find_if(reminders_, [&](const Reminder& one) { return one.key.start > now + ahead; });
    std::vector<Reminder> due;
    std::copy_if(reminders_.begin(), first_later, std::back_inserter(due),
                 [&](const Reminder& one) { return one.key.start + kLate >= now; });
    reminders_.erase(reminders_.begin(), first_later);
    return due;
}

std::optional<sys_seconds> ReminderList::next_start() const {
    if (reminders_.empty()) return std::nullopt;
    return reminders_.front().key.start;
}

}  // namespace linli::epg
