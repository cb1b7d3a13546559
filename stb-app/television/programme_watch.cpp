#include "stb-app/television/programme_watch.h"

#include "stb-app/screens/tv_guide/guide_words.h"
#include "stb-app/words.h"

namespace linli::app {

namespace {

/// How long it is told of a programme whose end is not known any more.
constexpr std::chrono::minutes kTold{30};

}  // namespace

ProgrammeWatch::Due ProgrammeWatch::tick() {
    auto now = context_.now();
    if (!now || context_.reminders == nullptr || context_.guide == nullptr) return {};
    Due due;
    std::size_t before = context_.reminders->all().size();
    for (const epg::Reminder& reminder : context_.reminders->take_due(*now, kAhead)) {
        bool is_watched = context_.viewing != nullptr && context_.viewing->channel() != nullptr &&
                          context_.viewing->channel()->id == reminder.key.channel;
        bool is_received = context_.guide->channel(reminder.key.channel) != nullptr;
        if (reminder.mode == epg::ReminderMode::Switch && !is_watched && is_received) due.channel = reminder.key.channel;
        announce(reminder);
    }
    due.has_changed = context_.reminders->all().size() != before;
    return due;
}

std::optional<std::chrono::sys_seconds> ProgrammeWatch::next() const {
    if (context_.reminders == nullptr) return std::nullopt;
    auto start = context_.reminders->next_start();
    return start ? std::optional(*start - kAhead) : std::nullopt;
}

void ProgrammeWatch::announce(const epg::Reminder& reminder) {
    auto event = context_.guide->event(reminder.key);
    std::string channel = channel_name(context_, reminder.key.channel);
    Announcement announcement;
    announcement.id = base::format("programme {} {}", reminder.key.channel.str(), reminder.key.start.time_since_epoch().count());
    announcement.symbol = "bell";
    announcement.title = reminder.title;
    announcement.until = event ? event->end() : reminder.key.start + kTold;
    std::string time = words::time_of_day(reminder.key.start);
    if (context_.guide->channel(reminder.key.channel) == nullptr) {
        announcement.sentences = {context_.tr("Begins at {}. Its channel is not received any more.", time)};
    } else if (reminder.mode == epg::ReminderMode::Switch) {
        // Translators: {0} time of day, {1} channel.
        announcement.sentences = {context_.tr("Begins at {0}. The television has switched over to {1}, as you wished.", time, channel)};
    } else {
        // Translators: {0} time of day, {1} channel.
        announcement.sentences = {context_.tr("Begins at {0} on {1}.", time, channel)};
        announcement.choices = {{context_.tr("Watch"), [id = reminder.key.channel] { return Action(Watch{id}); }},
                                {context_.tr("Put away"), {}}};
    }
    announcements_.add(std::move(announcement));
}

}  // namespace linli::app
