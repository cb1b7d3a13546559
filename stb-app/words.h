#pragma once

#include <optional>
#include <string>

#include "stb-app/navigation/screen.h"

/// Dates, hours and states in the words of the viewer's language.
namespace linli::app::words {

/// "11月23日 星期一 09:00".
std::string date_and_time(const Context& context, std::chrono::sys_seconds time);
/// "11月27日 星期五": a date of the platform's calendar.
std::string date(const Context& context, std::chrono::year_month_day date);
/// "09:30".
std::string time_of_day(std::chrono::sys_seconds time);
/// "明天 19:30".
std::string day_and_time(const Context& context, std::chrono::sys_seconds time);
/// "今天", "昨天", "明天", "11月23日", and with the year where it is another one.
std::string day(const Context& context, std::chrono::sys_seconds time);
/// "周一至周五 08:30–12:00、13:30–17:00", one line a group of days; then the exceptions that are not over.
std::vector<std::string> opening_hours(const Context& context, const content::Hours& hours);

struct Freshness {
    std::string text;
    bool is_warning = false;
};
/// How old what is shown is. `published`: when the newest of it was, or nothing where there is none.
Freshness freshness(const Context& context, std::optional<std::chrono::sys_seconds> published);

std::string state(const Context& context, platform::AppointmentState state);
std::string text_size(const Context& context, TextSize size);

/// What stands in the place of a picture while a radio channel is heard; empty with every other channel.
std::string sound_only(const Context& context);

/// How long something lasts: "48 seconds", "12 minutes".
std::string length(const Context& context, std::chrono::seconds time);
/// "12:30", or "1:05:00" where there are hours.
std::string playing_time(std::chrono::seconds time);

}  // namespace linli::app::words
