#include "platform/importers/hsds_hours.h"

#include <algorithm>

#include "middleware/base/local_time.h"
#include "platform/importers/date_text.h"
#include "platform/importers/hours_text.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {

using content::Listing;
using content::Message;
using content::Paragraph;
using Record = HsdsTables::Record;

namespace {

std::string_view text(const Record& record, std::string_view field) {
    return HsdsTables::text(record, field);
}

/// "mon", "MO", "Monday" or 1 as a bit; nothing for "1MO" (the first of a month) and what is no
/// day.
std::optional<std::uint8_t> read_weekday(std::string_view given) {
    constexpr std::string_view kDays[] = {"mo", "tu", "we", "th", "fr", "sa", "su"};
    std::string day = lower_case(trim(given));
    for (unsigned i = 0; i < 7; ++i)
        if (day.starts_with(kDays[i]) || day == std::to_string(i + 1))
            return static_cast<std::uint8_t>(1u << i);
    return std::nullopt;
}

std::optional<std::uint8_t> read_weekdays(std::string_view given) {
    std::uint8_t days = 0;
    while (!given.empty()) {
        std::string_view day = given.substr(0, given.find_first_of(",; "));
        given.remove_prefix(std::min(day.size() + 1, given.size()));
        if (day.empty()) continue;
        auto bit = read_weekday(day);
        if (!bit) return std::nullopt;
        days |= *bit;
    }
    return days;
}

bool is_over(std::string_view day, const ImportOptions& options) {
    auto end = read_date_text(day);
    return end && *end + std::chrono::days(1) <= options.now;
}

}  // namespace

void read_hsds_schedule(const Record& schedule, const ImportOptions& options, Listing& listing,
                        std::vector<Message>& left_out) {
    for (std::string_view end : {"valid_to", "until"}) {
        if (!is_over(text(schedule, end), options)) continue;
        left_out.push_back(
            {N_("opening hours that ended on {}"), {std::string(text(schedule, end))}});
        return;
    }
    auto from = read_time_of_day(text(schedule, "opens_at"));
    auto until = read_time_of_day(text(schedule, "closes_at"));
    std::string_view days_text =
        text(schedule, text(schedule, "byday").empty() ? "weekday" : "byday");
    auto days = read_weekdays(days_text);
    std::string_view interval = text(schedule, "interval");
    bool is_weekly = (text(schedule, "freq").empty() || text(schedule, "freq") == "WEEKLY") &&
                     (interval.empty() || interval == "1");
    if (from && until && *from != *until && *from < std::chrono::hours(24) && days && *days != 0 &&
        is_weekly) {
        content::Hours read;
        add_hours(read, *days, *from, *until);
        for (const content::Hours::Open& open : read.open)
            if (std::ranges::find(listing.hours.open, open) == listing.hours.open.end())
                listing.hours.open.push_back(open);
        return;
    }
    std::string_view description = text(schedule, "description");
    if (description.empty()) description = text(schedule, "notes");
    if (!description.empty())
        listing.body.emplace_back(Paragraph{
            Message{N_("Opening hours: {}"), {std::string(description)}}.text(options.words)});
    else
        left_out.push_back({N_("opening hours that are not weekly: {} {} to {}"),
                            {std::string(days_text), std::string(text(schedule, "opens_at")),
                             std::string(text(schedule, "closes_at"))}});
}

void read_hsds_holiday(const Record& holiday, const ImportOptions& options, Listing& listing,
                       std::vector<Message>& left_out) {
    auto first = base::parse_date(text(holiday, "start_date"));
    auto last = base::parse_date(text(holiday, "end_date"));
    if (!last) last = first;
    if (is_over(text(holiday, "end_date"), options)) return;
    bool is_closed =
        lower_case(text(holiday, "closed")) == "true" || text(holiday, "closed") == "1";
    content::Hours::Exception exception{};
    if (!is_closed) {
        exception.from = read_time_of_day(text(holiday, "opens_at"));
        exception.until = read_time_of_day(text(holiday, "closes_at"));
    }
    bool has_hours = exception.from && exception.until && *exception.from < *exception.until;
    if (!first || *last < *first || (!is_closed && !has_hours)) {
        left_out.push_back(
            {N_("a holiday that cannot be read: {}"), {std::string(text(holiday, "start_date"))}});
        return;
    }
    exception.first = *first;
    exception.last = *last;
    listing.hours.exceptions.push_back(std::move(exception));
}

}  // namespace linli::platform
