#include "stb-app/words.h"

#include <array>


#include "middleware/base/local_time.h"

namespace linli::app::words {

using namespace std::chrono;
using base::LocalTime;

namespace {

const char* weekday_name(weekday day) {
    static constexpr std::array<const char*, 7> kNames{
        LINLI_N_("Sunday"),   LINLI_N_("Monday"), LINLI_N_("Tuesday"), LINLI_N_("Wednesday"),
        LINLI_N_("Thursday"), LINLI_N_("Friday"), LINLI_N_("Saturday")};
    return kNames[day.c_encoding()];
}

const char* short_weekday_name(int days_after_monday) {
    static constexpr std::array<const char*, 7> kNames{LINLI_N_("Mon"), LINLI_N_("Tue"), LINLI_N_("Wed"), LINLI_N_("Thu"),
                                                       LINLI_N_("Fri"), LINLI_N_("Sat"), LINLI_N_("Sun")};
    return kNames[static_cast<std::size_t>(days_after_monday)];
}

const char* month_name(month month) {
    static constexpr std::array<const char*, 12> kNames{
        LINLI_N_("January"), LINLI_N_("February"), LINLI_N_("March"),     LINLI_N_("April"),
        LINLI_N_("May"),     LINLI_N_("June"),     LINLI_N_("July"),      LINLI_N_("August"),
        LINLI_N_("September"), LINLI_N_("October"), LINLI_N_("November"), LINLI_N_("December")};
    return kNames[static_cast<unsigned>(month) - 1];
}

std::string calendar_day(const Context& context, year_month_day date) {
    // Translators: {0} day of the month, {1} name of the month, {2} number of the month.
    return context.tr("{0} {1}", static_cast<unsigned>(date.day()), context.text(month_name(date.month())),
                      static_cast<unsigned>(date.month()));
}

std::string clock_time(minutes time) { return base::format("{:02}:{:02}", time.count() / 60, time.count() % 60); }

/// "Mon to Fri", or "Tue, Sat": the days of a set, runs of three or more as a range.
std::string days_of_week(const Context& context, std::uint8_t days) {
    if (days == 0x7F) return context.tr("every day");
    std::string out;
    for (int day = 0; day < 7;) {
        if (!(days >> day & 1)) {
            ++day;
            continue;
        }
        int last = day;
        while (last + 1 < 7 && days >> (last + 1) & 1) ++last;
        if (!out.empty()) out += context.tr(", ");
        if (last - day >= 2) {
            out += context.tr("{0} to {1}", context.text(short_weekday_name(day)), context.text(short_weekday_name(last)));
            day = last + 1;
        } else {
            out += context.text(short_weekday_name(day));
            ++day;
        }
    }
    return out;
}

/// When the newest of what is past its expiry was published.
sys_seconds last_update_of_old(const Context& context, sys_seconds published) {
    std::optional<sys_seconds> newest;
    for (const auto& area : context.sync.areas)
        if (area.is_old && area.sequence > 0) newest = std::max(newest.value_or(area.published), area.published);
    return newest.value_or(published);
}

}  // namespace

std::string date_and_time(const Context& context, sys_seconds time) {
    LocalTime local = base::to_local(time);
    // Translators: {0} date, {1} day of the week, {2} time of day.
    return context.tr("{1} {0}, {2}", calendar_day(context, local.date), context.text(weekday_name(local.weekday)),
                      base::format("{:02}:{:02}", local.hour, local.minute));
}

std::string date(const Context& context, year_month_day date) {
    // Translators: {0} date, {1} day of the week.
    return context.tr("{1} {0}", calendar_day(context, date), context.text(weekday_name(weekday(sys_days(date)))));
}

std::string time_of_day(sys_seconds time) {
    LocalTime local = base::to_local(time);
    return base::format("{:02}:{:02}", local.hour, local.minute);
}

std::string day_and_time(const Context& context, sys_seconds time) {
    return base::format("{} {}", day(context, time), time_of_day(time));
}

std::string day(const Context& context, sys_seconds time) {
    LocalTime local = base::to_local(time);
    auto now = context.now();
    if (now) {
        auto today = sys_days(base::to_local(*now).date);
        if (sys_days(local.date) == today) return context.tr("today");
        if (sys_days(local.date) == today - days(1)) return context.tr("yesterday");
        if (sys_days(local.date) == today + days(1)) return context.tr("tomorrow");
        if (local.date.year() == base::to_local(*now).date.year()) return calendar_day(context, local.date);
    }
    // Translators: {0} date without the year, {1:d} year.
    return context.tr("{0} {1:d}", calendar_day(context, local.date), static_cast<int>(local.date.year()));
}

std::vector<std::string> opening_hours(const Context& context, const content::Hours& hours) {
    std::vector<std::string> lines;
    std::vector<std::pair<std::uint8_t, std::string>> groups;
    for (const content::Hours::Open& open : hours.open) {
        bool is_all_day = open.from == minutes(0) && open.until == minutes(24 * 60);
        std::string times = is_all_day ? context.tr("around the clock")
                                       : clock_time(open.from) + "–" + clock_time(open.until);
        if (!groups.empty() && groups.back().first == open.days)
            groups.back().second += context.tr(", ") + times;
        else
            groups.emplace_back(open.days, times);
    }
    for (auto& [days, times] : groups) lines.push_back(days_of_week(context, days) + " " + times);

    auto now = context.now();
    for (const content::Hours::Exception& exception : hours.exceptions) {
        if (now && sys_days(exception.last) < sys_days(base::to_local(*now).date)) continue;
        std::string when = calendar_day(context, exception.first);
        if (exception.last != exception.first)
            when = context.tr("{0} to {1}", when, calendar_day(context, exception.last));
        std::string what = exception.from && exception.until
                               ? clock_time(*exception.from) + "–" + clock_time(*exception.until)
                               : context.tr("closed");
        std::string line = when + " " + what;
        if (!exception.reason.empty()) line = context.tr("{0} ({1})", line, exception.reason);
        lines.push_back(std::move(line));
    }
    return lines;
}

Freshness freshness(const Context& context, std::optional<sys_seconds> published) {
    using State = platform::SyncStatus::State;
    auto now = context.now();
    // While an attempt runs, the outcome of the one before it holds.
    bool is_failed = context.sync.state == State::Failed || !context.sync.last_error.empty();
    std::string no_connection = is_failed && context.sync.is_unreachable ? context.tr("No connection") : std::string();
    if (!published) {
        if (is_failed) return {no_connection.empty() ? context.tr("No content yet") : no_connection, true};
        return {context.tr("Fetching the content..."), false};
    }
    if (context.sync.is_old) {
        std::string updated = day(context, last_update_of_old(context, *published));
        return {no_connection.empty() ? context.tr("Old content, last updated {}", updated)
                                      : context.tr("No connection, old content of {}", updated),
                true};
    }
    sys_seconds checked = std::max(*published, context.sync.last_success);
    if (!now) return {no_connection, is_failed};
    auto age = *now - checked;
    std::string since;
    if (age < minutes(2)) {
        since = context.tr("up to date");
    } else if (age < hours(1)) {
        since = context.tr_n("updated {} minute ago", "updated {} minutes ago", duration_cast<minutes>(age).count());
    } else if (age < hours(24)) {
        since = context.tr_n("updated {} hour ago", "updated {} hours ago", duration_cast<hours>(age).count());
    } else {
        since = context.tr("as of {}", day(context, checked));
    }
    if (!no_connection.empty()) return {context.tr("No connection, {}", since), true};
    return {since, is_failed || age >= hours(24)};
}

std::string state(const Context& context, platform::AppointmentState state) {
    using platform::AppointmentState;
    switch (state) {
        case AppointmentState::Booked: return context.tr("booked");
        case AppointmentState::Pending: return context.tr("to be confirmed");
        case AppointmentState::Fulfilled: return context.tr("done");
        case AppointmentState::Cancelled: return context.tr("cancelled");
        case AppointmentState::Missed: return context.tr("missed");
        case AppointmentState::Held: return context.tr("not confirmed yet");
        case AppointmentState::Waiting: return context.tr("on the waiting list");
        case AppointmentState::Offered: return context.tr("a place is free for you");
        case AppointmentState::Expired: return context.tr("not confirmed in time");
    }
    return {};
}

std::string text_size(const Context& context, TextSize size) {
    switch (size) {
        case TextSize::Standard: return context.tr("Standard");
        case TextSize::Large: return context.tr("Large");
        case TextSize::ExtraLarge: return context.tr("Extra large");
    }
    return {};
}

std::string sound_only(const Context& context) {
    const epg::Channel* channel = context.viewing == nullptr ? nullptr : context.viewing->channel();
    if (channel == nullptr || channel->kind != epg::ChannelKind::Radio) return {};
    // Translators: {} is a radio station.
    return context.tr("{}: radio, there is only sound.", channel->name);
}

std::string length(const Context& context, std::chrono::seconds time) {
    using namespace std::chrono;
    if (time < minutes(1)) return context.tr_n("{} second", "{} seconds", static_cast<unsigned long>(time.count()));
    return context.tr_n("{} minute", "{} minutes", static_cast<unsigned long>(round<minutes>(time).count()));
}

std::string playing_time(std::chrono::seconds time) {
    auto seconds = time.count();
    if (seconds < 3600) return base::format("{}:{:02}", seconds / 60, seconds % 60);
    return base::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace linli::app::words
