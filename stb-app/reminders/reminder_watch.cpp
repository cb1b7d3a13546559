#include "stb-app/reminders/reminder_watch.h"

#include <algorithm>

#include "middleware/base/local_time.h"
#include "stb-app/words.h"

namespace linli::app {

using namespace std::chrono;
using platform::Reminder;

namespace {

constexpr minutes kRhythm{30};
/// After an answer that did not come.
constexpr minutes kRetry{5};
/// Boxes that were switched on together do not ask together.
constexpr int kSpreadSeconds = 300;

constexpr int kFirstDecentHour = 8;
constexpr int kEndOfDecentHours = 21;

bool is_decent(sys_seconds time) {
    int hour = base::to_local(time).hour;
    return hour >= kFirstDecentHour && hour < kEndOfDecentHours;
}

sys_seconds next_decent(sys_seconds night) {
    base::LocalTime local = base::to_local(night);
    auto date = sys_days(local.date) + days(local.hour >= kEndOfDecentHours ? 1 : 0);
    return base::from_local(date, kFirstDecentHour, 0);
}

std::string announcement_id(const Reminder& reminder) { return "appointment " + reminder.number; }

std::string name_of(const Reminder& reminder, int kind) {
    return base::format("{} {} {}", reminder.number, reminder.start.time_since_epoch().count(), kind);
}

}  // namespace

ReminderWatch::ReminderWatch(Context& context, AnnouncementQueue& announcements)
    : context_(context), announcements_(announcements), next_question_(context.clock.steady()) {}

void ReminderWatch::ask_soon() { next_question_ = context_.clock.steady(); }

void ReminderWatch::ask_when_due() {
    if (context_.appointments == nullptr || context_.clock.steady() < next_question_) return;
    ticket_ = context_.appointments->ask_reminders();
    next_question_ = context_.clock.steady() + kRhythm + seconds(random_() % (2 * kSpreadSeconds)) - seconds(kSpreadSeconds);
}

void ReminderWatch::hear(const platform::AppointmentAnswer& answer) {
    // A change that this box made.
    if (std::holds_alternative<platform::Appointment>(answer.result)) ask_soon();
    if (ticket_ == 0 || answer.ticket != ticket_) return;
    ticket_ = 0;
    if (const auto* reminders = std::get_if<std::vector<Reminder>>(&answer.result)) {
        adopt(*reminders);
    } else {
        // What is known is still told.
        auto retry = context_.clock.steady() + kRetry + seconds(random_() % kSpreadSeconds);
        next_question_ = std::min(next_question_, retry);
    }
}

void ReminderWatch::adopt(std::vector<Reminder> reminders) {
    reminders_ = std::move(reminders);
    // One that was called off, or is at another time now, is not to stay on the screen.
    std::erase_if(announced_, [this](const auto& announced) {
        bool is_still_so = std::ranges::any_of(reminders_, [&](const Reminder& reminder) {
            return reminder.number == announced.first && reminder.start == announced.second;
        });
        if (!is_still_so) announcements_.withdraw("appointment " + announced.first);
        return !is_still_so;
    });
}

void ReminderWatch::tick() {
    ask_when_due();
    auto now = context_.now();
    if (!now) return;
    for (const Reminder& reminder : reminders_)
        if (reminder.start > *now) tell(reminder, *now);
}

bool ReminderWatch::is_due(const Reminder& reminder, Kind kind, sys_seconds now) const {
    const Settings& settings = context_.settings;
    if (kind == Kind::HoursBefore)
        return settings.remind_hours_before > 0 && now >= reminder.start - hours(settings.remind_hours_before);
    if (settings.remind_day_before_at == 0) return false;
    auto day_before = sys_days(base::to_local(reminder.start).date) - days(1);
    if (now < base::from_local(day_before, settings.remind_day_before_at, 0)) return false;
    return is_decent(now) || next_decent(now) >= reminder.start;
}

void ReminderWatch::tell(const Reminder& reminder, sys_seconds now) {
    std::vector<std::string> names;
    bool is_news = false;
    for (Kind kind : {Kind::DayBefore, Kind::HoursBefore}) {
        if (!is_due(reminder, kind, now)) continue;
        names.push_back(name_of(reminder, static_cast<int>(kind)));
        if (told_.contains(names.back()) || context_.household.is_acknowledged(names.back())) continue;
        is_news = true;
    }
    if (!is_news) return;
    told_.insert(names.begin(), names.end());
    announced_[reminder.number] = reminder.start;
    Announcement announcement = announcement_of(reminder, now);
    announcement.on_put_away = [this, names] {
        auto today = floor<days>(context_.clock.now());
        for (const std::string& name : names)
            if (auto kept = context_.household.acknowledge(name, today); !kept)
                context_.log.warning("a reminder may come again: " + kept.error().message);
    };
    announcements_.add(std::move(announcement));
}

Announcement ReminderWatch::announcement_of(const Reminder& reminder, sys_seconds now) const {
    base::LocalTime local = base::to_local(reminder.start);
    auto away = sys_days(local.date) - sys_days(base::to_local(now).date);
    std::string time = base::format("{:02}:{:02}", local.hour, local.minute);
    // One that is not to be named on the screen says neither what nor where.
    bool is_named = !reminder.service_name.empty();
    std::string what = is_named ? reminder.service_name : context_.tr("an appointment");

    Announcement announcement;
    announcement.id = announcement_id(reminder);
    announcement.symbol = "calendar-check";
    announcement.title = context_.tr("Appointment reminder");
    // Translators: {0} time of day, {1} what the appointment is about.
    if (away == days(0)) announcement.sentences.push_back(context_.tr("Today at {0}: {1}", time, what));
    // Translators: {0} time of day, {1} what the appointment is about.
    else if (away == days(1)) announcement.sentences.push_back(context_.tr("Tomorrow at {0}: {1}", time, what));
    else announcement.sentences.push_back(base::format("{}: {}", words::date_and_time(context_, reminder.start), what));
    if (is_named && !reminder.place.empty()) announcement.sentences.push_back(context_.tr("Where: {}", reminder.place));
    if (!is_named) announcement.sentences.push_back(context_.tr("Its number: {}", reminder.number));
    announcement.until = reminder.start;
    return announcement;
}

}  // namespace linli::app
