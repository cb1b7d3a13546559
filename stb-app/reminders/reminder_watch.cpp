#include "stb-app/reminders/reminder_watch.h"

#include <algorithm>

#include "middleware/base/local_time.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/words.h"

namespace linli::app {

using namespace std::chrono;
using platform::AppointmentState;
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

/// When there is nothing to tell of it any more.
sys_seconds end_of(const Reminder& reminder) { return std::min(reminder.start, reminder.held_until.value_or(reminder.start)); }

std::string announcement_id(const std::string& number) { return "appointment " + number; }

/// One that is not to be named on the screen is "an appointment".
std::string what_of(const Context& context, const Reminder& reminder) {
    return reminder.service_name.empty() ? context.tr("an appointment") : reminder.service_name;
}

std::string when_and_what(const Context& context, const Reminder& reminder) {
    return context.tr("{}, {}", words::date_and_time(context, reminder.start), what_of(context, reminder));
}

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
            return reminder.number == announced.first && Announced{reminder.start, reminder.state} == announced.second;
        });
        if (!is_still_so) announcements_.withdraw(announcement_id(announced.first));
        return !is_still_so;
    });
}

void ReminderWatch::tick() {
    ask_when_due();
    auto now = context_.now();
    if (!now) return;
    for (const Reminder& reminder : reminders_)
        if (end_of(reminder) > *now) tell(reminder, *now);
}

std::vector<ReminderWatch::Kind> ReminderWatch::kinds_of(const Reminder& reminder) {
    switch (reminder.state) {
        case AppointmentState::Offered: return {Kind::Offered};
        case AppointmentState::Cancelled: return {Kind::CalledOff};
        default: return {Kind::DayBefore, Kind::HoursBefore};
    }
}

bool ReminderWatch::is_due(const Reminder& reminder, Kind kind, sys_seconds now) const {
    const Settings& settings = context_.settings;
    if (kind == Kind::HoursBefore)
        return settings.remind_hours_before > 0 && now >= reminder.start - hours(settings.remind_hours_before);
    if (kind == Kind::DayBefore) {
        auto day_before = sys_days(base::to_local(reminder.start).date) - days(1);
        auto hour = settings.remind_day_before_at;
        if (hour == 0 || now < base::from_local(day_before, hour, 0)) return false;
    }
    return is_decent(now) || next_decent(now) >= end_of(reminder);
}

void ReminderWatch::tell(const Reminder& reminder, sys_seconds now) {
    std::vector<std::string> names;
    bool is_news = false;
    for (Kind kind : kinds_of(reminder)) {
        if (!is_due(reminder, kind, now)) continue;
        names.push_back(name_of(reminder, static_cast<int>(kind)));
        if (told_.contains(names.back()) || context_.household.is_acknowledged(names.back())) continue;
        is_news = true;
    }
    if (!is_news) return;
    told_.insert(names.begin(), names.end());
    announced_[reminder.number] = {reminder.start, reminder.state};
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
    Announcement announcement = reminder.state == AppointmentState::Offered     ? offering(reminder)
                                : reminder.state == AppointmentState::Cancelled ? calling_off(reminder)
                                                                                : reminding(reminder, now);
    announcement.id = announcement_id(reminder.number);
    announcement.until = end_of(reminder);
    return announcement;
}

Announcement ReminderWatch::reminding(const Reminder& reminder, sys_seconds now) const {
    base::LocalTime local = base::to_local(reminder.start);
    auto away = sys_days(local.date) - sys_days(base::to_local(now).date);
    std::string time = base::format("{:02}:{:02}", local.hour, local.minute);
    std::string what = what_of(context_, reminder);

    Announcement announcement{.symbol = "calendar-check", .title = context_.tr("Appointment reminder")};
    // Translators: {0} time of day, {1} what the appointment is about.
    if (away == days(0)) announcement.sentences.push_back(context_.tr("Today at {0}: {1}", time, what));
    // Translators: {0} time of day, {1} what the appointment is about.
    else if (away == days(1)) announcement.sentences.push_back(context_.tr("Tomorrow at {0}: {1}", time, what));
    else announcement.sentences.push_back(base::format("{}: {}", words::date_and_time(context_, reminder.start), what));
    // One that is not to be named on the screen says neither what nor where.
    bool is_named = !reminder.service_name.empty();
    if (is_named && !reminder.place.empty()) announcement.sentences.push_back(context_.tr("Where: {}", reminder.place));
    if (!is_named) announcement.sentences.push_back(context_.tr("Its number: {}", reminder.number));
    return announcement;
}

Announcement ReminderWatch::offering(const Reminder& reminder) const {
    Announcement announcement{.symbol = "calendar-check", .title = context_.tr("A place has come free for you")};
    announcement.sentences.push_back(when_and_what(context_, reminder));
    if (reminder.held_until)
        announcement.sentences.push_back(
            context_.tr("It is kept for you until {}.", words::date_and_time(context_, *reminder.held_until)));
    announcement.choices = {{context_.tr("My appointments"), [this] { return Action(Open{make_way_to_my_appointments(context_)}); }},
                            {context_.tr("Put away"), {}}};
    return announcement;
}

Announcement ReminderWatch::calling_off(const Reminder& reminder) const {
    Announcement announcement{.symbol = "information", .title = context_.tr("Your appointment was called off")};
    announcement.sentences.push_back(when_and_what(context_, reminder));
    announcement.sentences.push_back(context_.tr("The office has called it off. You need not go there."));
    if (!reminder.telephone.empty()) announcement.sentences.push_back(context_.tr("Questions: {}", reminder.telephone));
    return announcement;
}

}  // namespace linli::app
